package org.emrelay.runner.forecast;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.run.Attempt;
import org.emrelay.runner.run.Event.Outcome;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.StepPhase;

/**
 * The observations of an earlier run that a forecast uses.
 *
 * @param durations the durations of successful steps, each that of the successful attempt
 * @param attempts all attempts that started and ended
 */
record ObservedRun(RecordedRun recorded, Map<PlannedStep, Duration> durations, List<Attempt> attempts) {

    static ObservedRun of(RecordedRun recorded) {
        Map<PlannedStep, Duration> durations = new LinkedHashMap<>();
        List<Attempt> attempts = recorded.run().plan().steps().stream()
                .flatMap(step -> recorded.state().step(step.name()).attempts().stream())
                .filter(attempt -> attempt.started() != null && attempt.ended() != null)
                .toList();
        for (PlannedStep step : recorded.run().plan().steps()) {
            if (recorded.state().phase(step.name()) == StepPhase.DONE) {
                attempts.stream()
                        .filter(attempt -> attempt.id().step().equals(step.name()))
                        .reduce((earlier, last) -> last)
                        .ifPresent(last -> durations.put(step, last.elapsed()));
            }
        }
        return new ObservedRun(recorded, durations, attempts);
    }

    boolean isDone() {
        return recorded.state().outcome() == Outcome.DONE && !durations.isEmpty();
    }

    /** Returns the maximum number of concurrent attempts. */
    int concurrency() {
        return attempts.stream()
                .map(Attempt::started)
                .mapToInt(time -> Math.toIntExact(attempts.stream()
                        .filter(attempt -> isActiveAt(attempt, Objects.requireNonNull(time)))
                        .count()))
                .max()
                .orElse(0);
    }

    private static boolean isActiveAt(Attempt attempt, Instant time) {
        return !time.isBefore(Objects.requireNonNull(attempt.started()))
                && time.isBefore(Objects.requireNonNull(attempt.ended()));
    }

    /** Returns the time from the start of the run to the start of its first step. */
    Duration lead() {
        return between(Objects.requireNonNull(recorded.started(), "done"), firstStart());
    }

    private Instant firstStart() {
        return attempts.stream()
                .map(attempt -> Objects.requireNonNull(attempt.started()))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Returns the ratio of the time that all steps took to the time by schedule. Empty if the steps took no time. */
    Optional<Double> stretch(int slots) {
        Map<StepName, Duration> byName = new LinkedHashMap<>();
        durations.forEach((step, duration) -> byName.put(step.name(), duration));
        Duration scheduled = new Schedule(recorded.run().plan().steps(), slots).length(byName);
        Duration taken = between(firstStart(), Objects.requireNonNull(recorded.until(), "done"));
        return scheduled.isZero() ? Optional.empty() : Optional.of((double) taken.toMillis() / scheduled.toMillis());
    }

    /** Returns the cost of its cluster per second of the run; empty if unknown. */
    Optional<BigDecimal> costPerSecond() {
        Duration elapsed = between(
                Objects.requireNonNull(recorded.started(), "done"), Objects.requireNonNull(recorded.until(), "done"));
        return elapsed.isZero()
                ? Optional.empty()
                : recorded.bill()
                        .map(bill -> bill.total().subtract(bill.beforeRun()))
                        .map(cost -> cost.multiply(BigDecimal.valueOf(1000))
                                .divide(BigDecimal.valueOf(elapsed.toMillis()), MathContext.DECIMAL64));
    }

    /** Returns the time between two instants. Zero instead of negative, because the platform's clock may differ from the local one. */
    private static Duration between(Instant start, Instant end) {
        return end.isBefore(start) ? Duration.ZERO : Duration.between(start, end);
    }
}
