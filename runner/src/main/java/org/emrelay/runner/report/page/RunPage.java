package org.emrelay.runner.report.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Objects;
import org.emrelay.pages.PageStyle;
import org.emrelay.pages.ReportPage.Tile;
import org.emrelay.runner.report.overview.FindingOverview;
import org.emrelay.runner.report.overview.RunOverview;
import org.emrelay.runner.report.overview.StepOverview;

/**
 * The page of a run: one HTML file without scripts and without anything from the network, which renders the same in ten years.
 *
 * @param refreshes whether the browser loads it again and again, because the run has not ended
 * @param graph SVG
 */
public record RunPage(
        RunOverview run,
        String lead,
        boolean refreshes,
        List<Tile> tiles,
        List<StepOverview> failed,
        List<FindingOverview> findings,
        String graph,
        Timeline timeline,
        List<StepView> steps,
        HistoryView history,
        List<Fact> facts) {
    private static final String PACKAGE = "org.emrelay.runner.report.page.template";

    /** A line of what ran. */
    public record Fact(String label, String text) {
        public Fact {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(text, "text");
        }
    }

    public RunPage {
        tiles = List.copyOf(tiles);
        failed = List.copyOf(failed);
        findings = List.copyOf(findings);
        steps = List.copyOf(steps);
        facts = List.copyOf(facts);
    }

    public static RunPage of(RunOverview run) {
        return new RunPage(
                run,
                RunHeadlines.lead(run),
                run.isRunning(),
                RunHeadlines.tiles(run),
                run.steps().stream().filter(step -> step.failure() != null).toList(),
                FindingOverview.of(run),
                new StepGraphDrawing(run.steps()).svg(),
                Timeline.of(run),
                run.steps().stream().map(StepView::of).toList(),
                HistoryView.of(run),
                RunHeadlines.facts(run));
    }

    /** The style sheet. */
    public String style() {
        return PageStyle.css() + PageStyle.read(RunPage.class, "run.css");
    }

    public String html() {
        StringOutput html = new StringOutput();
        TemplateEngine engine =
                TemplateEngine.createPrecompiled(null, ContentType.Html, RunPage.class.getClassLoader(), PACKAGE);
        engine.render("run.jte", this, html);
        return html.toString();
    }
}
