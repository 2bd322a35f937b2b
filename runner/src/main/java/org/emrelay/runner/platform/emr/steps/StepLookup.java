package org.emrelay.runner.platform.emr.steps;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.LogLocator;
import org.emrelay.runner.platform.aws.client.AwsContext;

/** What EMR shows of a run's attempts at one moment, for somebody who only looks: nothing is handed over, stopped or ended by it. */
public final class StepLookup implements LogLocator {
    private final StepsCluster cluster;
    private final Map<String, EmrStep> seen;

    private StepLookup(StepsCluster cluster, Map<String, EmrStep> seen) {
        this.cluster = cluster;
        this.seen = seen;
    }

    /** Looks for these attempts; without any nothing is asked. */
    public static StepLookup of(AwsContext aws, StepsCluster cluster, RunId run, Collection<AttemptId> attempts) {
        Map<String, EmrStep> seen = new HashMap<>();
        List<String> names = attempts.stream().map(id -> name(run, id)).toList();
        if (!names.isEmpty()) {
            new StepListing(aws, cluster.id()).named(names).forEach(step -> seen.put(step.name(), step));
        }
        return new StepLookup(cluster, seen);
    }

    private static String name(RunId run, AttemptId attempt) {
        return EmrStepName.of(run, attempt).text();
    }

    /** Whether EMR shows it as ended. */
    public boolean hasEnded(RunId run, AttemptId attempt) {
        return find(run, attempt).filter(EmrStep::hasEnded).isPresent();
    }

    private Optional<EmrStep> find(RunId run, AttemptId attempt) {
        return Optional.ofNullable(seen.get(name(run, attempt)));
    }

    @Override
    public String log(RunId run, AttemptId attempt) {
        return cluster.log(find(run, attempt).map(EmrStep::id).orElse(null));
    }
}
