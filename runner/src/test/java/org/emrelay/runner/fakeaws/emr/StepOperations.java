package org.emrelay.runner.fakeaws.emr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Adds, describes, lists and cancels steps. */
final class StepOperations {
    private static final int PAGE_SIZE = 50;
    private static final int MAX_IDS = 10;
    private static final int MAX_ACTIVE = 256;
    private static final int MAX_CANCELLED = 256;

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
        FakeCluster cluster = emr.clusterOrNull(request.text("JobFlowId", ""));
        if (cluster == null) {
            throw EmrState.validation("Specified job flow ID not valid");
        }
        if (cluster.isShuttingDown()) {
            throw EmrState.validation("A job flow that is shutting down, terminated, or finished may not be modified.");
        }
        List<Tree> steps = request.trees("Steps");
        StepValidator.validate(steps, cluster.stepConcurrency());
        long active = cluster.steps.stream().filter(FakeStep::isActive).count();
        if (active + steps.size() > MAX_ACTIVE) {
            throw StepValidator.tooManySteps();
        }
        return Fields.of("StepIds", clusters.stateMachine(cluster).steps().add(steps));
    }

    private Fields list(Tree request) {
        FakeCluster cluster = emr.cluster(request.text("ClusterId", ""));
        List<String> ids = request.texts("StepIds");
        List<String> states = request.texts("StepStates");
        if (ids.size() > MAX_IDS) {
            throw EmrState.invalidRequest("Only " + MAX_IDS + " step ids may be specified.");
        }
        if (!ids.isEmpty() && !states.isEmpty()) {
            throw EmrState.invalidRequest("Step ids and step states may not be specified together.");
        }
        ids.forEach(id -> step(cluster, id));
        List<FakeStep> newestFirst = new ArrayList<>(cluster.steps);
        Collections.reverse(newestFirst);
        List<Fields> matching = newestFirst.stream()
                .filter(step -> ids.isEmpty() ? !step.createdAt.isAfter(emr.listingHorizon()) : ids.contains(step.id))
                .filter(step -> states.isEmpty() || states.contains(step.state))
                .map(FakeStep::fields)
                .toList();
        Page<Fields> page = Page.of(matching, request.text("Marker"), PAGE_SIZE);
        return Fields.of("Steps", page.elements()).and("Marker", page.next());
    }

    private static FakeStep step(FakeCluster cluster, String id) {
        return cluster.steps.stream()
                .filter(step -> step.id.equals(id))
                .findFirst()
                .orElseThrow(() -> EmrState.invalidRequest("Step id '" + id + "' is not valid."));
    }

    private Fields describe(Tree request) {
        FakeCluster cluster = emr.cluster(request.text("ClusterId", ""));
        return Fields.of("Step", step(cluster, request.text("StepId", "")).fields());
    }

    private Fields cancel(Tree request) {
        FakeCluster cluster = emr.cluster(request.text("ClusterId", ""));
        List<String> ids = request.texts("StepIds");
        if (ids.isEmpty() || ids.size() > MAX_CANCELLED) {
            throw EmrState.invalidRequest("Between 1 and " + MAX_CANCELLED + " step ids must be specified.");
        }
        String option = request.text("StepCancellationOption", "SEND_INTERRUPT");
        if (!option.matches("SEND_INTERRUPT|TERMINATE_PROCESS")) {
            throw EmrState.validation("1 validation error detected: Value '" + option
                    + "' at 'stepCancellationOption' failed to satisfy constraint: Member must satisfy enum value set:"
                    + " [SEND_INTERRUPT, TERMINATE_PROCESS]");
        }
        List<Fields> results = new ArrayList<>();
        for (String id : ids) {
            FakeStep step = step(cluster, id);
            String previousState = step.state;
            boolean cancelled = clusters.stateMachine(cluster).steps().cancel(step);
            results.add(Fields.of("StepId", id)
                    .and("Status", cancelled ? "SUBMITTED" : "FAILED")
                    .and("Reason", cancelled ? null : "The step is " + previousState + " and cannot be cancelled."));
        }
        return Fields.of("CancelStepsInfoList", results);
    }
}
