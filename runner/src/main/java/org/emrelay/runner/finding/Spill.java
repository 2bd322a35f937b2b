package org.emrelay.runner.finding;

import java.util.Optional;
import org.emrelay.runner.profile.TaskTotals;

/** Sorts and aggregations did not fit in memory and spilled to disk. */
final class Spill implements FindingRule {
    /** The rate at which a core sorts, compresses, writes, reads back and merges spilled memory. */
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
                        "Executors had too little memory for sorts and aggregations.",
                        "Spilled " + Figures.bytes(totals.memorySpilled()) + " from memory, "
                                + Figures.bytes(totals.diskSpilled()) + " on disk.",
                        stake,
                        setting));
    }
}
