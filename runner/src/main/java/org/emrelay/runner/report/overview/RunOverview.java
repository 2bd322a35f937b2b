package org.emrelay.runner.report.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.forecast.Forecast;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.report.Charges;
import org.emrelay.runner.run.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A run as its report shows it.
 *
 * @param parameters the values that differ from the file's, without secrets
 * @param status such as {@code done} or {@code running}
 * @param started when its first execution began; null if none has
 * @param ended null while it runs
 * @param asOf the time for which the figures hold
 * @param elapsed from the start to the end, or to {@code asOf}
 * @param cost of the cluster, when it was last recorded; null if it costs nothing or that is not known
 * @param charges what of that was for what; null if a price is not known
 * @param origin null if unknown
 * @param steps in the order of the file
 * @param forecast from the earlier runs; null if there are too few
 * @param remaining the time that it will still take by the forecast; null if it does not run, or there is no forecast
 * @param earlierRuns of the pipeline, newest first
 */
public record RunOverview(
        RunId run,
        String pipeline,
        Map<String, String> parameters,
        ClusterId cluster,
        String status,
        Instant added,
        @Nullable Instant started,
        @Nullable Instant ended,
        Instant asOf,
        Duration elapsed,
        @Nullable Cost cost,
        @Nullable Charges charges,
        @Nullable Origin origin,
        List<StepOverview> steps,
        @Nullable Forecast forecast,
        @Nullable Duration remaining,
        List<EarlierRun> earlierRuns,
        List<TimedText> notices,
        List<TimedText> instances) {
    /** Something that happened, for people. */
    public record TimedText(Instant time, String text) {
        public TimedText {
            Objects.requireNonNull(time, "time");
            Objects.requireNonNull(text, "text");
        }
    }

    public RunOverview {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(added, "added");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(elapsed, "elapsed");
        steps = List.copyOf(steps);
        earlierRuns = List.copyOf(earlierRuns);
        notices = List.copyOf(notices);
        instances = List.copyOf(instances);
    }

    /** Whether the run, or its cluster, may still change. */
    public boolean isRunning() {
        return ended == null && status.equals(Overviews.RUNNING);
    }
}
