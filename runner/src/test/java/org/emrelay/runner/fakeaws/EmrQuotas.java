package org.emrelay.runner.fakeaws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** EMR's token buckets: one for an operation, one for all of them. */
final class EmrQuotas {
    private final Map<String, Bucket> buckets = new HashMap<>();
    private final Clock clock;
    private final Bucket all;

    /** So many at once, and so many more with each second. */
    private static final class Bucket {
        private final double burst;
        private final double perSecond;
        private double tokens;
        private Instant filled;

        Bucket(double burst, double perSecond, Instant now) {
            this.burst = burst;
            this.perSecond = perSecond;
            this.tokens = burst;
            this.filled = now;
        }

        void fill(Instant now) {
            double seconds = Duration.between(filled, now).toMillis() / 1000.0;
            tokens = Math.min(burst, tokens + seconds * perSecond);
            filled = now;
        }
    }

    EmrQuotas(Clock clock) {
        this.clock = clock;
        this.all = new Bucket(25, 5, clock.instant());
    }

    private static double burst(String operation) {
        return operation.equals("ListClusters") ? 20 : 10;
    }

    private static double perSecond(String operation) {
        return operation.equals("DescribeCluster") ? 1 : 0.5;
    }

    synchronized boolean allow(String operation) {
        Instant now = clock.instant();
        Bucket own = buckets.computeIfAbsent(operation, name -> new Bucket(burst(name), perSecond(name), now));
        own.fill(now);
        all.fill(now);
        if (own.tokens < 1 || all.tokens < 1) {
            return false;
        }
        own.tokens--;
        all.tokens--;
        return true;
    }
}
