package org.emrelay.runner.report.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.finding.FindingKind;
import org.emrelay.runner.finding.ProposedSetting;
import org.emrelay.runner.finding.StepFinding;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.report.page.RunPage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FindingOverviewTest {
    private static final Instant START = Instant.parse("2026-11-21T03:45:14Z");
    private static final StepFinding SLOW = finding(FindingKind.GC_PRESSURE, 30, true, "A <slow> step.");
    private static final StepFinding IDLE = finding(FindingKind.IDLE_CORES, 40, false, "Most cores were idle.");

    private static StepFinding finding(FindingKind kind, int seconds, boolean shortens, String headline) {
        return new StepFinding(
                kind,
                headline,
                "It took 30 % of the tasks' time.",
                Duration.ofSeconds(seconds),
                shortens,
                new ProposedSetting("executor_memory", "2G", "4G"));
    }

    private static RunOverview run(@Nullable Cost cost) {
        return new RunOverview(
                new RunId("run-1"),
                "orders",
                Map.of(),
                new ClusterId("j-1"),
                "done",
                START,
                START,
                START.plusSeconds(100),
                START.plusSeconds(100),
                Duration.ofSeconds(100),
                cost,
                null,
                null,
                List.of(step("words", SLOW), step("counts", IDLE)),
                null,
                null,
                List.of(),
                List.of(),
                List.of());
    }

    private static StepOverview step(String name, StepFinding finding) {
        return new StepOverview(
                new StepName(name),
                "",
                "done",
                List.of(),
                "",
                List.of(),
                Duration.ZERO,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(finding));
    }

    private static String text(RunOverview run) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new OverviewReport(run, null, true).writeText(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void textHasALinePerFindingSortedByStake() {
        assertThat(text(run(null))).contains("""

                        counts: Most cores were idle. It took 30 % of the tasks' time. At stake: up to 40 s of cluster time. Set executor_memory: 2G → 4G

                        words: A <slow> step. It took 30 % of the tasks' time. At stake: up to 30 s. Set executor_memory: 2G → 4G
                        """);
    }

    @Test
    void costIsTheSameShareAsTime() {
        Cost cost = new Cost(new BigDecimal("2"), new BigDecimal("2"), List.of(), true);

        assertThat(FindingOverview.of(run(cost)))
                .extracting(FindingOverview::stake)
                .containsExactly("up to 40 s of cluster time, about $0.80", "up to 30 s, about $0.60");
    }

    @Test
    void pageHasACardPerFinding() {
        assertThat(RunPage.of(run(null)).html()).contains("""
                        <section class="panel finding"><h2>words: A &lt;slow&gt; step.</h2>
                        <p>It took 30 % of the tasks' time.</p>
                        <p>At stake: <b>up to 30 s</b>. Set <code>executor_memory: 2G → 4G</code></p>
                        </section>
                        """);
    }

    @Test
    void documentHasTheFindingsOfEachStep() {
        Map<?, ?> words = (Map<?, ?>)
                ((List<?>) new OverviewReport(run(null), null, true).document().get("steps")).get(0);

        assertThat(words.get("findings"))
                .isEqualTo(List.of(Map.of(
                        "kind",
                        "gc_pressure",
                        "headline",
                        "A <slow> step.",
                        "evidence",
                        "It took 30 % of the tasks' time.",
                        "stake",
                        30.0,
                        "shortens",
                        true,
                        "setting",
                        Map.of("key", "executor_memory", "present", "2G", "proposed", "4G"))));
    }
}
