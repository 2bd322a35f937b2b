package org.emrelay.runner.platform.aws.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import software.amazon.awssdk.core.exception.SdkException;

/** Asks AWS, and asks again where that is right: for a while, with growing pauses of random length, and never for what nobody waits for. */
public final class AwsRetry {
    /** AWS's buckets refill within seconds, however many share them; only somebody else's storm lasts. */
    private static final Duration THROTTLED_AT_MOST = Duration.ofMinutes(20);

    private static final Duration UNAVAILABLE_AT_MOST = Duration.ofMinutes(2);
    private static final Duration UNREACHABLE_AT_MOST = Duration.ofSeconds(20);
    private static final long SHORTEST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 15_000;

    private final Clock clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;

    public AwsRetry(Clock clock, Sleeper sleeper, RandomGenerator random) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.sleeper = Objects.requireNonNull(sleeper, "sleeper");
        this.random = Objects.requireNonNull(random, "random");
    }

    /** Asks once, whatever comes: for calls that must not be sent twice. */
    public static <T> T once(String asked, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException exception) {
            throw AwsErrorClassifier.fault(asked, exception);
        }
    }

    /** Asks until there is an answer: a call that may be sent any number of times. */
    public <T> T ask(String asked, Supplier<T> call) {
        return ask(asked, fault -> false, Duration.ZERO, call);
    }

    /** Asks no longer than a moment: for what is good to know and nothing hangs on. */
    public <T> T askBriefly(String asked, Supplier<T> call) {
        Instant begun = clock.instant();
        for (int attempt = 0; ; attempt++) {
            try {
                return once(asked, call);
            } catch (AwsException fault) {
                boolean passing = fault.is(Kind.THROTTLED) || (attempt < 2 && fault.is(Kind.UNAVAILABLE));
                if (!passing || !pause(attempt, begun, Duration.ofSeconds(20))) {
                    throw fault;
                }
            }
        }
    }

    /**
     * Asks until there is an answer, and for a while also where it is a certain no.
     *
     * @param passing which faults go away by themselves, such as those of a role that is not known everywhere yet
     * @param atMost how long these are borne
     */
    public <T> T ask(String asked, Predicate<AwsException> passing, Duration atMost, Supplier<T> call) {
        Instant begun = clock.instant();
        for (int attempt = 0; ; attempt++) {
            try {
                return once(asked, call);
            } catch (AwsException fault) {
                if (!pause(attempt, begun, bearable(fault, passing, atMost))) {
                    throw fault;
                }
            }
        }
    }

    private static Duration bearable(AwsException fault, Predicate<AwsException> passing, Duration atMost) {
        if (fault.is(Kind.THROTTLED)) {
            return THROTTLED_AT_MOST;
        } else if (fault.is(Kind.UNAVAILABLE)) {
            return UNAVAILABLE_AT_MOST;
        } else if (fault.is(Kind.UNREACHABLE)) {
            return UNREACHABLE_AT_MOST;
        }
        return passing.test(fault) ? atMost : Duration.ZERO;
    }

    /** Waits, unless that would take longer than anybody wants. */
    public boolean pause(int attempt, Instant begun, Duration atMost) {
        long ceiling = Math.min(LONGEST_MILLIS, SHORTEST_MILLIS << Math.min(attempt, 20));
        Duration wait = Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
        if (clock.instant().plus(wait).isAfter(begun.plus(atMost))) {
            return false;
        }
        return sleep(wait);
    }

    /** Waits this long; false when the thread is to stop instead. */
    public boolean sleep(Duration duration) {
        try {
            sleeper.sleep(duration);
            return true;
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public Clock clock() {
        return clock;
    }

    /** A pause between two looks at something slow, a little different each time. */
    public Duration around(Duration duration) {
        long millis = duration.toMillis();
        return Duration.ofMillis(millis - millis / 8 + random.nextLong(millis / 4 + 1));
    }
}
