package org.emrelay.runner.finding;

import java.util.Comparator;
import java.util.Optional;
import org.emrelay.runner.profile.StageProfile;

/** The output consists of many small files, which take longer to open than to read. */
final class SmallFiles implements FindingRule {
    /** The default of {@code spark.sql.files.openCostInBytes}: the bytes that could be read while a file is opened. */
    private static final double OPEN_COST = 4 << 20;

    private static final int MIN_FILES = 100;

    /** The size of the splits in which Spark reads files. */
    private static final double TARGET_BYTES = 128 << 20;

    /** According to Spark's tuning guide, tasks as short as this are efficient. A longer task does more than create a file. */
    private static final long MAX_MILLIS_PER_FILE = 200;

    @Override
    public Optional<StepFinding> find(StepFacts facts) {
        if (facts.files() < MIN_FILES || (double) facts.bytes() / facts.files() >= OPEN_COST) {
            return Optional.empty();
        }
        long needed = Math.max(facts.slots(), (long) Math.ceil(facts.bytes() / TARGET_BYTES));
        return writer(facts)
                .flatMap(stage -> facts.partitions(stage, needed)
                        .map(setting -> StepFinding.ofTime(
                                FindingKind.SMALL_FILES,
                                "The output consists of many small files.",
                                Figures.count(facts.files()) + " files of "
                                        + Figures.bytes(facts.bytes() / facts.files()) + " on average.",
                                stake(stage, needed, facts),
                                setting)));
    }

    /** Estimates the saved time. Most of a short task's time goes into starting, and creating and committing the file. */
    private static double stake(StageProfile stage, long needed, StepFacts facts) {
        long overhead = Math.min(MAX_MILLIS_PER_FILE, stage.durations().median());
        return (stage.partitions() - needed) * (double) overhead / facts.slots();
    }

    /** Returns the stage that wrote the most bytes, if it has more tasks than there are cores. */
    private static Optional<StageProfile> writer(StepFacts facts) {
        return facts.profile().stages().stream()
                .filter(stage -> stage.totals().outputBytes() > 0 && stage.partitions() > facts.slots())
                .max(Comparator.comparingLong(stage -> stage.totals().outputBytes()));
    }
}
