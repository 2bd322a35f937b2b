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
 * A run, as shown in its report.
 *
 * @param parameters the parameters whose values differ from the steps file, without secrets
 * @param status such as {@code done} or {@code running}
 * @param started when its first execution began; null if none has
 * @param ended null while it runs
 * @param asOf the time of the figures
 * @param elapsed the time from the start to the end, or to {@code asOf}
 * @param cost the last recorded cost of the cluster; null if it costs nothing or the cost is unknown
 * @param charges the breakdown of the cost; null if a price is unknown
 * @param origin null if unknown
 * @param steps in the order of the steps file
 * @param forecast the forecast from earlier runs; null if there are too few
 * @param remaining the remaining time according to the forecast; null if the run is not running or there is no forecast
 * @param earlierRuns the earlier runs of the pipeline, newest first
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
    /** An event, described for people. */
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
