package org.emrelay.runner.finding;

import java.util.Optional;
import org.emrelay.runner.profile.TaskTotals;

/** Tasks waited for shuffle blocks from other executors. */
final class FetchWait implements FindingRule {
    private static final double MIN_SHARE = 0.2;

    /** If a reducer can already fetch this much at a time, the network is the bottleneck. */
    private static final long MAX_IN_FLIGHT = 96L << 20;

    @Override
    public Optional<StepFinding> find(StepFacts facts) {
        TaskTotals totals = facts.profile().totals();
        double share = (double) totals.fetchWait().toMillis()
                / Math.max(1, totals.runTime().toMillis());
        String property = "spark.reducer.maxSizeInFlight";
        String present = facts.conf(property, "48m");
        Long bytes = StepFacts.bytes(present);
        if (facts.isLocal() || share < MIN_SHARE || bytes == null || bytes >= MAX_IN_FLIGHT) {
            return Optional.empty();
        }
        return Optional.of(StepFinding.ofTime(
                FindingKind.FETCH_WAIT,
                "Tasks waited for shuffle blocks.",
                Figures.percent(share) + " of the tasks' time; they read " + Figures.bytes(totals.shuffleReadBytes())
                        + " from shuffles.",
                share * facts.profile().phases().busy().toMillis(),
                ProposedSetting.conf(property, present, "96m")));
    }
}
