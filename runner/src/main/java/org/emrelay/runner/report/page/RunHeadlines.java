package org.emrelay.runner.report.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emrelay.pages.ReportPage.Tile;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.report.CostReport;
import org.emrelay.runner.report.ForecastReport;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.report.overview.AttemptOverview;
import org.emrelay.runner.report.overview.RunOverview;
import org.emrelay.runner.report.overview.StepOverview;
import org.emrelay.runner.report.page.RunPage.Fact;
import org.emrelay.runner.run.Origin;

/** The first and last parts of a run's page: sentence, tiles, and what ran. */
final class RunHeadlines {
    private RunHeadlines() {}

    static String lead(RunOverview run) {
        String when = run.started() == null
                ? "not started"
                : (run.isRunning() ? "running since " : "started ") + Quantities.time(run.started());
        return "Run " + run.run() + " on " + run.cluster() + ": " + run.status().replace('_', ' ') + ", " + when + ".";
    }

    static List<Tile> tiles(RunOverview run) {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(Quantities.duration(run.elapsed()), run.isRunning() ? "Time so far" : "Time", time(run)));
        Map<String, Long> states = run.steps().stream()
                .collect(Collectors.groupingBy(StepOverview::state, TreeMap::new, Collectors.counting()));
        tiles.add(new Tile(
                Integer.toString(run.steps().size()),
                run.steps().size() == 1 ? "Step" : "Steps",
                states.entrySet().stream()
                        .map(state -> state.getValue() + " " + state.getKey())
                        .collect(Collectors.joining(", "))));
        if (run.charges() != null) {
            tiles.add(new Tile(
                    run.charges().totalText(), costLabel(run), run.charges().partsText()));
        } else if (run.cost() != null) {
            tiles.add(new Tile(CostReport.text(run.cost()), costLabel(run), "of the cluster"));
        }
        addUse(run, tiles);
        return tiles;
    }

    private static String time(RunOverview run) {
        if (run.remaining() != null) {
            return ForecastReport.remaining(run.remaining());
        }
        return run.ended() == null ? "" : "until " + Quantities.time(run.ended());
    }

    private static String costLabel(RunOverview run) {
        return run.isRunning() ? "Cost so far" : "Cost";
    }

    /** Adds the share of core time that was spent on tasks, over all attempts. */
    private static void addUse(RunOverview run, List<Tile> tiles) {
        Duration busy = Duration.ZERO;
        Duration paid = Duration.ZERO;
        for (StepOverview step : run.steps()) {
            for (AttemptOverview attempt : step.attempts()) {
                SparkProfile profile = attempt.profile();
                if (profile != null) {
                    busy = busy.plus(profile.totals().duration());
                    paid = paid.plus(profile.executors().coreTime());
                }
            }
        }
        if (!paid.isZero()) {
            tiles.add(new Tile(
                    StepView.share(busy, paid),
                    "Cores used",
                    Quantities.duration(busy) + " of " + Quantities.duration(paid) + " of core time"));
        }
    }

    static List<Fact> facts(RunOverview run) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Pipeline", run.pipeline()));
        facts.add(new Fact("Run", run.run().value()));
        facts.add(new Fact("Cluster", run.cluster().value()));
        facts.add(new Fact(
                "Parameters",
                run.parameters().isEmpty()
                        ? "as in the steps file"
                        : run.parameters().entrySet().stream()
                                .map(parameter -> parameter.getKey() + " = " + parameter.getValue())
                                .collect(Collectors.joining(", "))));
        facts.add(new Fact("Added", Quantities.time(run.added())));
        Origin origin = run.origin();
        if (origin != null) {
            facts.add(new Fact("By", origin.user() + " on " + origin.host() + ", in " + origin.directory()));
            if (!origin.commit().isEmpty()) {
                facts.add(new Fact("Git commit", origin.commit()));
            }
            if (!origin.runner().isEmpty()) {
                facts.add(new Fact("Emrelay", origin.runner()));
            }
        }
        return facts;
    }
}
