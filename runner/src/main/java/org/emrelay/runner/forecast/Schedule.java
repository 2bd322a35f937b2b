package org.emrelay.runner.forecast;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;

/**
 * A schedule of steps. Each starts when its dependencies have ended and a slot is free.
 *
 * @param steps in topological order
 * @param slots the maximum number of concurrent steps
 */
record Schedule(List<PlannedStep> steps, int slots) {
    Schedule {
        steps = List.copyOf(steps);
    }

    /**
     * Returns the time from the first start to the last end.
     *
     * @param durations the durations of the steps that run; the others take no time
     */
    Duration length(Map<StepName, Duration> durations) {
        PriorityQueue<Duration> free = new PriorityQueue<>();
        for (int slot = 0; slot < slots; slot++) {
            free.add(Duration.ZERO);
        }
        Map<StepName, Duration> ends = new HashMap<>();
        for (PlannedStep step : steps) {
            Duration start = step.dependencies().stream()
                    .map(dependency -> ends.getOrDefault(dependency, Duration.ZERO))
                    .reduce(Duration.ZERO, Schedule::later);
            Duration duration = durations.get(step.name());
            if (duration != null) {
                start = later(start, Objects.requireNonNull(free.poll(), "a slot"));
                free.add(start.plus(duration));
            }
            ends.put(step.name(), duration == null ? start : start.plus(duration));
        }
        return ends.values().stream().reduce(Duration.ZERO, Schedule::later);
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
