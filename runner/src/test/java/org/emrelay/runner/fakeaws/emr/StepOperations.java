package org.emrelay.runner.fakeaws.emr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Steps: added, listed, cancelled. */
final class StepOperations {
    private static final int STEPS_ON_A_PAGE = 50;
    private static final int MOST_IDS = 10;
    private static final int MOST_ACTIVE = 256;
    private static final int MOST_CANCELLED = 256;

    private final EmrState emr;
    private final ClusterOperations clusters;

    StepOperations(EmrState emr, ClusterOperations clusters) {
        this.emr = emr;
        this.clusters = clusters;
    }

    void addTo(Operations operations) {
        operations
                .add("AddJobFlowSteps", this::add)
                .add("ListSteps", this::list)
                .add("DescribeStep", this::describe)
                .add("CancelSteps", this::cancel);
    }

    private Fields add(Tree request) {
        EmrCluster cluster = emr.clusterOrNull(request.text("JobFlowId", ""));
        if (cluster == null) {
            throw EmrState.validation("Specified job flow ID not valid");
        }
        if (cluster.isEnding()) {
            throw EmrState.validation("A job flow that is shutting down, terminated, or finished may not be modified.");
        }
        List<Tree> steps = request.trees("Steps");
        StepCheck.check(steps, cluster.stepConcurrency());
        long active = cluster.steps.stream().filter(Step::isActive).count();
        if (active + steps.size() > MOST_ACTIVE) {
            throw StepCheck.tooMany();
        }
        return Fields.of("StepIds", clusters.life(cluster).steps().add(steps));
    }

    private Fields list(Tree request) {
        EmrCluster cluster = emr.cluster(request.text("ClusterId", ""));
        List<String> ids = request.texts("StepIds");
        List<String> states = request.texts("StepStates");
        if (ids.size() > MOST_IDS) {
            throw EmrState.invalidRequest("Only " + MOST_IDS + " step ids may be specified.");
        }
        if (!ids.isEmpty() && !states.isEmpty()) {
            throw EmrState.invalidRequest("Step ids and step states may not be specified together.");
        }
        ids.forEach(id -> step(cluster, id));
        List<Step> newestFirst = new ArrayList<>(cluster.steps);
        Collections.reverse(newestFirst);
        List<Fields> found = newestFirst.stream()
                .filter(step -> ids.isEmpty() ? !step.created.isAfter(emr.listedUntil()) : ids.contains(step.id))
                .filter(step -> states.isEmpty() || states.contains(step.state))
                .map(Step::fields)
                .toList();
        Page<Fields> page = Page.of(found, request.text("Marker"), STEPS_ON_A_PAGE);
        return Fields.of("Steps", page.elements()).and("Marker", page.next());
    }

    private static Step step(EmrCluster cluster, String id) {
        return cluster.steps.stream()
                .filter(step -> step.id.equals(id))
                .findFirst()
                .orElseThrow(() -> EmrState.invalidRequest("Step id '" + id + "' is not valid."));
    }

    private Fields describe(Tree request) {
        EmrCluster cluster = emr.cluster(request.text("ClusterId", ""));
        return Fields.of("Step", step(cluster, request.text("StepId", "")).fields());
    }

    private Fields cancel(Tree request) {
        EmrCluster cluster = emr.cluster(request.text("ClusterId", ""));
        List<String> ids = request.texts("StepIds");
        if (ids.isEmpty() || ids.size() > MOST_CANCELLED) {
            throw EmrState.invalidRequest("Between 1 and " + MOST_CANCELLED + " step ids must be specified.");
        }
        String option = request.text("StepCancellationOption", "SEND_INTERRUPT");
        if (!option.matches("SEND_INTERRUPT|TERMINATE_PROCESS")) {
            throw EmrState.validation("1 validation error detected: Value '" + option
                    + "' at 'stepCancellationOption' failed to satisfy constraint: Member must satisfy enum value set:"
                    + " [SEND_INTERRUPT, TERMINATE_PROCESS]");
        }
        List<Fields> results = new ArrayList<>();
        for (String id : ids) {
            Step step = step(cluster, id);
            String before = step.state;
            boolean cancelled = clusters.life(cluster).steps().cancel(step);
            results.add(Fields.of("StepId", id)
                    .and("Status", cancelled ? "SUBMITTED" : "FAILED")
                    .and("Reason", cancelled ? null : "The step is " + before + " and cannot be cancelled."));
        }
        return Fields.of("CancelStepsInfoList", results);
    }
}
