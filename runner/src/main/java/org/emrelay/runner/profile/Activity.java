package org.emrelay.runner.profile;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The use of cores over time, in at most {@link #MAX_INTERVALS} intervals of equal length from the start of the application; the last one
 * ends with it.
 *
 * @param interval the length of an interval
 * @param busy the mean number of cores that ran tasks in each interval, in hundredths
 * @param cores the mean number of cores that executors had in each interval, in hundredths
 */
public record Activity(Duration interval, List<Integer> busy, List<Integer> cores) {
    public static final int MAX_INTERVALS = 120;

    public Activity {
        Objects.requireNonNull(interval, "interval");
        busy = List.copyOf(busy);
        cores = List.copyOf(cores);
    }
}
