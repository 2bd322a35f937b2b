package org.emrelay.runner.profile;

import java.time.Duration;
import java.util.Objects;

/**
 * The wall time of an application, split by what its tasks did.
 *
 * @param startUp until the first task
 * @param busy with at least one running task
 * @param betweenTasks without a running task, between the first and the last one: only the driver works
 * @param end after the last task
 */
public record Phases(Duration startUp, Duration busy, Duration betweenTasks, Duration end) {
    public Phases {
        Objects.requireNonNull(startUp, "startUp");
        Objects.requireNonNull(busy, "busy");
        Objects.requireNonNull(betweenTasks, "betweenTasks");
        Objects.requireNonNull(end, "end");
    }
}
