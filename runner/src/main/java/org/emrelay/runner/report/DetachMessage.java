package org.emrelay.runner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.run.DetachedRisks;

/** The message on detaching from a run: how to reattach, and what is not enforced until then. */
public record DetachMessage(ClusterId cluster, DetachedRisks risks, RunnerCommand command) {
    public DetachMessage {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(risks, "risks");
        Objects.requireNonNull(command, "command");
    }

    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(
                risks.active().isEmpty()
                        ? "Detached. No step of the run is on EMR right now."
                        : "Detached. Still running on the cluster: " + names(risks.active()) + ".");
        lines.add("Reattach, from any machine: " + command.action("execute_steps", "-idc", cluster.value()));
        lines.add("Cancel the steps: " + command.action("delete_steps", "--cancel", "-idc", cluster.value()));
        List<String> notEnforced = new ArrayList<>();
        if (!risks.notSubmitted().isEmpty()) {
            notEnforced.add("steps not yet submitted: " + names(risks.notSubmitted()));
        }
        if (!risks.unenforcedRetries().isEmpty()) {
            notEnforced.add("retries: " + names(risks.unenforcedRetries()));
        }
        risks.unenforcedTimeouts()
                .forEach((step, limit) -> notEnforced.add("timeout of " + Quantities.duration(limit) + ": " + step));
        if (!risks.unenforcedPolicies().isEmpty()) {
            notEnforced.add("on_failure: " + names(risks.unenforcedPolicies()));
        }
        if (!notEnforced.isEmpty()) {
            lines.add("Not enforced until you reattach:");
            notEnforced.forEach(line -> lines.add("  " + line));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String names(List<StepName> steps) {
        return steps.stream().map(StepName::value).collect(Collectors.joining(", "));
    }
}
