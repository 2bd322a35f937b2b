package org.emrelay.runner.platform.emr.steps;

import java.util.Objects;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that a platform's steps run on.
 *
 * @param concurrency how many steps it runs at once
 * @param logUri where EMR ships its logs to; empty when nowhere
 */
public record StepsCluster(String id, int concurrency, String logUri) {
    public StepsCluster {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(logUri, "logUri");
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency " + concurrency);
        }
    }

    /** As EMR describes it. */
    public static StepsCluster of(EmrCluster cluster) {
        return new StepsCluster(cluster.id(), Math.max(1, cluster.stepsAtOnce()), cluster.logUri());
    }

    boolean runsInOrder() {
        return concurrency == 1;
    }

    /** Where a step's logs lie; where those of all steps do when its id is not known. */
    String log(@Nullable String stepId) {
        if (logUri.isEmpty()) {
            return "";
        }
        String steps = logUri.replaceFirst("^s3n://", "s3://").replaceFirst("/*$", "/") + id + "/steps/";
        return stepId == null ? steps : steps + stepId + "/";
    }
}
