package org.emrelay.runner.report.overview;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.finding.FindingKind;
import org.emrelay.runner.finding.ProposedSetting;
import org.emrelay.runner.finding.StepFinding;
import org.emrelay.runner.forecast.Forecast;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.profile.Activity;
import org.emrelay.runner.profile.Profiles;
import org.emrelay.runner.profile.SparkProfile;
import org.emrelay.runner.report.Charges;
import org.emrelay.runner.report.overview.RunOverview.TimedText;
import org.emrelay.runner.run.Origin;
import org.jspecify.annotations.Nullable;

/** Overviews for tests. */
public final class OverviewSamples {
    public static final Instant START = Instant.parse("2026-11-21T03:45:12Z");

    private OverviewSamples() {}

    /** A failed run on a cluster, in which everything is present. */
    static RunOverview run() {
        RunOverview run = run(
                "failed",
                START.plusSeconds(30),
                List.of(step(
                        "words",
                        "text",
                        new FailureOverview("exit code 1", "Boom", "line 1", "Fix it.", "/log", List.of("last")))),
                "text");
        StepOverview failed = run.steps().get(0);
        StepFinding finding = new StepFinding(
                FindingKind.SPILL,
                "It spilled.",
                "8 MB.",
                Duration.ofSeconds(9),
                true,
                new ProposedSetting("executor_memory", "2G", "4G"));
        StepOverview step = new StepOverview(
                failed.name(),
                failed.description(),
                failed.state(),
                failed.dependsOn(),
                failed.reason(),
                failed.attempts(),
                failed.elapsed(),
                failed.rows(),
                failed.files(),
                failed.bytes(),
                new BigDecimal("0.05"),
                failed.output(),
                failed.failure(),
                List.of(finding));
        BigDecimal cents = new BigDecimal("0.01");
        return new RunOverview(
                run.run(),
                run.pipeline(),
                run.parameters(),
                run.cluster(),
                run.status(),
                run.added(),
                run.started(),
                run.ended(),
                run.asOf(),
                run.elapsed(),
                new Cost(cents, cents, List.of("z9.large"), true),
                new Charges(cents, cents, cents, cents, cents, cents),
                new Origin("ann", "laptop", "/home/ann", "", "0.1"),
                List.of(step),
                new Forecast(Duration.ofSeconds(80), cents, 5),
                Duration.ofSeconds(50),
                run.earlierRuns(),
                run.notices(),
                run.instances());
    }

    public static RunOverview run(String status, @Nullable Instant ended, List<StepOverview> steps, String text) {
        return new RunOverview(
                new RunId("20261121-034512-ab3f"),
                "clouds",
                Map.of("titles", text),
                new ClusterId("local-1"),
                status,
                START,
                START,
                ended,
                START.plusSeconds(30),
                Duration.ofSeconds(30),
                null,
                null,
                null,
                steps,
                null,
                null,
                List.of(new EarlierRun(
                        new RunId("20261120-034512-ab3f"), "done", START, Duration.ofSeconds(60), 2, null)),
                List.of(new TimedText(START, text)),
                List.of());
    }

    public static StepOverview step(String name, String text, @Nullable FailureOverview failure, String... needs) {
        AttemptOverview attempt = new AttemptOverview(
                1,
                failure == null ? "succeeded" : "failed",
                START,
                START.plusSeconds(1),
                START.plusSeconds(25),
                "/logs/" + text,
                full(Profiles.small(text)),
                "");
        return new StepOverview(
                new StepName(name),
                text,
                failure == null ? "done" : "failed",
                List.of(needs).stream().map(StepName::new).toList(),
                text,
                List.of(attempt),
                Duration.ofSeconds(24),
                7L,
                1L,
                2_000_000L,
                null,
                "/output/" + text,
                failure,
                List.of());
    }

    /** With as many stages and intervals as a profile can have. */
    private static SparkProfile full(SparkProfile small) {
        return new SparkProfile(
                small.application(),
                small.sparkVersion(),
                small.started(),
                small.ended(),
                small.complete(),
                small.requested(),
                small.executors(),
                small.phases(),
                new Activity(
                        Duration.ofSeconds(1),
                        Collections.nCopies(Activity.MAX_INTERVALS, 123),
                        Collections.nCopies(Activity.MAX_INTERVALS, 200)),
                Collections.nCopies(SparkProfile.MAX_STAGES, small.stages().get(0)),
                SparkProfile.MAX_STAGES,
                small.totals(),
                small.filesRead(),
                small.gaps());
    }
}
