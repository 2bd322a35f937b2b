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

/** The attempts of one run, in the order in which they were handed over. */
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

    List<EmrAttempt> which(Predicate<EmrAttempt> are) {
        return attempts.values().stream().filter(are).toList();
    }

    List<EmrAttempt> behind(EmrAttempt first) {
        List<EmrAttempt> all = new ArrayList<>(attempts.values());
        return all.subList(all.indexOf(first) + 1, all.size());
    }

    /** The attempts before this one at the same step. */
    List<AttemptId> earlier(AttemptId id) {
        List<AttemptId> earlier = new ArrayList<>();
        for (int number = 1; number < id.number(); number++) {
            earlier.add(new AttemptId(id.step(), number));
        }
        return earlier;
    }

    /** Takes in what EMR says; whether there is news. */
    boolean see(Collection<EmrStep> steps) {
        boolean news = false;
        for (EmrStep step : steps) {
            EmrStepName name = EmrStepName.parse(step.name()).orElse(null);
            EmrAttempt attempt = name == null || !name.run().equals(run) ? null : attempts.get(name.attempt());
            if (name != null && attempt != null) {
                news |= attempt.see(name, step);
            }
        }
        return news;
    }

    List<EmrStep> seen() {
        List<EmrStep> seen = new ArrayList<>();
        for (EmrAttempt attempt : attempts.values()) {
            EmrStep step = attempt.seen();
            if (step != null) {
                seen.add(step);
            }
        }
        return seen;
    }
}
