package org.emrelay.runner.eventlog;

import java.util.Arrays;
import org.emrelay.runner.profile.Spread;

/** Counts values in buckets, each 2 % wider than the previous one. Quantiles are accurate to 2 %. */
final class LogarithmicHistogram {
    /** The maximum relative error of a bucket's midpoint. It is half of 2 %, because results are also rounded to integers. */
    private static final double ERROR = 0.01;

    private static final double LOG_BASE = Math.log((1 + ERROR) / (1 - ERROR));

    private int zeros;
    private int first;
    private int[] counts = new int[0];
    private int total;
    private long max;

    void add(long value) {
        if (total == Integer.MAX_VALUE) {
            return;
        }
        total++;
        max = Math.max(max, value);
        if (value <= 0) {
            zeros++;
        } else {
            int slot = slot((int) Math.ceil(Math.log((double) value) / LOG_BASE));
            counts[slot]++;
        }
    }

    private int slot(int bucket) {
        if (counts.length == 0) {
            first = bucket;
            counts = new int[1];
        } else if (bucket < first) {
            int[] larger = new int[counts.length + first - bucket];
            System.arraycopy(counts, 0, larger, first - bucket, counts.length);
            counts = larger;
            first = bucket;
        } else if (bucket >= first + counts.length) {
            counts = Arrays.copyOf(counts, bucket - first + 1);
        }
        return bucket - first;
    }

    Spread spread() {
        return new Spread(quantile(0.5), quantile(0.95), max);
    }

    /** Returns the value at the index that Spark's UI uses for a quantile. */
    private long quantile(double fraction) {
        long index = Math.min((long) (fraction * total), total - 1L);
        long seen = zeros;
        for (int i = 0; index >= seen && i < counts.length; i++) {
            seen += counts[i];
            if (index < seen) {
                return Math.min(max, Math.round(middle(first + i)));
            }
        }
        return 0;
    }

    private static double middle(int bucket) {
        return Math.exp(bucket * LOG_BASE) * (1 - ERROR);
    }
}
