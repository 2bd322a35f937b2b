package org.emrelay.runner.forecast;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.RunState;
import org.emrelay.runner.run.StepPhase;
import org.emrelay.runner.run.StepState;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts a run from earlier runs of its pipeline.
 *
 * <p>The expected duration of a step is the median of its last five durations, preferably of those with the same code, settings and
 * inputs. The steps are scheduled by their dependencies, with the same concurrency as before. The additional time of a run, such as the
 * start of a cluster, is measured on the successful runs.
 */
public final class Forecaster {
    private static final int LEAST_RUNS = 2;
    private static final int MOST_SAMPLES = 5;

    private final ExecutionPlan plan;
    private final List<ObservedRun> observed;
    private final Map<StepName, Duration> usual;
    private final int slots;
    private final Duration lead;
    private final double stretch;
    private final @Nullable BigDecimal costPerSecond;

    /** @param earlier runs of the same pipeline, newest first */
    public Forecaster(ExecutionPlan plan, List<RecordedRun> earlier) {
        this.plan = plan;
        this.observed = earlier.stream()
                .map(ObservedRun::of)
                .filter(run -> !run.durations().isEmpty())
                .toList();
        List<ObservedRun> done = observed.stream().filter(ObservedRun::isDone).toList();
        this.usual = new LinkedHashMap<>();
        plan.steps().forEach(step -> usual(step).ifPresent(duration -> usual.put(step.name(), duration)));
        this.slots = Math.max(
                1, observed.stream().mapToInt(ObservedRun::concurrency).max().orElse(1));
        this.lead = Median.of(done.stream().map(ObservedRun::lead).toList()).orElse(Duration.ZERO);
        this.stretch = Median.of(done.stream()
                        .flatMap(run -> run.stretch(slots).stream())
                        .toList())
                .orElse(1.0);
        this.costPerSecond = Median.of(done.stream()
                        .flatMap(run -> run.costPerSecond().stream())
                        .toList())
                .orElse(null);
    }

    private Optional<Duration> usual(PlannedStep step) {
        return samples(other ->
                        other.name().equals(step.name()) && other.fingerprint().equals(step.fingerprint()))
                .or(() -> samples(other -> other.name().equals(step.name())))
                .or(() ->
                        samples(other -> other.name().base().equals(step.name().base())));
    }

    private Optional<Duration> samples(Predicate<PlannedStep> matches) {
        return Median.of(observed.stream()
                .flatMap(run -> run.durations().entrySet().stream())
                .filter(sample -> matches.test(sample.getKey()))
                .map(Map.Entry::getValue)
                .limit(MOST_SAMPLES)
                .toList());
    }

    /**
     * Forecasts a run that has not begun. Empty before the third run, or if a step has never succeeded.
     *
     * @param runs whether a step will run; the others are reused or skipped
     */
    public Optional<Forecast> forecast(Predicate<PlannedStep> runs) {
        return forecast(
                plan.steps().stream().filter(runs).map(PlannedStep::name).toList());
    }

    /** Returns the forecast of a run that has begun. */
    public Optional<Forecast> forecast(RunState state) {
        return forecast(plan.steps().stream()
                .map(PlannedStep::name)
                .filter(name -> isExpectedToRun(state.step(name)))
                .toList());
    }

    /** Includes steps that were skipped because another step failed. */
    private static boolean isExpectedToRun(StepState step) {
        return step.phase() != StepPhase.REUSED && (step.phase() != StepPhase.SKIPPED || step.blockedBy() != null);
    }

    private Optional<Forecast> forecast(List<StepName> steps) {
        if (steps.isEmpty() || !isKnown(steps)) {
            return Optional.empty();
        }
        Duration elapsed = lead.plus(stretched(plan.steps(), steps, usual::get));
        BigDecimal cost = costPerSecond == null
                ? null
                : costPerSecond
                        .multiply(BigDecimal.valueOf(elapsed.toMillis(), 3))
                        .setScale(2, RoundingMode.HALF_UP);
        return Optional.of(new Forecast(elapsed, cost, observed.size()));
    }

    private boolean isKnown(List<StepName> steps) {
        return observed.size() >= LEAST_RUNS && steps.stream().allMatch(usual::containsKey);
    }

    private Duration stretched(
            List<PlannedStep> order, List<StepName> steps, Function<StepName, @Nullable Duration> duration) {
        Map<StepName, Duration> durations = new LinkedHashMap<>();
        steps.forEach(step -> durations.put(step, Objects.requireNonNull(duration.apply(step), "known")));
        return Duration.ofMillis(
                Math.round(new Schedule(order, slots).length(durations).toMillis() * stretch));
    }

    /** Returns the remaining time of a run. Empty without a forecast; zero if it takes longer than forecast. */
    public Optional<Duration> remaining(RunState state, Instant now) {
        List<StepName> unfinished = plan.steps().stream()
                .map(PlannedStep::name)
                .filter(name -> !state.phase(name).isSettled())
                .toList();
        if (!isKnown(unfinished)) {
            return Optional.empty();
        }
        // Running steps come first, because they already occupy slots.
        List<PlannedStep> order = Stream.concat(
                        plan.steps().stream()
                                .filter(step -> state.step(step.name()).started() != null),
                        plan.steps().stream()
                                .filter(step -> state.step(step.name()).started() == null))
                .toList();
        Duration steps = stretched(order, unfinished, step -> left(state.step(step), usual.get(step), now));
        return Optional.of(steps.plus(leadLeft(state, now)));
    }

    private static @Nullable Duration left(StepState step, @Nullable Duration usual, Instant now) {
        Instant started = step.started();
        return started == null || usual == null ? usual : positive(usual.minus(Duration.between(started, now)));
    }

    private Duration leadLeft(RunState state, Instant now) {
        boolean hasStarted = state.steps().values().stream()
                .flatMap(step -> step.attempts().stream())
                .anyMatch(attempt -> attempt.started() != null);
        Instant began = state.began();
        return hasStarted || began == null ? Duration.ZERO : positive(lead.minus(Duration.between(began, now)));
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
