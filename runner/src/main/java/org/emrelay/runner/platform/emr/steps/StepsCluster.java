package org.emrelay.runner.platform.emr.steps;

import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.platform.PlatformStep;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.log.StepLogLocation;
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

    /** Returns a step of the cluster and the folder of its logs; its id is null before EMR has it. */
    PlatformStep platformStep(@Nullable String stepId) {
        return new PlatformStep(
                stepId,
                Optional.ofNullable(stepId)
                        .flatMap(step -> StepLogLocation.of(logUri, id, step))
                        .map(StepLogLocation::uri)
                        .orElse(""));
    }
}
