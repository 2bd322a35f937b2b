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
 * What findings derive from: what a step did, with which settings, and what it wrote.
 *
 * @param settings of the steps file
 * @param files of its output; 0 if there are none or that is not known
 * @param bytes of its output
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

    /** How many executors there were, the driver of a local application among them. */
    int executors() {
        return isLocal() ? 1 : Math.max(1, profile.executors().mostAtOnce());
    }

    /** How many tasks could run at the same time. */
    int slots() {
        return Math.max(1, executors() * requested().cores());
    }

    /** The time for which failed tasks and repeated stages prolonged the step. */
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

    /** What Spark logged about lost executors and failed tasks, and why. */
    String losses(String reason) {
        String first = reason.strip().lines().findFirst().orElse("");
        long failed = profile.totals().failed();
        return "Spark lost " + profile.executors().lostCount() + " of "
                + profile.executors().count() + " executors; " + failed
                + (failed == 1 ? " task" : " tasks") + " failed. The first reason: "
                + (first.length() > MAX_REASON ? first.substring(0, MAX_REASON) + "…" : first);
    }

    /** The value of a Spark property in the steps file, else Spark's default. */
    String conf(String property, String otherwise) {
        Argument value = settings.conf().get(property);
        return value == null || value.isSecret() ? otherwise : literal(value);
    }

    private static String literal(Argument value) {
        return value.parts().stream()
                .map(part -> part instanceof Argument.Literal literal ? literal.text() : "")
                .collect(Collectors.joining());
    }

    /** Doubles the heap of executors. Nothing if the machine has no more than the step got. */
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

    /** In Spark's notation. */
    static String memory(long mebibytes) {
        return mebibytes % 1024 == 0 ? mebibytes / 1024 + "G" : mebibytes + "M";
    }

    /**
     * The setting from which the number of a stage's tasks follows, changed so that there are about that many.
     *
     * <p>Nothing if no setting explains the present number: the program then chose it.
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

    /** Only Spark's default and values in the steps file are known. */
    private Optional<ProposedSetting> splitSize(StageProfile stage, long proposed, boolean more) {
        String property = "spark.sql.files.maxPartitionBytes";
        String text = conf(property, "128MB");
        Long present = bytes(text);
        long input = stage.totals().inputBytes();
        if (present == null) {
            return Optional.empty();
        }
        if (!more) {
            // Spark packs files into splits of this size: only a size below its default makes too many.
            return present < 128 * MEBIBYTE
                    ? Optional.of(ProposedSetting.conf(property, text, "128MB"))
                    : Optional.empty();
        }
        // Splits of the present size would be at least twice as many: the files cannot be split.
        boolean splits = input < 2 * present * stage.partitions();
        long size = Math.max(MEBIBYTE, input / proposed);
        return splits && input >= 2 * MEBIBYTE && size < present
                ? Optional.of(ProposedSetting.conf(property, text, mebibytes(size) + "MB"))
                : Optional.empty();
    }

    /** Null if it is not a size in Spark's notation. */
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
