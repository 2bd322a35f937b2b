package org.emrelay.runner.fakeaws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** EMR's API rate limits as token buckets: one per operation, one for all operations. */
final class EmrRateLimits {
    private final Map<String, Bucket> buckets = new HashMap<>();
    private final Clock clock;
    private final Bucket all;

    /** A token bucket with a burst size and a refill rate. */
    private static final class Bucket {
        private final double burst;
        private final double perSecond;
        private double tokens;
        private Instant refilledAt;

        Bucket(double burst, double perSecond, Instant now) {
            this.burst = burst;
            this.perSecond = perSecond;
            this.tokens = burst;
            this.refilledAt = now;
        }

        void refill(Instant now) {
            double seconds = Duration.between(refilledAt, now).toMillis() / 1000.0;
            tokens = Math.min(burst, tokens + seconds * perSecond);
            refilledAt = now;
        }
    }

    EmrRateLimits(Clock clock) {
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
        Bucket operationBucket =
                buckets.computeIfAbsent(operation, name -> new Bucket(burst(name), perSecond(name), now));
        operationBucket.refill(now);
        all.refill(now);
        if (operationBucket.tokens < 1 || all.tokens < 1) {
            return false;
        }
        operationBucket.tokens--;
        all.tokens--;
        return true;
    }
}
