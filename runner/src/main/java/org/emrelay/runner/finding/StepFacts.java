package org.emrelay.runner.finding;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.profile.Requested;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.profile.StageProfile;
import org.emrelay.runner.profile.TaskTotals;
import org.jspecify.annotations.Nullable;

/**
 * The facts that findings derive from: what a step did and wrote, and its settings.
 *
 * @param settings the settings in the steps file
 * @param files the number of files in its output; 0 if there are none or it is unknown
 * @param bytes the size of its output
 */
public record StepFacts(SparkProfile profile, SparkSettings<Argument> settings, long files, long bytes) {
    private static final long MEBIBYTE = 1 << 20;
    private static final int MAX_REASON = 160;

    public StepFacts {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(settings, "settings");
    }

    Requested requested() {
        return profile.requested();
    }

    boolean isLocal() {
        return requested().local();
    }

    double wallMillis() {
        return Duration.between(profile.started(), profile.ended()).toMillis();
    }

    /** Returns the number of executors; the driver of a local application counts as one. */
    int executors() {
        return isLocal() ? 1 : Math.max(1, profile.executors().mostAtOnce());
    }

    /** Returns the number of tasks that could run at the same time. */
    int slots() {
        return Math.max(1, executors() * requested().cores());
    }

    /** Returns the time by which failed tasks and repeated stages prolonged the step. */
    double repeatedMillis() {
        double repeated = 0;
        for (StageProfile stage : profile.stages()) {
            boolean retried = profile.stages().stream()
                    .anyMatch(other -> other.id() == stage.id() && other.attempt() > stage.attempt());
            TaskTotals totals = stage.totals();
            double share = (double) totals.failed() / Math.max(1, totals.tasks());
            repeated += (stage.attempt() > 0 ? 1 : retried ? 0 : share)
                    * stage.duration().toMillis();
        }
        return Math.min(repeated, wallMillis());
    }

    /** Describes the lost executors and failed tasks, with the first reason that Spark logged. */
    String losses(String reason) {
        String first = reason.strip().lines().findFirst().orElse("");
        long failed = profile.totals().failed();
        return "Spark lost " + profile.executors().lostCount() + " of "
                + profile.executors().count() + " executors; " + failed
                + (failed == 1 ? " task" : " tasks") + " failed. The first reason: "
                + (first.length() > MAX_REASON ? first.substring(0, MAX_REASON) + "…" : first);
    }

    /** Returns the value of a Spark property in the steps file, else this default. */
    String conf(String property, String otherwise) {
        Argument value = settings.conf().get(property);
        return value == null || value.isSecret() ? otherwise : literal(value);
    }

    private static String literal(Argument value) {
        return value.parts().stream()
                .map(part -> part instanceof Argument.Literal literal ? literal.text() : "")
                .collect(Collectors.joining());
    }

    /** Proposes to double the heap of executors. Empty if the local machine has no more memory. */
    Optional<ProposedSetting> moreMemory() {
        return isCapped()
                ? Optional.empty()
                : Optional.of(executorMemory(2 * mebibytes(requested().executorMemory())));
    }

    ProposedSetting executorMemory(long mebibytes) {
        String property = "spark.executor.memory";
        String present = memory(mebibytes(requested().executorMemory()));
        return settings.conf().containsKey(property)
                ? ProposedSetting.conf(property, present, memory(mebibytes))
                : new ProposedSetting(SparkOption.EXECUTOR_MEMORY.key(), present, memory(mebibytes));
    }

    private boolean isCapped() {
        MemorySize wanted = settings.get(SparkOption.EXECUTOR_MEMORY);
        return isLocal()
                && wanted != null
                && wanted.mebibytes() > mebibytes(requested().executorMemory());
    }

    static long mebibytes(long bytes) {
        return Math.max(1, bytes / MEBIBYTE);
    }

    /** Formats a size in Spark's notation. */
    static String memory(long mebibytes) {
        return mebibytes % 1024 == 0 ? mebibytes / 1024 + "G" : mebibytes + "M";
    }

    /**
     * Proposes to change the setting that determines the number of a stage's tasks.
     *
     * <p>Empty if no setting explains the present number, because then the program chose it.
     */
    Optional<ProposedSetting> partitions(StageProfile stage, long proposed) {
        boolean more = proposed > stage.partitions();
        if (stage.totals().shuffleReadBytes() > 0) {
            return stage.partitions() == requested().shufflePartitions()
                    ? Optional.of(ProposedSetting.conf(
                            "spark.sql.shuffle.partitions",
                            Integer.toString(stage.partitions()),
                            Long.toString(proposed)))
                    : defaultParallelism(stage, proposed);
        }
        if (profile.filesRead() != null && stage.totals().inputBytes() > 0) {
            return splitSize(stage, proposed, more);
        }
        return defaultParallelism(stage, proposed);
    }

    private Optional<ProposedSetting> defaultParallelism(StageProfile stage, long proposed) {
        String property = "spark.default.parallelism";
        String present = conf(property, "");
        return present.equals(Integer.toString(stage.partitions()))
                ? Optional.of(ProposedSetting.conf(property, present, Long.toString(proposed)))
                : Optional.empty();
    }

    /** Knows only Spark's default and values in the steps file. */
    private Optional<ProposedSetting> splitSize(StageProfile stage, long proposed, boolean more) {
        String property = "spark.sql.files.maxPartitionBytes";
        String text = conf(property, "128MB");
        Long present = bytes(text);
        long input = stage.totals().inputBytes();
        if (present == null) {
            return Optional.empty();
        }
        if (!more) {
            // Spark packs files into splits of this size: only a size below its default causes too many splits.
            return present < 128 * MEBIBYTE
                    ? Optional.of(ProposedSetting.conf(property, text, "128MB"))
                    : Optional.empty();
        }
        // If splits of the present size would be at least twice as many as there are tasks, the files cannot be split.
        boolean splits = input < 2 * present * stage.partitions();
        long size = Math.max(MEBIBYTE, input / proposed);
        return splits && input >= 2 * MEBIBYTE && size < present
                ? Optional.of(ProposedSetting.conf(property, text, mebibytes(size) + "MB"))
                : Optional.empty();
    }

    /** Parses a size in Spark's notation; null if it is something else. */
    static @Nullable Long bytes(String size) {
        String text = size.trim().toLowerCase(Locale.ROOT);
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > 15) {
            return null;
        }
        long number = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "", "b" -> number;
            case "k", "kb" -> number << 10;
            case "m", "mb" -> number << 20;
            case "g", "gb" -> number << 30;
            default -> null;
        };
    }
}
