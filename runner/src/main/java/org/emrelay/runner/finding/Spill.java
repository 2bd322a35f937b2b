package org.emrelay.runner.finding;

import java.util.Optional;
import org.emrelay.runner.profile.TaskTotals;

/** Sorts and aggregations did not fit in memory and went over the disk. */
final class Spill implements FindingRule {
    /**
     * What a core sorts, compresses, writes, reads and merges again of the memory that is spilled.
     */
    private static final double BYTES_PER_SECOND = 50e6;

    @Override
    public Optional<StepFinding> find(StepFacts facts) {
        TaskTotals totals = facts.profile().totals();
        if (totals.diskSpilled() == 0) {
            return Optional.empty();
        }
        double seconds = totals.memorySpilled() / BYTES_PER_SECOND / facts.slots();
        double stake = Math.min(1000 * seconds, facts.profile().phases().busy().toMillis() / 2.0);
        return facts.moreMemory()
                .map(setting -> StepFinding.ofTime(
                        FindingKind.SPILL,
                        "The memory of executors was too small for sorts and aggregations.",
                        Figures.bytes(totals.memorySpilled()) + " of memory were spilled, as "
                                + Figures.bytes(totals.diskSpilled()) + " on disk.",
                        stake,
                        setting));
    }
}
