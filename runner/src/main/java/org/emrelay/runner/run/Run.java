package org.emrelay.runner.run;

import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline as it was added to a cluster; what has become of it since is told by its journal.
 *
 * @param resumedFrom the earlier run whose results may be used; null when nothing is
 */
public record Run(
        RunId id,
        ClusterId cluster,
        ExecutionPlan plan,
        @Nullable RunId resumedFrom,
        Instant created) {
    public Run {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(created, "created");
    }

    /** The same run under another name of its cluster: one that was handed over before the cluster had an id. */
    public Run on(ClusterId other) {
        return new Run(id, other, plan, resumedFrom, created);
    }
}
