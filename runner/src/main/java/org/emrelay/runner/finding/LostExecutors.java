package org.emrelay.runner.finding;

import java.util.List;
import java.util.Optional;
import org.emrelay.runner.profile.Executors;

/** Executors were lost, and their work was repeated. */
final class LostExecutors implements FindingRule {
    @Override
    public Optional<StepFinding> find(StepFacts facts) {
        Executors executors = facts.profile().executors();
        List<Executors.Lost> lost = executors.lost().stream()
                .filter(executor -> !MissingMemory.isReason(executor.reason()))
                .toList();
        if (facts.isLocal() || lost.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(StepFinding.ofTime(
                FindingKind.LOST_EXECUTORS,
                "Executors were lost.",
                facts.losses(lost.get(0).reason()),
                facts.repeatedMillis(),
                setting(lost.get(0).reason(), facts)));
    }

    /** Decides by the text, because Spark records nothing else. */
    private static ProposedSetting setting(String reason, StepFacts facts) {
        if (reason.contains("heartbeat timed out")) {
            String property = "spark.network.timeout";
            return ProposedSetting.conf(property, facts.conf(property, "120s"), "300s");
        }
        // With decommissioning, the executors of a terminating instance migrate their shuffle and cached blocks.
        String property = "spark.decommission.enabled";
        return ProposedSetting.conf(property, facts.conf(property, "false"), "true");
    }
}
