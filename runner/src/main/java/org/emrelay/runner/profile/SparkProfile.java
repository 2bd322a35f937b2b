package org.emrelay.runner.profile;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The activity of a Spark application according to its event log. Small enough for a journal, however large the log is.
 *
 * @param application its Spark application id
 * @param sparkVersion empty if unknown
 * @param started when its Spark context started
 * @param ended when its Spark context stopped, else the time of the log's last event
 * @param complete whether the log ends with the end of the application
 * @param stages the stages with the most task time, at most {@link #MAX_STAGES}, in the order of their submission
 * @param stageCount the number of stage attempts
 * @param totals the totals of all stages
 * @param filesRead null if no query read files or it is unknown
 * @param gaps sentences about what the log is missing
 */
public record SparkProfile(
        String application,
        String sparkVersion,
        Instant started,
        Instant ended,
        boolean complete,
        Requested requested,
        Executors executors,
        Phases phases,
        Activity activity,
        List<StageProfile> stages,
        int stageCount,
        TaskTotals totals,
        @Nullable FilesRead filesRead,
        List<String> gaps) {
    public static final int MAX_STAGES = 12;

    public SparkProfile {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(sparkVersion, "sparkVersion");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(requested, "requested");
        Objects.requireNonNull(executors, "executors");
        Objects.requireNonNull(phases, "phases");
        Objects.requireNonNull(activity, "activity");
        stages = List.copyOf(stages);
        Objects.requireNonNull(totals, "totals");
        gaps = List.copyOf(gaps);
    }

    /** Changes all texts that users wrote, for example to mask secrets. */
    public SparkProfile withText(UnaryOperator<String> change) {
        return new SparkProfile(
                application,
                sparkVersion,
                started,
                ended,
                complete,
                requested,
                executors.withText(change),
                phases,
                activity,
                stages.stream().map(stage -> stage.withText(change)).toList(),
                stageCount,
                totals,
                filesRead,
                gaps.stream().map(change).toList());
    }
}
