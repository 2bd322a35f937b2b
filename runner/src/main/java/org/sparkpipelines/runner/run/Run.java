package org.sparkpipelines.runner.run;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sparkpipelines.runner.model.ClusterId;
import org.sparkpipelines.runner.model.RunId;
import org.sparkpipelines.runner.plan.ExecutionPlan;

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
