package org.emrelay.runner.run;

import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline, as added to a cluster. Its progress is in its journal.
 *
 * @param reuse which earlier results it may reuse; null for none
 * @param origin null for runs of earlier versions
 */
public record Run(
        RunId id,
        ClusterId cluster,
        ExecutionPlan plan,
        @Nullable Reuse reuse,
        Instant created,
        @Nullable Origin origin) {
    public Run {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(created, "created");
    }

    /** A run of which it is not known who added it. */
    public Run(RunId id, ClusterId cluster, ExecutionPlan plan, @Nullable Reuse reuse, Instant created) {
        this(id, cluster, plan, reuse, created, null);
    }

    /** The same run under another id of its cluster: a run can be added before its cluster has an EMR id. */
    public Run withCluster(ClusterId other) {
        return new Run(id, other, plan, reuse, created, origin);
    }
}
