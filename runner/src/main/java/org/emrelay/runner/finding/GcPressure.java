package org.emrelay.runner.finding;

import java.util.Optional;
import org.emrelay.runner.profile.TaskTotals;

/** Tasks waited for the garbage collector because the heap was nearly full. */
final class GcPressure implements FindingRule {
    /** Spark's UI marks executors above this share in red. */
    private static final double MIN_SHARE = 0.1;

    /** Below this share, the heap had free space: more memory would not help. */
    private static final double FULL = 0.6;

    @Override
    public Optional<StepFinding> find(StepFacts facts) {
        TaskTotals totals = facts.profile().totals();
        double share = (double) totals.gcTime().toMillis()
                / Math.max(1, totals.runTime().toMillis());
        Long peak = facts.profile().executors().peakHeap();
        long heap = facts.requested().executorMemory();
        if (share < MIN_SHARE || (peak != null && peak < FULL * heap)) {
            return Optional.empty();
        }
        // Concurrent tasks count the same pause, so the share applies to the time with tasks.
        double stake = share * facts.profile().phases().busy().toMillis();
        return facts.moreMemory()
                .map(setting -> StepFinding.ofTime(
                        FindingKind.GC_PRESSURE,
                        "Garbage collection slowed down the tasks.",
                        "It took " + Figures.percent(share) + " of the tasks' time"
                                + (peak == null
                                        ? "."
                                        : "; the heap was up to " + Figures.percent((double) peak / heap) + " full."),
                        stake,
                        setting));
    }
}
