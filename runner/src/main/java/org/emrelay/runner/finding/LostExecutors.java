package org.emrelay.runner.finding;

import java.util.List;
import java.util.Optional;
import org.emrelay.runner.profile.Executors;

/** Executors were lost, and their work was done again. */
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

    /** Spark records no other fact than the text. */
    private static ProposedSetting setting(String reason, StepFacts facts) {
        if (reason.contains("heartbeat timed out")) {
            String property = "spark.network.timeout";
            return ProposedSetting.conf(property, facts.conf(property, "120s"), "300s");
        }
        // The executor of an instance that ends passes its shuffle and cached blocks to others.
        String property = "spark.decommission.enabled";
        return ProposedSetting.conf(property, facts.conf(property, "false"), "true");
    }
}
