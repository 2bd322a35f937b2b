package org.emrelay.runner.report.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.report.overview.AttemptOverview;
import org.emrelay.runner.report.overview.RunOverview;
import org.emrelay.runner.report.overview.StepOverview;

/**
 * The steps and attempts of a run over time.
 *
 * @param rows one for each attempt, in the order of the steps
 */
public record Timeline(List<Tick> ticks, List<Row> rows) {
    private static final int MAX_TICKS = 6;
    private static final long[] TICK_SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400
    };

    /** A vertical line across all rows. */
    public record Tick(String left, String label) {}

    /**
     * An attempt.
     *
     * @param state of the attempt, as a CSS class
     */
    public record Row(String label, String detail, String state, List<Bar> bars) {
        public Row {
            bars = List.copyOf(bars);
        }
    }

    /**
     * A phase of an attempt.
     *
     * @param kind its CSS class
     * @param left its CSS position, as a share of the row
     * @param width its CSS width, as a share of the row
     */
    public record Bar(String kind, String left, String width, String tooltip) {
        public Bar {
            Objects.requireNonNull(kind, "kind");
        }
    }

    public Timeline {
        ticks = List.copyOf(ticks);
        rows = List.copyOf(rows);
    }

    static Timeline of(RunOverview run) {
        Instant start = run.steps().stream()
                .flatMap(step -> step.attempts().stream())
                .map(AttemptOverview::submitted)
                .min(Instant::compareTo)
                .orElse(run.asOf());
        Instant end = run.steps().stream()
                .flatMap(step -> step.attempts().stream())
                .map(attempt -> attempt.ended() == null ? run.asOf() : attempt.ended())
                .max(Instant::compareTo)
                .orElse(run.asOf());
        return new Builder(start, end.isAfter(start) ? end : start.plusSeconds(1), run.asOf()).timeline(run);
    }

    private record Builder(Instant start, Instant end, Instant asOf) {
        Timeline timeline(RunOverview run) {
            List<Row> rows = new ArrayList<>();
            for (StepOverview step : run.steps()) {
                for (AttemptOverview attempt : step.attempts()) {
                    rows.add(row(step, attempt));
                }
            }
            return new Timeline(ticks(), rows);
        }

        private Row row(StepOverview step, AttemptOverview attempt) {
            String number = step.attempts().size() > 1 ? ", attempt " + attempt.number() : "";
            Instant started = attempt.started();
            Instant until = attempt.ended() == null ? asOf : attempt.ended();
            List<Bar> bars = new ArrayList<>();
            bars.add(bar("queued", "waiting", attempt.submitted(), started == null ? until : started));
            if (started != null) {
                addRunning(attempt, started, until, bars);
            }
            bars.removeIf(bar -> bar.width().equals(share(0)));
            Duration elapsed = Duration.between(started == null ? attempt.submitted() : started, until);
            return new Row(step.name() + number, Quantities.duration(elapsed), attempt.state(), bars);
        }

        /** Splits the run time of an attempt into Spark's phases. */
        private void addRunning(AttemptOverview attempt, Instant started, Instant until, List<Bar> bars) {
            SparkProfile profile = attempt.profile();
            if (profile == null) {
                bars.add(bar("running", attempt.state(), started, until));
                return;
            }
            Instant firstTask = profile.started().plus(profile.phases().startUp());
            Instant lastTask = profile.ended().minus(profile.phases().end());
            bars.add(bar("starting", "starting: no tasks yet", started, firstTask));
            bars.add(bar(
                    "running",
                    "tasks: " + Quantities.duration(profile.phases().busy()) + " busy",
                    firstTask,
                    lastTask));
            bars.add(bar("ending", "ending: no more tasks", lastTask, until));
        }

        private Bar bar(String kind, String what, Instant from, Instant to) {
            Instant first = from.isBefore(start) ? start : from;
            Instant last = to.isAfter(end) ? end : to;
            long length = Math.max(0, Duration.between(first, last).toMillis());
            return new Bar(
                    kind,
                    share(Duration.between(start, first).toMillis()),
                    share(length),
                    what + " (" + Quantities.duration(Duration.ofMillis(length)) + ")");
        }

        private String share(long millis) {
            return String.format(
                    Locale.ROOT,
                    "%.3f%%",
                    100.0 * millis / Duration.between(start, end).toMillis());
        }

        private List<Tick> ticks() {
            long seconds = Duration.between(start, end).toSeconds();
            long step = TICK_SECONDS[TICK_SECONDS.length - 1];
            for (long candidate : TICK_SECONDS) {
                if (seconds / candidate < MAX_TICKS) {
                    step = candidate;
                    break;
                }
            }
            List<Tick> ticks = new ArrayList<>();
            for (long at = 0; at <= seconds && ticks.size() <= MAX_TICKS; at += step) {
                ticks.add(new Tick(share(at * 1000), label(at)));
            }
            return ticks;
        }

        private static String label(long seconds) {
            if (seconds < 60) {
                return seconds + " s";
            }
            return seconds < 3_600
                    ? seconds / 60 + (seconds % 60 == 0 ? "" : String.format(Locale.ROOT, ":%02d", seconds % 60))
                            + " min"
                    : String.format(Locale.ROOT, "%d:%02d h", seconds / 3_600, seconds / 60 % 60);
        }
    }
}
