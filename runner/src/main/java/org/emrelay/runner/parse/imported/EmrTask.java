package org.emrelay.runner.parse.imported;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operation of EMR that a Task state calls.
 *
 * @param operation empty for another service, or another kind of state
 */
record EmrTask(String operation) {
    private static final Pattern RESOURCE = Pattern.compile(
            "arn:[^:]*:states:::(?:elasticmapreduce|aws-sdk:emr):([A-Za-z]+)(?:[.:].*)?", Pattern.DOTALL);

    EmrTask {
        Objects.requireNonNull(operation, "operation");
    }

    static EmrTask of(JsonTree state) {
        Matcher resource = RESOURCE.matcher(state.get("Resource").text().orElse(""));
        return new EmrTask(resource.matches() ? resource.group(1) : "");
    }

    boolean createsCluster() {
        return Set.of("createCluster", "runJobFlow").contains(operation);
    }

    boolean addsSteps() {
        return Set.of("addStep", "addJobFlowSteps").contains(operation);
    }

    /** Whether the state fails with its step. Other states only submit steps. */
    boolean waitsForStep() {
        return operation.equals("addStep");
    }

    boolean terminatesCluster() {
        return Set.of("terminateCluster", "terminateJobFlows").contains(operation);
    }
}
