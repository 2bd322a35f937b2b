package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every execution leaves a report, events and a command at its end, and the report can be made again. */
final class ReportActionTest {
    private static final String PAGE = "results/clouds/report.html";

    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory)).withPlatform(new MemoryClusterPlatform());
    }

    private CommandResult run(String... options) {
        return cli.run(Stream.concat(Stream.of("-a", "run", "-t", "memory"), Stream.of(options))
                .toArray(String[]::new));
    }

    @Test
    void aRunWritesItsPageBesideItsResults() {
        CommandResult run = run();

        assertThat(run.out()).endsWith("\nReport: file://DIR/" + PAGE + "\n");
        assertThat(cli.text(PAGE))
                .startsWith("<!DOCTYPE html>")
                .contains("<title>clouds: done</title>", "words", "counts")
                .doesNotContain("http-equiv=\"refresh\"", "<script");
        assertThat(run("--output", "json").out()).contains("\"report\" : \"DIR/" + PAGE + "\"");
    }

    @Test
    void makesThePageAgainFromTheJournal() throws IOException {
        run();
        String page = cli.text(PAGE);
        Files.delete(cli.path(PAGE));

        CommandResult again = cli.run("-a", "report", "-idc", "memory-1");

        assertThat(again).isEqualTo(new CommandResult(0, "Report: DIR/" + PAGE + "\n", ""));
        assertThat(cli.text(PAGE)).isEqualTo(page);
    }

    @Test
    void comparesWithEarlierRunsOfThePipeline() {
        run();
        assertThat(cli.text(PAGE)).doesNotContain("Earlier runs");

        run();
        assertThat(cli.text(PAGE)).contains("Earlier runs", "The earlier successful run took 0.0 s.");
    }

    @Test
    void theThirdRunIsForecast() {
        // The platform's clock is ahead of the runner's: the steps start three seconds after the run.
        String forecast = "Forecast from the last 2 runs: 3.0 s\n";
        run();
        assertThat(run().err()).doesNotContain("Forecast");

        CommandResult plan = cli.run("-a", "plan", "-t", "memory");
        CommandResult checked = cli.run("-a", "plan", "-t", "memory", "--check");
        assertThat(plan.err()).isEqualTo(forecast);
        assertThat(checked).isEqualTo(new CommandResult(0, plan.out() + "\n" + forecast, ""));
        assertThat(cli.run("-a", "plan", "-t", "memory", "--check", "--output", "json")
                        .out())
                .contains(
                        "\"forecast\" : {\n    \"elapsed_seconds\" : 3.0,\n    \"cost\" : null,\n    \"runs\" : 2\n  }");

        assertThat(run().err()).contains(forecast);
        assertThat(cli.run("-a", "report", "-t", "memory", "-idc", "memory-3", "--text")
                        .out())
                .startsWith("clouds, run ")
                .contains(": done after 0.0 s (forecast: 3.0 s)\n");
        assertThat(cli.text(PAGE)).contains("Forecast from the last 2 runs: 3.0 s.");
    }

    @Test
    void printsTheReport() {
        run();

        assertThat(cli.run("-a", "report", "-idc", "memory-1", "--text").out())
                .startsWith("clouds, run ")
                .contains("STEP", "words", "done", "Report: DIR/" + PAGE);
        assertThat(cli.run("-a", "report", "-idc", "memory-1", "--output", "json")
                        .out())
                .contains("\"pipeline\" : \"clouds\"", "\"name\" : \"words\"", "\"problem\"".replace("problem", "gap"));
    }

    @Test
    void leavesAFileOfTheUserAlone() {
        cli.file(PAGE, "my own notes");

        CommandResult run = run();

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("The report could not be written. DIR/" + PAGE + " exists and is not a report.");
        assertThat(cli.text(PAGE)).isEqualTo("my own notes");
    }

    @Test
    void appendsTheEventsOfTheRunToAFile() throws IOException {
        cli.file("events.jsonl", "{}\n");

        run("--events", "events.jsonl");

        List<String> lines = Files.readAllLines(cli.path("events.jsonl"));
        assertThat(lines.get(0)).isEqualTo("{}");
        assertThat(lines.get(1)).contains("\"event\":\"run_began\"");
        assertThat(lines).anyMatch(line -> line.contains("\"event\":\"run_ended\""));
        assertThat(run("--events", "missing/events.jsonl"))
                .isEqualTo(new CommandResult(2, "", "--events: DIR/missing/events.jsonl does not exist.\n"));
    }

    @Test
    void startsACommandAtTheEnd() throws IOException {
        cli.file("tell.sh", "#!/bin/sh\necho \"$EMRELAY_STATUS $EMRELAY_REPORT $1\" > told\n");
        assertThat(cli.path("tell.sh").toFile().setExecutable(true)).isTrue();

        CommandResult run = run("--on-end", cli.path("tell.sh") + " 'two words'");

        assertThat(run.code()).isZero();
        assertThat(cli.text("told")).isEqualTo("done " + cli.path(PAGE) + " two words\n");
    }

    @Test
    void warnsOfACommandThatFails() {
        assertThat(run("--on-end", "false").err()).contains("warning: --on-end: false failed with exit code 1.");
        assertThat(run("--on-end", "no-such-program").err())
                .contains("warning: --on-end: cannot start no-such-program");
    }

    @Test
    void refusesALimitThatIsNotPositive() {
        assertThat(run("--max-cost", "0"))
                .isEqualTo(new CommandResult(2, "", "--max-cost: '0' is not a positive number of US dollars.\n"));
    }
}
