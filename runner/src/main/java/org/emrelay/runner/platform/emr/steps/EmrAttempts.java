package org.emrelay.runner.platform.emr.steps;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;

/** The attempts of one run, in submission order. */
final class EmrAttempts {
    private final RunId run;
    private final Map<AttemptId, EmrAttempt> attempts = new LinkedHashMap<>();

    EmrAttempts(RunId run) {
        this.run = run;
    }

    EmrStepName name(AttemptId id) {
        return EmrStepName.of(run, id);
    }

    void add(EmrAttempt attempt) {
        attempts.put(attempt.id(), attempt);
    }

    Optional<EmrAttempt> find(AttemptId id) {
        return Optional.ofNullable(attempts.get(id));
    }

    List<EmrAttempt> all() {
        return List.copyOf(attempts.values());
    }

    List<EmrAttempt> filter(Predicate<EmrAttempt> condition) {
        return attempts.values().stream().filter(condition).toList();
    }

    List<EmrAttempt> after(EmrAttempt first) {
        List<EmrAttempt> all = new ArrayList<>(attempts.values());
        return all.subList(all.indexOf(first) + 1, all.size());
    }

    /** The earlier attempts of the same step. */
    List<AttemptId> earlier(AttemptId id) {
        List<AttemptId> earlier = new ArrayList<>();
        for (int number = 1; number < id.number(); number++) {
            earlier.add(new AttemptId(id.step(), number));
        }
        return earlier;
    }

    /** Updates the attempts from EMR's state; returns whether anything changed. */
    boolean update(Collection<EmrStep> steps) {
        boolean changed = false;
        for (EmrStep step : steps) {
            EmrStepName name = EmrStepName.parse(step.name()).orElse(null);
            EmrAttempt attempt = name == null || !name.run().equals(run) ? null : attempts.get(name.attempt());
            if (name != null && attempt != null) {
                changed |= attempt.update(name, step);
            }
        }
        return changed;
    }

    List<EmrStep> steps() {
        List<EmrStep> steps = new ArrayList<>();
        for (EmrAttempt attempt : attempts.values()) {
            EmrStep step = attempt.step();
            if (step != null) {
                steps.add(step);
            }
        }
        return steps;
    }
}
