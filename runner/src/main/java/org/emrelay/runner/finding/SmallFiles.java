package org.emrelay.runner.finding;

import java.util.Comparator;
import java.util.Optional;
import org.emrelay.runner.profile.StageProfile;

/** The output has many small files, which take longer to open than to read. */
final class SmallFiles implements FindingRule {
    /** Spark's {@code spark.sql.files.openCostInBytes}: what could be read while a file is opened. */
    private static final double OPEN_COST = 4 << 20;

    private static final int MIN_FILES = 100;

    /** The size of the splits in which Spark reads files. */
    private static final double TARGET_BYTES = 128 << 20;

    /** Spark's tuning guide: tasks as short as this are efficient. Above it, a task does more than to create a file. */
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
                                "The output has many small files.",
                                Figures.count(facts.files()) + " files of "
                                        + Figures.bytes(facts.bytes() / facts.files()) + " on average.",
                                stake(stage, needed, facts),
                                setting)));
    }

    /** A task that writes a small file takes most of its time to start, and to create and commit the file. */
    private static double stake(StageProfile stage, long needed, StepFacts facts) {
        long overhead = Math.min(MAX_MILLIS_PER_FILE, stage.durations().median());
        return (stage.partitions() - needed) * (double) overhead / facts.slots();
    }

    /** The stage that wrote most rows, if it has as many tasks as it needs files or more. */
    private static Optional<StageProfile> writer(StepFacts facts) {
        return facts.profile().stages().stream()
                .filter(stage -> stage.totals().outputBytes() > 0 && stage.partitions() > facts.slots())
                .max(Comparator.comparingLong(stage -> stage.totals().outputBytes()));
    }
}
