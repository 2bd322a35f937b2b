package org.emrelay.runner.parse.imported;

import java.util.List;
import java.util.Objects;

/**
 * A step as EMR gets it, with what its orchestrator adds.
 *
 * @param command the words for command-runner.jar
 * @param onFailure empty if a failure cancels the later steps
 * @param timeoutSeconds 0 for none
 */
record EmrStepDefinition(
        String name, String description, List<String> command, String onFailure, int retries, long timeoutSeconds) {
    static final String CONTINUE = "continue";

    EmrStepDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        command = List.copyOf(command);
        Objects.requireNonNull(onFailure, "onFailure");
    }

    boolean mayFail() {
        return onFailure.equals(CONTINUE);
    }

    EmrStepDefinition withRetries(int other) {
        return new EmrStepDefinition(name, description, command, onFailure, other, timeoutSeconds);
    }

    EmrStepDefinition withOnFailure(String other) {
        return new EmrStepDefinition(name, description, command, other, retries, timeoutSeconds);
    }
}
