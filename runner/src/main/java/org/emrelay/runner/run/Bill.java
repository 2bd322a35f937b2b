package org.emrelay.runner.run;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster has cost in US dollars, to the cent, and for what. The parts sum up to the total.
 *
 * @param attempts instances that were ready while the attempt ran; concurrent attempts share them
 * @param beforeRun what a cluster that already existed had cost before the run
 * @param startUp instances that became ready during the run, until then
 * @param idle instances that were ready while no attempt ran
 * @param shutdown from the end of the last attempt of a run that has ended
 */
public record Bill(
        Map<AttemptId, BigDecimal> attempts,
        BigDecimal beforeRun,
        BigDecimal startUp,
        BigDecimal idle,
        BigDecimal shutdown) {
    /** A dollar an hour for a millisecond, in cents: 1 / 36,000. */
    private static final BigDecimal PER_CENT = BigDecimal.valueOf(36_000);

    /** Enough that no share is visibly unfair. */
    private static final int EXTRA_DECIMALS = 12;

    private static final Comparator<AttemptId> BY_STEP =
            Comparator.comparing((AttemptId attempt) -> attempt.step().value()).thenComparing(AttemptId::number);

    public Bill {
        attempts = Collections.unmodifiableMap(new LinkedHashMap<>(attempts));
        Objects.requireNonNull(beforeRun, "beforeRun");
        Objects.requireNonNull(startUp, "startUp");
        Objects.requireNonNull(idle, "idle");
        Objects.requireNonNull(shutdown, "shutdown");
    }

    /**
     * An instance and when it cost how much. Clocks may differ: a negative time counts as none.
     *
     * @param ended until when it is charged
     */
    public record InstanceLifetime(Instant created, Instant ready, Instant ended, BigDecimal pricePerHour) {
        public InstanceLifetime {
            ended = later(created, ended);
            ready = earlier(later(created, ready), ended);
            Objects.requireNonNull(pricePerHour, "pricePerHour");
        }

        private boolean isStartingAt(Instant time) {
            return !time.isBefore(created) && time.isBefore(ready);
        }

        private boolean isReadyAt(Instant time) {
            return !time.isBefore(ready) && time.isBefore(ended);
        }
    }

    /**
     * When an attempt ran, and what it requested. A negative time counts as none.
     *
     * @param cores of all executors; null if not limited
     * @param mebibytes of all executors; null if not limited
     */
    public record AttemptInterval(
            AttemptId attempt,
            Instant started,
            Instant ended,
            @Nullable Long cores,
            @Nullable Long mebibytes) {
        public AttemptInterval {
            Objects.requireNonNull(attempt, "attempt");
            ended = later(started, ended);
        }

        private boolean isActiveAt(Instant time) {
            return !time.isBefore(started) && time.isBefore(ended);
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** What no attempt used. */
    private enum Overhead {
        BEFORE_RUN,
        START_UP,
        IDLE,
        SHUTDOWN
    }

    /**
     * Makes the bill of a run.
     *
     * @param began when the run began
     * @param hasEnded whether nothing follows the last attempt but the end of the cluster
     */
    public static Bill of(
            List<InstanceLifetime> instances, List<AttemptInterval> attempts, Instant began, boolean hasEnded) {
        return new Calculation(instances, attempts, began, hasEnded).bill();
    }

    private static final class Calculation {
        private final List<InstanceLifetime> instances;
        private final List<AttemptInterval> attempts;
        private final Instant start;
        private final @Nullable Instant end;
        private final Map<Object, BigDecimal> amounts = new LinkedHashMap<>();

        Calculation(List<InstanceLifetime> instances, List<AttemptInterval> attempts, Instant began, boolean hasEnded) {
            this.instances = instances;
            this.attempts = attempts.stream()
                    .sorted(Comparator.comparing(AttemptInterval::attempt, BY_STEP))
                    .toList();
            this.start = attempts.stream().map(AttemptInterval::started).reduce(began, Bill::earlier);
            this.end = hasEnded
                    ? attempts.stream()
                            .map(AttemptInterval::ended)
                            .max(Comparator.naturalOrder())
                            .orElse(null)
                    : null;
            this.attempts.forEach(each -> amounts.put(each.attempt(), BigDecimal.ZERO));
            for (Overhead overhead : Overhead.values()) {
                amounts.put(overhead, BigDecimal.ZERO);
            }
        }

        /** Nothing changes between two of these times. */
        private List<Instant> times() {
            TreeSet<Instant> times = new TreeSet<>();
            times.add(start);
            if (end != null) {
                times.add(end);
            }
            instances.forEach(each -> times.addAll(List.of(each.created(), each.ready(), each.ended())));
            attempts.forEach(each -> times.addAll(List.of(each.started(), each.ended())));
            return List.copyOf(times);
        }

        Bill bill() {
            List<Instant> times = times();
            for (int i = 1; i < times.size(); i++) {
                charge(times.get(i - 1), Duration.between(times.get(i - 1), times.get(i)));
            }
            return rounded();
        }

        private void charge(Instant from, Duration duration) {
            BigDecimal ready = BigDecimal.ZERO;
            for (InstanceLifetime instance : instances) {
                if (instance.isStartingAt(from)) {
                    boolean forThisRun = instance.ready().isAfter(start);
                    add(forThisRun ? Overhead.START_UP : Overhead.BEFORE_RUN, instance.pricePerHour(), duration);
                } else if (instance.isReadyAt(from)) {
                    ready = ready.add(instance.pricePerHour());
                }
            }
            List<AttemptInterval> active =
                    attempts.stream().filter(each -> each.isActiveAt(from)).toList();
            if (active.isEmpty()) {
                add(overheadAt(from), ready, duration);
            } else {
                share(ready.multiply(BigDecimal.valueOf(duration.toMillis())), active);
            }
        }

        private Overhead overheadAt(Instant time) {
            if (time.isBefore(start)) {
                return Overhead.BEFORE_RUN;
            }
            return end != null && !time.isBefore(end) ? Overhead.SHUTDOWN : Overhead.IDLE;
        }

        private void add(Object part, BigDecimal pricePerHour, Duration duration) {
            amounts.merge(part, pricePerHour.multiply(BigDecimal.valueOf(duration.toMillis())), BigDecimal::add);
        }

        /** The last one gets what is left, so that nothing is lost by division. */
        private void share(BigDecimal amount, List<AttemptInterval> active) {
            List<BigDecimal> weights = weights(active);
            BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal left = amount;
            for (int i = 0; i < active.size(); i++) {
                boolean isLast = i == active.size() - 1;
                BigDecimal part = isLast
                        ? left
                        : amount.multiply(weights.get(i))
                                .divide(sum, amount.scale() + EXTRA_DECIMALS, RoundingMode.DOWN);
                amounts.merge(active.get(i).attempt(), part, BigDecimal::add);
                left = left.subtract(part);
            }
        }

        private static List<BigDecimal> weights(List<AttemptInterval> active) {
            return requests(active, AttemptInterval::cores)
                    .or(() -> requests(active, AttemptInterval::mebibytes))
                    .orElseGet(() -> active.stream().map(each -> BigDecimal.ONE).toList());
        }

        /** Empty if any attempt is not limited. */
        private static Optional<List<BigDecimal>> requests(
                List<AttemptInterval> active, Function<AttemptInterval, @Nullable Long> component) {
            List<BigDecimal> requests = new ArrayList<>();
            for (AttemptInterval attempt : active) {
                Long request = component.apply(attempt);
                if (request == null) {
                    return Optional.empty();
                }
                requests.add(BigDecimal.valueOf(request));
            }
            return Optional.of(requests);
        }

        /** Rounds to cents by the largest remainder. */
        private Bill rounded() {
            List<Object> parts = List.copyOf(amounts.keySet());
            List<BigDecimal> cents = new ArrayList<>();
            List<BigDecimal> remainders = new ArrayList<>();
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal floors = BigDecimal.ZERO;
            for (Object part : parts) {
                BigDecimal[] divided = Objects.requireNonNull(amounts.get(part)).divideAndRemainder(PER_CENT);
                cents.add(divided[0]);
                remainders.add(divided[1]);
                sum = sum.add(Objects.requireNonNull(amounts.get(part)));
                floors = floors.add(divided[0]);
            }
            int missing = sum.divide(PER_CENT, 0, RoundingMode.HALF_UP)
                    .subtract(floors)
                    .intValueExact();
            IntStream.range(0, parts.size())
                    .boxed()
                    .sorted(Comparator.comparing((Integer i) -> remainders.get(i))
                            .reversed())
                    .limit(missing)
                    .forEach(i -> cents.set(i, cents.get(i).add(BigDecimal.ONE)));
            Map<Object, BigDecimal> dollars = new LinkedHashMap<>();
            IntStream.range(0, parts.size())
                    .forEach(i -> dollars.put(
                            parts.get(i), BigDecimal.valueOf(cents.get(i).longValueExact(), 2)));
            return bill(dollars);
        }

        private Bill bill(Map<Object, BigDecimal> dollars) {
            Map<AttemptId, BigDecimal> ofAttempts = new LinkedHashMap<>();
            dollars.forEach((part, amount) -> {
                if (part instanceof AttemptId attempt) {
                    ofAttempts.put(attempt, amount);
                }
            });
            return new Bill(
                    ofAttempts,
                    Objects.requireNonNull(dollars.get(Overhead.BEFORE_RUN)),
                    Objects.requireNonNull(dollars.get(Overhead.START_UP)),
                    Objects.requireNonNull(dollars.get(Overhead.IDLE)),
                    Objects.requireNonNull(dollars.get(Overhead.SHUTDOWN)));
        }
    }

    /** What the attempts of a step cost together. */
    public BigDecimal ofStep(StepName step) {
        return sum(attempts.entrySet().stream()
                .filter(each -> each.getKey().step().equals(step))
                .map(Map.Entry::getValue));
    }

    /** What all attempts cost. */
    public BigDecimal ofSteps() {
        return sum(attempts.values().stream());
    }

    public BigDecimal total() {
        return sum(Stream.of(ofSteps(), beforeRun, startUp, idle, shutdown));
    }

    private static BigDecimal sum(Stream<BigDecimal> amounts) {
        return amounts.reduce(BigDecimal.valueOf(0, 2), BigDecimal::add);
    }
}
