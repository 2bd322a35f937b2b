package org.emrelay.runner.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.InstanceChange;
import org.emrelay.runner.run.Bill.AttemptInterval;
import org.emrelay.runner.run.Bill.InstanceLifetime;
import org.emrelay.runner.run.Event.CostRecorded;
import org.emrelay.runner.run.Event.InstanceChanged;

/** Makes the bill of a run from its journal, until the cost of the cluster was last recorded. */
final class RunBill {
    private RunBill() {}

    /** Empty without instances, and if the price of any instance is unknown. */
    static Optional<Bill> of(ExecutionPlan plan, RunState state) {
        CostRecorded last = state.lastCost();
        Instant began = state.began();
        if (last == null || began == null) {
            return Optional.empty();
        }
        Map<String, InstanceChange> instances = new LinkedHashMap<>();
        for (InstanceChanged change : state.instanceChanges()) {
            instances.put(change.instance().id(), change.instance());
        }
        return lifetimes(List.copyOf(instances.values()), last.time())
                .map(lifetimes ->
                        Bill.of(lifetimes, intervals(plan, state, last.time()), began, state.outcome() != null));
    }

    private static Optional<List<InstanceLifetime>> lifetimes(List<InstanceChange> instances, Instant until) {
        List<InstanceLifetime> lifetimes = new ArrayList<>();
        for (InstanceChange instance : instances) {
            Instant created = instance.created();
            if (created != null) {
                if (instance.pricePerHour() == null) {
                    return Optional.empty();
                }
                Instant ended = notAfter(until, Objects.requireNonNullElse(instance.ended(), until));
                lifetimes.add(new InstanceLifetime(
                        created, Objects.requireNonNullElse(instance.ready(), ended), ended, instance.pricePerHour()));
            }
        }
        return lifetimes.isEmpty() ? Optional.empty() : Optional.of(lifetimes);
    }

    private static List<AttemptInterval> intervals(ExecutionPlan plan, RunState state, Instant until) {
        List<AttemptInterval> intervals = new ArrayList<>();
        for (PlannedStep step : plan.steps()) {
            SparkSettings<?> settings = step.sparkSubmit().settings();
            Integer executors = settings.get(SparkOption.NUM_EXECUTORS);
            Integer cores = settings.get(SparkOption.EXECUTOR_CORES);
            MemorySize memory = settings.get(SparkOption.EXECUTOR_MEMORY);
            for (Attempt attempt : state.step(step.name()).attempts()) {
                Instant started = attempt.started();
                if (started != null) {
                    intervals.add(new AttemptInterval(
                            attempt.id(),
                            started,
                            notAfter(until, Objects.requireNonNullElse(attempt.ended(), until)),
                            executors == null || cores == null ? null : (long) executors * cores,
                            executors == null || memory == null ? null : executors * memory.mebibytes()));
                }
            }
        }
        return intervals;
    }

    private static Instant notAfter(Instant limit, Instant time) {
        return time.isAfter(limit) ? limit : time;
    }
}
