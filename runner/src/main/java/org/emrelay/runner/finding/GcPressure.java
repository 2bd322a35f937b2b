package org.emrelay.runner.finding;

import java.util.Optional;
import org.emrelay.runner.profile.TaskTotals;

/** Tasks waited for the garbage collector, in a heap that was nearly full. */
final class GcPressure implements FindingRule {
    /** Spark's UI marks executors above it in red. */
    private static final double MIN_SHARE = 0.1;

    /** In an emptier heap, the collector worked although there was room: more does not help. */
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
        // Tasks that run at the same time count the same pause.
        double stake = share * facts.profile().phases().busy().toMillis();
        return facts.moreMemory()
                .map(setting -> StepFinding.ofTime(
                        FindingKind.GC_PRESSURE,
                        "Garbage collection slowed down the tasks.",
                        "It took " + Figures.percent(share) + " of the tasks' time"
                                + (peak == null
                                        ? "."
                                        : "; the heap was full to " + Figures.percent((double) peak / heap) + "."),
                        stake,
                        setting));
    }
}
