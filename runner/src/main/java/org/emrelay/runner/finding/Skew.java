package org.emrelay.runner.finding;

import java.util.Comparator;
import java.util.Optional;
import org.emrelay.runner.profile.StageProfile;

/** One task of a join reads far more than the others. At the end, it runs alone. */
final class Skew implements FindingRule {
    /** The default of Spark's {@code spark.sql.adaptive.skewJoin.skewedPartitionFactor}. */
    private static final double FACTOR = 5;

    /** A slow node also makes a task slow, but not large. The factor is small, because repeated keys compress well. */
    private static final double READ_FACTOR = 2;

    private static final int MIN_TASKS = 3;

    /** A shorter task may be slow by chance. */
    private static final long MIN_MILLIS = 1_000;

    /** The defaults of Spark's {@code skewedPartitionThresholdInBytes} and {@code advisoryPartitionSizeInBytes}. */
    private static final long SPLIT_FROM = 256L << 20;

    private static final long ADVISORY = 64L << 20;

    /** The maximum size to broadcast. It must fit in the memory of the driver and of each executor. */
    private static final long BROADCAST = 100L << 20;

    @Override
    public Optional<StepFinding> find(StepFacts facts) {
        return facts.profile().stages().stream()
                .filter(Skew::isSkewed)
                .max(Comparator.comparingDouble(stage -> stake(stage, facts)))
                .flatMap(stage -> setting(stage, facts)
                        .map(setting -> StepFinding.ofTime(
                                FindingKind.SKEW,
                                "One task of a join did most of the work.",
                                "Stage " + stage.id() + ": the longest task took "
                                        + Figures.millis(stage.durations().max()) + " and read "
                                        + Figures.bytes(stage.reads().max()) + ", the median "
                                        + Figures.millis(stage.durations().median()) + " and "
                                        + Figures.bytes(stage.reads().median()) + ".",
                                stake(stage, facts),
                                setting)));
    }

    private static boolean isSkewed(StageProfile stage) {
        return stage.totals().shuffleReadBytes() > 0
                && stage.totals().tasks() >= MIN_TASKS
                && stage.durations().max() >= MIN_MILLIS
                && stage.durations().max() >= FACTOR * stage.durations().median()
                && stage.reads().max() >= READ_FACTOR * stage.reads().median();
    }

    /** Compares with a stage whose work is divided evenly. */
    private static double stake(StageProfile stage, StepFacts facts) {
        double even = (double) stage.totals().duration().toMillis() / facts.slots();
        double longer = stage.durations().max() - stage.durations().median();
        return Math.min(longer, stage.duration().toMillis() - even);
    }

    private static Optional<ProposedSetting> setting(StageProfile stage, StepFacts facts) {
        long largest = stage.reads().max();
        if (!facts.requested().adaptive() && largest >= SPLIT_FROM) {
            return Optional.of(ProposedSetting.conf("spark.sql.adaptive.enabled", "false", "true"));
        }
        if (facts.requested().adaptive() && largest >= 2 * ADVISORY && largest < SPLIT_FROM) {
            String property = "spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes";
            return Optional.of(ProposedSetting.conf(property, facts.conf(property, "256MB"), "64MB"));
        }
        return broadcast(stage, facts);
    }

    /** Proposes a broadcast join, which helps only if one of the two inputs is small. */
    private static Optional<ProposedSetting> broadcast(StageProfile stage, StepFacts facts) {
        String property = "spark.sql.autoBroadcastJoinThreshold";
        String present = facts.conf(property, "10MB");
        Long bytes = StepFacts.bytes(present);
        long small = facts.profile().stages().stream()
                .filter(other -> other.id() < stage.id())
                .mapToLong(other -> other.totals().shuffleWriteBytes())
                .filter(written -> written > 0 && written <= BROADCAST / 2)
                .count();
        long inputs = facts.profile().stages().stream()
                .filter(other -> other.id() < stage.id() && other.totals().shuffleWriteBytes() > 0)
                .count();
        return inputs >= 2 && small >= 1 && (bytes == null || bytes < BROADCAST)
                ? Optional.of(ProposedSetting.conf(property, present, "100MB"))
                : Optional.empty();
    }
}
