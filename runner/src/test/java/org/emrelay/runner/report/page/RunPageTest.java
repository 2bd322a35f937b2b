package org.emrelay.runner.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.report.overview.OverviewSamples.run;
import static org.emrelay.runner.report.overview.OverviewSamples.step;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.runner.report.overview.FailureOverview;
import org.emrelay.runner.report.overview.OverviewSamples;
import org.emrelay.runner.report.overview.StepOverview;
import org.junit.jupiter.api.Test;

final class RunPageTest {
    private static final Instant START = OverviewSamples.START;
    private static final String HOSTILE = "</style></script><script>alert(1)</script>\"'&";

    @Test
    void usersTextIsNeverMarkup() {
        FailureOverview failure =
                new FailureOverview(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, List.of(HOSTILE, HOSTILE));
        String html = RunPage.of(
                        run("failed", START.plusSeconds(30), List.of(step("words", HOSTILE, failure)), HOSTILE))
                .html();

        assertThat(html).contains("alert(1)").doesNotContain("<script").doesNotContain("</script>");
        assertThat(html.split("</style>", -1)).hasSize(2);
    }

    @Test
    void fiftyStepsFitIntoAMegabyte() {
        List<StepOverview> steps = IntStream.range(0, 50)
                .mapToObj(number -> step("step-" + number, "x".repeat(120), null))
                .toList();

        String html = RunPage.of(run("done", START.plusSeconds(30), steps, "")).html();

        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(1_000_000);
    }

    @Test
    void refreshesItselfOnlyWhileTheRunLasts() {
        assertThat(RunPage.of(run("running", null, List.of(), "")).html())
                .contains("<meta http-equiv=\"refresh\" content=\"5\">");
        assertThat(RunPage.of(run("done", START.plusSeconds(30), List.of(), "")).html())
                .doesNotContain("http-equiv=\"refresh\"");
    }

    @Test
    void loadsNothingFromTheNetwork() {
        String html = RunPage.of(run("done", START.plusSeconds(30), List.of(step("words", "", null)), ""))
                .html();

        assertThat(html)
                .contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"")
                .doesNotContain("http://", "https://", "@import", "url(");
    }

    @Test
    void theInstancesOfALoopAreOneBoxOfTheGraph() {
        List<StepOverview> steps = List.of(
                step("words[region=at]", "", null),
                step("words[region=de]", "", null),
                step("all", "", null, "words[region=at]", "words[region=de]"));

        String graph = RunPage.of(run("done", START.plusSeconds(30), steps, "")).graph();

        assertThat(graph).contains(">words × 2</text>", ">all</text>");
        assertThat(graph.split("class=\"link\"", -1)).hasSize(2);
    }

    @Test
    void comparesWithEarlierRuns() {
        assertThat(RunPage.of(run("done", START.plusSeconds(30), List.of(), ""))
                        .history()
                        .sentence())
                .isEqualTo("The earlier successful run took 1 min 00 s.");
    }
}
