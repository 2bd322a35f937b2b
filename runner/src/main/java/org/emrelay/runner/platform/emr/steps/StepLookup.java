package org.emrelay.runner.platform.emr.steps;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.PlatformStep;
import org.emrelay.runner.platform.aws.client.AwsContext;

/** A read-only view of a run's attempts on EMR at one moment. */
public final class StepLookup {
    private final StepsCluster cluster;
    private final Map<String, EmrStep> stepsByName;

    private StepLookup(StepsCluster cluster, Map<String, EmrStep> stepsByName) {
        this.cluster = cluster;
        this.stepsByName = stepsByName;
    }

    /** Looks up these attempts; makes no call if there are none. */
    public static StepLookup of(AwsContext aws, StepsCluster cluster, RunId run, Collection<AttemptId> attempts) {
        Map<String, EmrStep> stepsByName = new HashMap<>();
        List<String> names = attempts.stream().map(id -> stepName(run, id)).toList();
        if (!names.isEmpty()) {
            new StepListing(aws, cluster.id()).listByName(names).forEach(step -> stepsByName.put(step.name(), step));
        }
        return new StepLookup(cluster, stepsByName);
    }

    private static String stepName(RunId run, AttemptId attempt) {
        return EmrStepName.of(run, attempt).text();
    }

    /** Whether EMR reports the attempt as ended. */
    public boolean hasEnded(RunId run, AttemptId attempt) {
        return find(run, attempt).filter(EmrStep::hasEnded).isPresent();
    }

    private Optional<EmrStep> find(RunId run, AttemptId attempt) {
        return Optional.ofNullable(stepsByName.get(stepName(run, attempt)));
    }

    /** The attempt on EMR; unknown if EMR does not list it. */
    public PlatformStep platformStep(RunId run, AttemptId attempt) {
        return cluster.platformStep(find(run, attempt).map(EmrStep::id).orElse(null));
    }
}
