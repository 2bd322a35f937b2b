package org.emrelay.runner.eventlog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.profile.Activity;

/** Sums the time of busy and existing cores per interval. Doubles the interval length when the application outlasts the intervals. */
final class ActivityTimeline {
    private static final int INTERVALS = Activity.MAX_INTERVALS;
    private static final long FIRST_LENGTH = 100;

    private final long[] busy = new long[INTERVALS];
    private final long[] cores = new long[INTERVALS];
    private long length = FIRST_LENGTH;
    private long start;

    /** Starts counting. Anything before this time is ignored. */
    void start(long time) {
        if (start == 0) {
            start = time;
        }
    }

    void addBusy(long from, long to, int busyCores) {
        add(busy, from, to, busyCores);
    }

    void addCores(long from, long to, int executorCores) {
        add(cores, from, to, executorCores);
    }

    private void add(long[] sums, long from, long to, int factor) {
        start(from);
        long begin = Math.max(0, from - start);
        long end = to - start;
        if (end <= begin) {
            return;
        }
        cover(end);
        for (int i = (int) (begin / length); i * length < end; i++) {
            long share = Math.min(end, (i + 1) * length) - Math.max(begin, i * length);
            sums[i] = TaskSums.saturated(sums[i] + share * factor);
        }
    }

    private void cover(long end) {
        while (end > INTERVALS * length) {
            length *= 2;
            halve(busy);
            halve(cores);
        }
    }

    private static void halve(long[] sums) {
        for (int i = 0; i < INTERVALS / 2; i++) {
            sums[i] = TaskSums.saturated(sums[2 * i] + sums[2 * i + 1]);
        }
        for (int i = INTERVALS / 2; i < INTERVALS; i++) {
            sums[i] = 0;
        }
    }

    Activity toActivity(long end) {
        long duration = Math.max(0, end - start);
        cover(duration);
        return new Activity(Duration.ofMillis(length), means(busy, duration), means(cores, duration));
    }

    /** Returns the mean per interval. The last interval ends with the application. */
    private List<Integer> means(long[] sums, long duration) {
        List<Integer> means = new ArrayList<>();
        for (int i = 0; i * length < duration; i++) {
            double milliseconds = Math.min(length, duration - i * length);
            means.add((int) Math.min(Integer.MAX_VALUE, Math.round(sums[i] * 100.0 / milliseconds)));
        }
        return means;
    }
}
