package org.emrelay.runner.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A valid pipeline: step names are unique, dependencies exist and form no cycle.
 *
 * @param name also the name of its folder in the workspace
 * @param parameters the values that differ from the file's, for people: without secrets
 * @param steps in the file's order; for a backfill day after day
 * @param backfill null if the pipeline runs once
 */
public record Pipeline(
        String name,
        Map<String, String> parameters,
        List<Step> steps,
        @Nullable Backfill backfill) {
    /** The key of the run's date among the parameters, if the pipeline depends on it. */
    public static final String RUN_DATE = "run.date";

    public Pipeline {
        Objects.requireNonNull(name, "name");
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        steps = List.copyOf(steps);
        Set<StepName> names = new HashSet<>();
        for (Step step : steps) {
            if (!names.add(step.name())) {
                throw new IllegalArgumentException("duplicate step name: " + step.name());
            }
        }
        for (Step step : steps) {
            if (!names.containsAll(step.dependencies())) {
                throw new IllegalArgumentException(step.name() + " depends on an unknown step: " + step.dependencies());
            }
        }
    }

    /** The JSON path of each step in the steps file. */
    public Map<StepName, String> paths() {
        return StepName.paths(steps.stream().map(Step::name).toList());
    }

    public Pipeline(String name, List<Step> steps) {
        this(name, Map.of(), steps, null);
    }

    public Pipeline withSteps(List<Step> others) {
        return new Pipeline(name, parameters, others, backfill);
    }
}
