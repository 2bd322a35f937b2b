package org.emrelay.runner.profile;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The use of cores over time, from the start of the application to its end.
 *
 * <p>There are at most {@link #MAX_INTERVALS} equal intervals. The last one ends with the application and can be shorter.
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
