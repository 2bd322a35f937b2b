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
 * The page of a run. It is one HTML file without scripts or network requests, which will render the same in ten years.
 *
 * @param refreshes whether the browser reloads it regularly, because the run has not ended
 * @param graph the graph of the steps as SVG
 * @param stepHead the column headings of the table of steps, after the name and the state
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
        List<String> stepHead,
        List<StepView> steps,
        HistoryView history,
        List<Fact> facts) {
    private static final String PACKAGE = "org.emrelay.runner.report.page.template";

    private static final int MOST_OPEN = 8;

    /** A line in the section about what ran. */
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
        stepHead = List.copyOf(stepHead);
        steps = List.copyOf(steps);
        facts = List.copyOf(facts);
    }

    public static RunPage of(RunOverview run) {
        boolean costs = run.charges() != null;
        return new RunPage(
                run,
                RunHeadlines.lead(run),
                run.isRunning(),
                RunHeadlines.tiles(run),
                run.steps().stream().filter(step -> step.failure() != null).toList(),
                FindingOverview.of(run),
                new StepGraphDrawing(run.steps()).svg(),
                Timeline.of(run),
                StepView.head(costs),
                run.steps().stream().map(step -> StepView.of(step, costs)).toList(),
                HistoryView.of(run),
                RunHeadlines.facts(run));
    }

    /** Whether the details of a step are initially open. With many steps, only those that need attention. */
    public boolean isOpen(StepView step) {
        return steps.size() <= MOST_OPEN
                || step.step().failure() != null
                || !step.step().findings().isEmpty();
    }

    /** Returns the style sheet. */
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
