package org.emrelay.runner.profile;

import java.time.Duration;
import java.util.Objects;

/**
 * The wall time of an application, split by what its tasks did.
 *
 * @param startUp the time until the first task
 * @param busy the time with at least one running task
 * @param betweenTasks the time between the first and the last task in which no task ran, only the driver
 * @param end the time after the last task
 */
public record Phases(Duration startUp, Duration busy, Duration betweenTasks, Duration end) {
    public Phases {
        Objects.requireNonNull(startUp, "startUp");
        Objects.requireNonNull(busy, "busy");
        Objects.requireNonNull(betweenTasks, "betweenTasks");
        Objects.requireNonNull(end, "end");
    }
}
