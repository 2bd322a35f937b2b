package org.emrelay.runner.fakeaws.emr;

import java.util.List;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Rejects the steps that EMR rejects. */
final class StepValidator {
    private static final int MAX_JAR_STEP_LENGTH = 10_240;

    private StepValidator() {}

    static void validate(List<Tree> steps, int concurrency) {
        if (concurrency < 1 || concurrency > 256) {
            throw EmrState.validation("StepConcurrencyLevel must be between 1 and 256.");
        }
        if (steps.size() > 256) {
            throw tooManySteps();
        }
        for (Tree step : steps) {
            RunJobFlowValidator.checkName("name", step.text("Name", ""));
            checkAction(step.text("ActionOnFailure", "CONTINUE"), concurrency);
            checkJar(step.tree("HadoopJarStep"));
        }
    }

    static RuntimeException tooManySteps() {
        return EmrState.validation(
                "Maximum number of active steps(State = 'Running', 'Pending' or 'Cancel_Pending') for"
                        + " cluster exceeded.");
    }

    private static void checkAction(String action, int concurrency) {
        if (!action.matches("TERMINATE_JOB_FLOW|TERMINATE_CLUSTER|CANCEL_AND_WAIT|CONTINUE")) {
            throw EmrState.validation("1 validation error detected: Value '" + action
                    + "' at 'steps.1.member.actionOnFailure' failed to satisfy constraint: Member must satisfy enum value"
                    + " set: [TERMINATE_JOB_FLOW, TERMINATE_CLUSTER, CANCEL_AND_WAIT, CONTINUE]");
        }
        if (concurrency > 1 && !action.equals("CONTINUE")) {
            throw EmrState.validation("ActionOnFailure " + action
                    + " is not supported when StepConcurrencyLevel is greater than 1. Use CONTINUE.");
        }
    }

    private static void checkJar(Tree jar) {
        if (jar.text("Jar", "").isEmpty()) {
            throw EmrState.validation("1 validation error detected: Value null at 'jar' failed to satisfy constraint:"
                    + " Member must not be null");
        }
        int length = jar.text("Jar", "").length()
                + jar.text("MainClass", "").length()
                + jar.texts("Args").stream().mapToInt(String::length).sum();
        if (length > MAX_JAR_STEP_LENGTH) {
            throw EmrState.validation(
                    "Total length of all the string in HadoopJarStep exceeds limit of " + MAX_JAR_STEP_LENGTH + ".");
        }
    }
}
