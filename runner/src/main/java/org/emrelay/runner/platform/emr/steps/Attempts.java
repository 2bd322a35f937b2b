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
final class Attempts {
    private final RunId run;
    private final Map<AttemptId, Attempt> attempts = new LinkedHashMap<>();

    Attempts(RunId run) {
        this.run = run;
    }

    EmrName name(AttemptId id) {
        return EmrName.of(run, id);
    }

    void add(Attempt attempt) {
        attempts.put(attempt.id(), attempt);
    }

    Optional<Attempt> find(AttemptId id) {
        return Optional.ofNullable(attempts.get(id));
    }

    List<Attempt> all() {
        return List.copyOf(attempts.values());
    }

    List<Attempt> which(Predicate<Attempt> are) {
        return attempts.values().stream().filter(are).toList();
    }

    List<Attempt> behind(Attempt first) {
        List<Attempt> all = new ArrayList<>(attempts.values());
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
    boolean see(Collection<SeenStep> steps) {
        boolean news = false;
        for (SeenStep step : steps) {
            EmrName name = EmrName.parse(step.name()).orElse(null);
            Attempt attempt = name == null || !name.run().equals(run) ? null : attempts.get(name.attempt());
            if (name != null && attempt != null) {
                news |= attempt.see(name, step);
            }
        }
        return news;
    }

    List<SeenStep> seen() {
        List<SeenStep> seen = new ArrayList<>();
        for (Attempt attempt : attempts.values()) {
            SeenStep step = attempt.seen();
            if (step != null) {
                seen.add(step);
            }
        }
        return seen;
    }
}
