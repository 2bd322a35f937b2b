package org.emrelay.runner.platform.aws.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Retries AWS calls with exponential backoff and jitter.
 *
 * <p>Throttling, outages and unreachable endpoints have fixed retry budgets. Callers add the errors that are
 * transient for their call only.
 */
public final class AwsRetry {
    /**
     * API throttling buckets refill within seconds. Only another client's sustained load makes throttling last
     * longer.
     */
    private static final Duration THROTTLED_BUDGET = Duration.ofMinutes(20);

    private static final Duration UNAVAILABLE_BUDGET = Duration.ofMinutes(2);
    private static final Duration UNREACHABLE_BUDGET = Duration.ofSeconds(20);
    private static final Duration BRIEF_BUDGET = Duration.ofSeconds(20);
    private static final long INITIAL_BACKOFF_MILLIS = 100;
    private static final long MAX_BACKOFF_MILLIS = 15_000;

    private final Clock clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;

    public AwsRetry(Clock clock, Sleeper sleeper, RandomGenerator random) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.sleeper = Objects.requireNonNull(sleeper, "sleeper");
        this.random = Objects.requireNonNull(random, "random");
    }

    /** Makes a single attempt, for calls that are not idempotent. */
    public static <T> T callOnce(String operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException exception) {
            throw AwsErrorClassifier.classify(operation, exception);
        }
    }

    /** Retries an idempotent call until it succeeds, fails permanently, or its retry budget is used up. */
    public <T> T call(String operation, Supplier<T> call) {
        return call(operation, fault -> false, Duration.ZERO, call);
    }

    /** Retries for at most 20 s, for optional information that must not delay a command. */
    public <T> T callBriefly(String operation, Supplier<T> call) {
        return callWithin(operation, AwsRetry::briefBudget, call);
    }

    private static Duration briefBudget(AwsException fault, int attempt) {
        boolean isRetryable = fault.is(Kind.THROTTLED) || (attempt < 2 && fault.is(Kind.UNAVAILABLE));
        return isRetryable ? BRIEF_BUDGET : Duration.ZERO;
    }

    /**
     * Retries an idempotent call, also after errors that are usually permanent but transient here.
     *
     * @param retryable the additional errors to retry, such as those of an IAM role that has not propagated yet
     * @param budget how long to retry these errors
     */
    public <T> T call(String operation, Predicate<AwsException> retryable, Duration budget, Supplier<T> call) {
        return callWithin(operation, (fault, attempt) -> retryBudget(fault, retryable, budget), call);
    }

    /** How long to retry an error, counted from the first attempt; zero to report it at once. */
    public interface Budget {
        /** The budget of an error; the first attempt is 0. */
        Duration of(AwsException fault, int attempt);
    }

    /** Retries a call within a budget of its own, as a call needs that is not idempotent. */
    public <T> T callWithin(String operation, Budget budget, Supplier<T> call) {
        Instant start = clock.instant();
        for (int attempt = 0; ; attempt++) {
            try {
                return callOnce(operation, call);
            } catch (AwsException fault) {
                if (!backOff(attempt, start, budget.of(fault, attempt))) {
                    throw fault;
                }
            }
        }
    }

    /**
     * Waits and repeats a lookup until it finds something; empty when the budget is used up or the thread is
     * interrupted.
     *
     * @param firstAttempt selects the first delay: 0 for the shortest one
     */
    public <T> Optional<T> poll(int firstAttempt, Duration budget, Supplier<Optional<T>> lookup) {
        Instant start = clock.instant();
        Optional<T> found = Optional.empty();
        for (int attempt = firstAttempt; found.isEmpty() && backOff(attempt, start, budget); attempt++) {
            found = lookup.get();
        }
        return found;
    }

    private static Duration retryBudget(AwsException fault, Predicate<AwsException> retryable, Duration budget) {
        if (fault.is(Kind.THROTTLED)) {
            return THROTTLED_BUDGET;
        } else if (fault.is(Kind.UNAVAILABLE)) {
            return UNAVAILABLE_BUDGET;
        } else if (fault.is(Kind.UNREACHABLE)) {
            return UNREACHABLE_BUDGET;
        }
        return retryable.test(fault) ? budget : Duration.ZERO;
    }

    /** Sleeps before the next attempt; false when that would exceed the retry budget or the thread is interrupted. */
    private boolean backOff(int attempt, Instant start, Duration budget) {
        long maxDelay = Math.min(MAX_BACKOFF_MILLIS, INITIAL_BACKOFF_MILLIS << Math.min(attempt, 20));
        Duration delay = Duration.ofMillis(maxDelay / 2 + random.nextLong(maxDelay / 2 + 1));
        if (clock.instant().plus(delay).isAfter(start.plus(budget))) {
            return false;
        }
        return sleep(delay);
    }

    /** Sleeps; false when the thread is interrupted. */
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

    /** Varies a poll interval by up to 12.5 % in either direction. */
    public Duration withJitter(Duration duration) {
        long millis = duration.toMillis();
        return Duration.ofMillis(millis - millis / 8 + random.nextLong(millis / 4 + 1));
    }
}
