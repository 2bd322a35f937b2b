package org.emrelay.runner.profile;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a Spark application did, according to its event log. Small enough for a journal, however large the log is.
 *
 * @param application its id in Spark
 * @param sparkVersion empty if unknown
 * @param started when its Spark context started
 * @param ended when its Spark context stopped, else the time of the log's last event
 * @param complete whether the log ends with the end of the application
 * @param stages the stages with the most task time, at most {@link #MAX_STAGES}, in the order of their submission
 * @param stageCount how many stages ran, each attempt counted
 * @param totals of all stages
 * @param filesRead null if no query read files or that is not known
 * @param gaps what the log does not tell, as sentences for people
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

    /** Changes what users wrote, such as to mask secrets in it. */
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
