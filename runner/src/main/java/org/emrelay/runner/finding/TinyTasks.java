package org.emrelay.runner.finding;

import java.util.Comparator;
import java.util.Optional;
import org.emrelay.runner.profile.StageProfile;

/** A stage has so many tasks that starting them takes a large part of its time. */
final class TinyTasks implements FindingRule {
    /** According to Spark's tuning guide, tasks as short as 200 ms are efficient. */
    private static final long MAX_MEDIAN = 200;

    /** The tuning guide recommends two to three tasks for each core. */
    private static final int TASKS_PER_CORE = 3;

    /** The target size of Spark's adaptive execution. */
    private static final double BYTES_PER_TASK = 64 << 20;

    /** The time to schedule, send and start a task, and to open its shuffle blocks. The rest of a tiny task is work. */
    private static final long OVERHEAD_MILLIS = 20;

    @Override
    public Optional<StepFinding> find(StepFacts facts) {
        return facts.profile().stages().stream()
                .filter(stage -> hasTooMany(stage, facts)
                        && facts.partitions(stage, proposed(stage, facts)).isPresent())
                .max(Comparator.comparingDouble(stage -> stake(stage, facts)))
                .map(stage -> finding(stage, facts));
    }

    private static StepFinding finding(StageProfile stage, StepFacts facts) {
        double all = facts.profile().stages().stream()
                .filter(other -> other.partitions() == stage.partitions() && hasTooMany(other, facts))
                .mapToDouble(other -> stake(other, facts))
                .sum();
        return StepFinding.ofTime(
                FindingKind.TINY_TASKS,
                "Tasks were too short compared with the time to start them.",
                "Stage " + stage.id() + " had " + Figures.count(stage.partitions()) + " tasks on " + facts.slots()
                        + (facts.slots() == 1 ? " core" : " cores") + "; half of them took at most "
                        + stage.durations().median() + " ms.",
                all,
                facts.partitions(stage, proposed(stage, facts)).orElseThrow());
    }

    /** Ignores stages that write files: too many files are a different finding. */
    private static boolean hasTooMany(StageProfile stage, StepFacts facts) {
        return stage.partitions() > 2 * proposed(stage, facts)
                && stage.durations().median() <= MAX_MEDIAN
                && stage.totals().outputBytes() == 0;
    }

    private static long proposed(StageProfile stage, StepFacts facts) {
        double bytes = stage.totals().inputBytes() + stage.totals().shuffleReadBytes();
        return Math.max((long) TASKS_PER_CORE * facts.slots(), (long) Math.ceil(bytes / BYTES_PER_TASK));
    }

    private static double stake(StageProfile stage, StepFacts facts) {
        long overhead = Math.min(OVERHEAD_MILLIS, stage.durations().median());
        return (double) (stage.partitions() - proposed(stage, facts)) * overhead / facts.slots();
    }
}
