package org.emrelay.runner.finding;

import java.util.Comparator;
import java.util.Optional;
import org.emrelay.runner.profile.StageProfile;

/** A stage has fewer tasks than there are cores. */
final class TooFewPartitions implements FindingRule {
    /** Spark's tuning guide recommends two to three tasks for each core. */
    private static final int TASKS_PER_CORE = 3;

    @Override
    public Optional<StepFinding> find(StepFacts facts) {
        long proposed = (long) TASKS_PER_CORE * facts.slots();
        return facts.profile().stages().stream()
                .filter(stage -> stage.partitions() > 0
                        && stage.partitions() < facts.slots()
                        && stage.totals().failed() == 0)
                .filter(stage -> facts.partitions(stage, proposed).isPresent())
                .max(Comparator.comparingDouble(stage -> stake(stage, facts)))
                .map(stage -> StepFinding.ofTime(
                        FindingKind.TOO_FEW_PARTITIONS,
                        "A stage had fewer tasks than cores.",
                        "Stage " + stage.id() + " took "
                                + Figures.millis(stage.duration().toMillis()) + " with " + stage.partitions()
                                + (stage.partitions() == 1 ? " task" : " tasks") + " on " + facts.slots() + " cores.",
                        stake(stage, facts),
                        facts.partitions(stage, proposed).orElseThrow()));
    }

    /** Compares with a stage whose work is divided among all cores. */
    private static double stake(StageProfile stage, StepFacts facts) {
        double even = (double) stage.totals().duration().toMillis() / facts.slots();
        return stage.duration().toMillis() - even;
    }
}
