package org.emrelay.runner.platform.emr.steps;

import java.util.Objects;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that runs a platform's steps.
 *
 * @param concurrency how many steps it runs in parallel
 * @param logUri the log URI of the cluster; empty if it has none
 */
public record StepsCluster(String id, int concurrency, String logUri) {
    public StepsCluster {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(logUri, "logUri");
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency " + concurrency);
        }
    }

    public static StepsCluster of(EmrCluster cluster) {
        return new StepsCluster(cluster.id(), Math.max(1, cluster.stepConcurrency()), cluster.logUri());
    }

    boolean isSequential() {
        return concurrency == 1;
    }

    /** Returns the folder of a step's logs, or of all steps' logs if the id is null. */
    String stepLogUri(@Nullable String stepId) {
        if (logUri.isEmpty()) {
            return "";
        }
        String steps = logUri.replaceFirst("^s3n://", "s3://").replaceFirst("/*$", "/") + id + "/steps/";
        return stepId == null ? steps : steps + stepId + "/";
    }
}
