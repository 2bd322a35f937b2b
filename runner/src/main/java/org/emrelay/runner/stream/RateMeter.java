package org.emrelay.runner.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The rate at which a count grew over the last ten seconds. */
final class RateMeter {
    private static final long WINDOW = Duration.ofSeconds(10).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;

    private record Sample(long nanos, long count) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Returns the rate per second; zero on the first call. */
    double add(long nanos, long count) {
        samples.addLast(new Sample(nanos, count));
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long elapsed = nanos - first.nanos();
        return elapsed <= 0 ? 0 : (count - first.count()) * NANOS_PER_SECOND / elapsed;
    }
}
