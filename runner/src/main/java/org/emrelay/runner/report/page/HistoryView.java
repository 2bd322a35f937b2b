package org.emrelay.runner.report.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emrelay.runner.report.CostReport;
import org.emrelay.runner.report.ForecastReport;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.report.overview.EarlierRun;
import org.emrelay.runner.report.overview.RunOverview;

/**
 * The comparison of a run with earlier runs of its pipeline.
 *
 * @param sentence empty if there is no earlier run
 * @param rows this run first, then the earlier ones, newest first
 */
public record HistoryView(String sentence, List<Row> rows) {

    /**
     * A run.
     *
     * @param width the CSS width of its bar: its time as a share of the longest time
     */
    public record Row(String run, String state, String time, String width, String steps, String cost, boolean isThis) {}

    public HistoryView {
        rows = List.copyOf(rows);
    }

    static HistoryView of(RunOverview run) {
        if (run.earlierRuns().isEmpty()) {
            return new HistoryView("", List.of());
        }
        long newSteps =
                run.steps().stream().filter(step -> !step.attempts().isEmpty()).count();
        List<EarlierRun> all = new ArrayList<>();
        all.add(new EarlierRun(
                run.run(), run.status(), run.started(), run.elapsed(), Math.toIntExact(newSteps), run.cost()));
        all.addAll(run.earlierRuns());
        Duration longest =
                all.stream().map(EarlierRun::elapsed).max(Duration::compareTo).orElseThrow();
        List<Row> rows = all.stream()
                .map(each -> row(each, longest, each.run().equals(run.run())))
                .toList();
        return new HistoryView(sentence(run), rows);
    }

    private static Row row(EarlierRun run, Duration longest, boolean isThis) {
        double share = longest.isZero() ? 0 : 100.0 * run.elapsed().toMillis() / longest.toMillis();
        return new Row(
                run.run().value(),
                run.status(),
                Quantities.duration(run.elapsed()),
                String.format(Locale.ROOT, "%.1f%%", share),
                Integer.toString(run.newSteps()),
                run.cost() == null ? "–" : CostReport.text(run.cost()),
                isThis);
    }

    /** Compares with the median of successful runs, because failed runs are shorter. */
    private static String sentence(RunOverview run) {
        List<Duration> done = run.earlierRuns().stream()
                .filter(earlier -> earlier.status().equals("done"))
                .map(EarlierRun::elapsed)
                .sorted()
                .toList();
        if (done.isEmpty()) {
            return "No earlier run of this pipeline succeeded.";
        }
        if (run.forecast() != null) {
            return new ForecastReport(run.forecast()).sentence() + ".";
        }
        Duration median = done.get(done.size() / 2);
        return done.size() == 1
                ? "The earlier successful run took " + Quantities.duration(median) + "."
                : "The median of the " + done.size() + " earlier successful runs is " + Quantities.duration(median)
                        + ".";
    }
}
