package org.emrelay.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.LastOutput;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.PlatformStep;
import org.emrelay.runner.run.Attempt;
import org.emrelay.runner.run.DetachedRisks;
import org.emrelay.runner.run.Failure;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.Status;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.StepPhase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RunReportTest {
    private static final RunId RUN = new RunId("20261121-034512-ab3f");
    private static final Failure FAILURE = new Failure(
            "spark-submit ended with 1",
            "AnalysisException: no such column: tilte\nDid you mean: title",
            "lines 37–50 of /w/logs/failed-2/stderr",
            "Check the column name.",
            "/w/logs/failed-2/stderr");

    @Test
    void printsOneLinePerState() throws IOException {
        assertThat(RenderedReport.text(new RunReport(everyState()))).isEqualTo("""
                STEP       STATE      ELAPSED     OUTPUT              WHERE
                counted    done       3 min 07 s  1,200 rows, 1.4 MB  /w/output/counted
                files      done       0.8 s       1 file, 17 B        /w/output/files
                silent     done       1.0 s       –                   –
                reused     reused     –           2 rows, 34 B        /w/output/reused
                failed     failed     2 h 05 min  –                   spark-submit ended with 1
                never      failed     –           –                   its output URI already contains data
                skipped    skipped    –           –                   needs failed, which failed
                cancelled  cancelled  5.0 s       –                   interrupted
                waiting    waiting    –           –                   –
                running    running    0.0 s       –                   –
                submitted  submitted  0.0 s       –                   –

                failed failed 2 times: spark-submit ended with 1
                  Probable cause: AnalysisException: no such column: tilte
                    Did you mean: title (lines 37–50 of /w/logs/failed-2/stderr)
                  Check the column name.
                  Log: /w/logs/failed-2/stderr

                never failed: its output URI already contains data
                """);
    }

    @Test
    void writesEveryFieldOfEachStateAsJson() throws IOException {
        RunReport report = new RunReport(everyState())
                .with("cluster_id", "local-1a2b3c4d")
                .with("results", List.of("/results/counted"));

        assertThat(RenderedReport.json(report)).isEqualTo(golden("reports/every-state.json"));
    }

    @Test
    void usesTheReasonAsTheCauseWhenNoneWasFound() throws IOException {
        Failure plain = new Failure("spark-submit ended with 1", "", "", "", "");
        StepResult step = step("a", StepPhase.FAILED, 1, 0, null, null, null, "", plain, null);

        assertThat(RunReport.failure(step)).isEqualTo("a failed: spark-submit ended with 1\n");
        assertThat(RenderedReport.json(new RunReport(run(step))))
                .contains("\"cause\" : \"spark-submit ended with 1\"", "\"cause_where\" : null", "\"hint\" : null");
    }

    @Test
    void printsWhatTheProgramPrintedLastWhereNoCauseWasFound() throws IOException {
        Failure plain = new Failure(
                "exit code 1",
                "",
                "",
                "",
                "/w/logs/a-1/stderr",
                new LastOutput("/w/logs/a-1/stdout", List.of("checking the input", "  it has no column 'price'")));
        StepResult step = step("a", StepPhase.FAILED, 1, 0, null, null, null, "", plain, null);

        assertThat(RunReport.failure(step)).isEqualTo("""
                a failed: exit code 1
                  Last lines of /w/logs/a-1/stdout:
                    checking the input
                      it has no column 'price'
                """);
        assertThat(RenderedReport.json(new RunReport(run(step))))
                .containsIgnoringWhitespaces(
                        "\"last_lines\": [\"checking the input\", \"  it has no column 'price'\"]");
    }

    @Test
    void countsTheTimeOfARunningStepUntilNow() throws IOException {
        StepResult step = step("a", StepPhase.RUNNING, 1, 0, null, null, null, "", null, null);
        Instant started = step.lastAttempt().orElseThrow().started();

        RunReport report = new RunReport(run(step)).asOf(started.plusSeconds(65));

        assertThat(RenderedReport.text(report)).isEqualTo("""
                STEP  STATE    ELAPSED     OUTPUT  WHERE
                a     running  1 min 05 s  –       –
                """);
        assertThat(RenderedReport.json(report)).contains("\"elapsed_seconds\" : 65.0");
    }

    @Test
    void omitsTheCauseOfAStepThatSucceededOnRetry() throws IOException {
        StepResult step =
                step("a", StepPhase.DONE, 2, 1000, 3L, new OutputSummary(1, 17, "d"), "/w/output/a", "", FAILURE, null);

        assertThat(RenderedReport.text(new RunReport(run(step)))).isEqualTo("""
                STEP  STATE  ELAPSED  OUTPUT        WHERE
                a     done   1.0 s    3 rows, 17 B  /w/output/a
                """);
        assertThat(RenderedReport.json(new RunReport(run(step))))
                .contains("\"cause\" : null")
                .doesNotContain("tilte");
    }

    @Test
    void printsOnlyTheFirstLineOfAReasonInTheTable() throws IOException {
        StepResult step = step("a", StepPhase.CANCELLED, 0, 0, null, null, null, "one\ntwo", null, null);

        assertThat(RenderedReport.text(new RunReport(run(step)))).isEqualTo("""
                STEP  STATE      ELAPSED  OUTPUT  WHERE
                a     cancelled  –        –       one
                """);
    }

    private static RunResult everyState() {
        StepPhase done = StepPhase.DONE;
        return run(
                step(
                        "counted",
                        done,
                        1,
                        187_000,
                        1200L,
                        new OutputSummary(4, 1_400_000, "d"),
                        "/w/output/counted",
                        "",
                        null,
                        null),
                step("files", done, 1, 840, null, new OutputSummary(1, 17, "d"), "/w/output/files", "", null, null),
                step("silent", done, 1, 1000, null, null, null, "", null, null),
                step(
                        "reused",
                        StepPhase.REUSED,
                        0,
                        0,
                        2L,
                        new OutputSummary(1, 34, "d"),
                        "/w/output/reused",
                        "args.a changed: 1 → 2",
                        null,
                        new RunId("20261120-000000-0001")),
                step(
                        "failed",
                        StepPhase.FAILED,
                        2,
                        7_500_000,
                        null,
                        null,
                        "/w/output/failed",
                        "spark-submit ended with 1",
                        FAILURE,
                        null),
                step(
                        "never",
                        StepPhase.FAILED,
                        0,
                        0,
                        null,
                        null,
                        null,
                        "its output URI already contains data",
                        null,
                        null),
                step("skipped", StepPhase.SKIPPED, 0, 0, null, null, null, "needs failed, which failed", null, null),
                step("cancelled", StepPhase.CANCELLED, 1, 5000, null, null, "/w/output/c", "interrupted", null, null),
                step("waiting", StepPhase.WAITING, 0, 0, null, null, "/w/output/waiting", "", null, null),
                step("running", StepPhase.RUNNING, 1, 0, null, null, "/w/output/running", "", null, null),
                step("submitted", StepPhase.SUBMITTED, 1, 0, null, null, "/w/output/submitted", "", null, null));
    }

    private static RunResult run(StepResult... steps) {
        return new RunResult(
                RUN,
                "clouds",
                Status.FAILED,
                false,
                List.of(steps),
                null,
                null,
                List.of(),
                List.of(),
                DetachedRisks.NONE);
    }

    private static StepResult step(
            String name,
            StepPhase phase,
            int attempts,
            long milliseconds,
            @Nullable Long rows,
            @Nullable OutputSummary summary,
            @Nullable String output,
            String reason,
            @Nullable Failure failure,
            @Nullable RunId reusedFrom) {
        return new StepResult(
                new StepName(name),
                phase,
                history(new StepName(name), attempts, phase == StepPhase.FAILED ? failure : null),
                Duration.ofMillis(milliseconds),
                rows,
                summary,
                output,
                reason,
                "",
                failure,
                reusedFrom);
    }

    private static List<Attempt> history(StepName name, int attempts, @Nullable Failure failure) {
        Instant time = Instant.parse("2026-11-21T03:45:12Z");
        return IntStream.rangeClosed(1, attempts)
                .mapToObj(number -> new Attempt(
                        new AttemptId(name, number),
                        time,
                        time.plusSeconds(number),
                        null,
                        failure == null ? Attempt.State.RUNNING : Attempt.State.FAILED,
                        new PlatformStep(null, "/w/logs/" + name + "-" + number + "/stderr"),
                        "",
                        failure,
                        null,
                        null))
                .toList();
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = RunReportTest.class.getResourceAsStream("/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
