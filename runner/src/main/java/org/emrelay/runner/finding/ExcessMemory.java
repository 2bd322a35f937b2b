package org.emrelay.runner.finding;

import java.util.Optional;

/** Executors never used most of their heap. Applies only to clusters: the memory of a local run costs nothing. */
final class ExcessMemory implements FindingRule {
    private static final double MAX_USED = 0.4;

    /** The ratio of the proposed heap to the peak. The peak includes garbage, but the data of another day can be larger. */
    private static final double RESERVE = 1.5;

    private static final long GIBIBYTE = 1 << 30;

    /** The share of memory in the price of a general purpose instance. Derived from m5, c5 and r5, which differ only in memory. */
    private static final double SHARE_OF_PRICE = 0.4;

    @Override
    public Optional<StepFinding> find(StepFacts facts) {
        Long peak = facts.profile().executors().peakHeap();
        long heap = facts.requested().executorMemory();
        if (facts.isLocal()
                || peak == null
                || peak > MAX_USED * heap
                || facts.profile().totals().diskSpilled() > 0
                || facts.profile().executors().lostCount() > 0) {
            return Optional.empty();
        }
        long needed = (long) Math.ceil(peak * RESERVE / GIBIBYTE);
        long proposed = Math.max(1, needed) * GIBIBYTE;
        if (proposed >= heap) {
            return Optional.empty();
        }
        return Optional.of(StepFinding.ofResources(
                FindingKind.MEMORY_OVER_PROVISIONED,
                "Executors used little of their memory.",
                "The heap peaked at " + Figures.bytes(peak) + ", " + Figures.percent((double) peak / heap)
                        + " of what was requested.",
                facts.wallMillis() * SHARE_OF_PRICE * (1 - (double) proposed / heap),
                facts.executorMemory(proposed >> 20)));
    }
}
