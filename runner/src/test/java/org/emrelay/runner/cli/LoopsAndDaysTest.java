package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loops and backfills on the command line, on a platform in memory. */
final class LoopsAndDaysTest {
    private static final String PIPELINE = """
            {
              "name": "sales",
              "parameters": { "date": null, "regions": ["at", "de"] },
              "defaults": { "script_uri": "job.py" },
              "steps": [
                { "name": "sums", "for_each": { "region": "${regions}" }, "args": { "date": "${date}", "region": "${each.region}" } },
                { "name": "report", "inputs": { "sums": { "from_step": "sums" } } }
              ]
            }
            """;

    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = new CliFixture(directory)
                .withPlatform(new MemoryClusterPlatform())
                .file("steps.json", PIPELINE)
                .file("job.py", "print('job')\n");
    }

    private String out(String... arguments) {
        CommandResult result = cli.run(arguments);
        assertThat(result.code()).as(result.err()).isZero();
        return result.out();
    }

    @Test
    void runsAStepOnceForEachValue() {
        assertThat(out("-a", "run", "-t", "memory", "-p", "date=2026-11-01"))
                .containsSubsequence("sums[region=at]  done", "sums[region=de]  done", "report           done");

        assertThat(out(
                        "-a",
                        "run",
                        "-t",
                        "memory",
                        "-p",
                        "date=2026-11-01",
                        "-p",
                        "regions=[\"at\", \"ch\"]",
                        "--resume"))
                .containsSubsequence("sums[region=at]  reused", "sums[region=ch]  done", "report           done");
    }

    @Test
    void aNameSelectsAllInstancesOrOne() {
        out("-a", "create_cluster", "-t", "memory", "-c", "demo");
        out("-a", "add_steps", "-p", "date=2026-11-01");

        assertThat(out("-a", "execute_steps", "--only", "sums"))
                .containsSubsequence("sums[region=at]  done", "sums[region=de]  done", "report           skipped");
        assertThat(out("-a", "execute_steps", "--only", "sums[region=de],report"))
                .containsSubsequence("sums[region=at]  done", "sums[region=de]  done", "report           done");
        assertThat(out("-a", "fetch_output", "sums", "--to", "fetched")).contains("fetched/sums.region=at");
        assertThat(cli.text("fetched/sums.region=de/part-00000")).isEqualTo("by sums[region=de]/2");
        assertThat(cli.run("-a", "execute_steps", "--only", "sums[region=ch]").err())
                .endsWith(
                        "--only sums[region=ch]: pipeline sales has no such step. Known steps: sums, report. Did you mean"
                                + " 'sums[region=at]'?\n");
    }

    @Test
    void thePlanShowsInstancesAndLists() {
        String plan = out("-a", "plan", "-t", "memory", "-p", "date=2026-11-01");

        assertThat(plan)
                .contains("   input        sums ← steps sums (2): workspace:/output/sales/<run>/sums.region=at,"
                        + " workspace:/output/sales/<run>/sums.region=de\n")
                .contains("--sums 'workspace:/output/sales/<run>/sums.region=at' --sums"
                        + " 'workspace:/output/sales/<run>/sums.region=de'");
        assertThat(out("-a", "plan", "-t", "memory", "-p", "date=2026-11-01", "--output", "json"))
                .containsSubsequence(
                        "\"uris\" : [",
                        "\"workspace:/output/sales/<run>/sums.region=at\",",
                        "\"workspace:/output/sales/<run>/sums.region=de\"",
                        "\"origin\" : \"steps sums (2)\"");
    }

    @Test
    void runsThePipelineOnceForEachDayAndResumesByDay() {
        assertThat(out("-a", "run", "-t", "memory", "--backfill", "date=2026-11-01..2026-11-02"))
                .containsSubsequence(
                        "sums[date=2026-11-01,region=at]  done",
                        "report[date=2026-11-01]          done",
                        "sums[date=2026-11-02,region=at]  done",
                        "report[date=2026-11-02]          done");

        assertThat(out("-a", "run", "-t", "memory", "--backfill", "date=2026-11-02..2026-11-03", "--resume"))
                .containsSubsequence(
                        "sums[date=2026-11-02,region=at]  reused",
                        "report[date=2026-11-02]          reused",
                        "sums[date=2026-11-03,region=at]  done",
                        "report[date=2026-11-03]          done");
        assertThat(out("-a", "list_runs", "-t", "memory"))
                .containsPattern("sales +done, 2 of 2 days .* date=2026-11-01\\.\\.2026-11-02\n");
        assertThat(out("-a", "list_runs", "-t", "memory", "--output", "json"))
                .contains("\"backfill\" : {\n        \"days\" : 2,\n        \"days_done\" : 2\n      },");
    }

    @Test
    void thePlanOfABackfillSaysHowManyDaysRunAtATime() {
        assertThat(out("-a", "plan", "--backfill", "date=2026-11-01..2026-11-02", "--parallel", "2"))
                .startsWith("""
                        Pipeline sales, 6 steps in this order:
                        Once for each day from 2026-11-01 to 2026-11-02, 2 days at a time.
                        """);
    }

    @Test
    void thePlanSaysThatTheDateOfTheRunIsFixedLater() {
        cli.file("steps.json", PIPELINE.replace("null", "\"${run.date}\""));

        assertThat(out("-a", "plan", "--output", "json")).contains("\"run_date\" : \"2026-11-21\"");
        assertThat(out("-a", "plan", "-p", "run.date=2026-11-03"))
                .contains(
                        "${run.date} is 2026-11-03 (UTC), fixed when the run is created; -p run.date=… sets another.\n")
                .contains("--date 2026-11-03");
    }

    @Test
    void rejectsInvalidRanges() {
        assertThat(usage("--backfill", "date"))
                .isEqualTo(
                        "--backfill 'date' is not of the form NAME=FROM..TO, such as date=2026-11-01..2026-11-30.\n");
        assertThat(usage("--backfill", "date=2026-11-31..2026-12-01"))
                .isEqualTo("--backfill 'date=2026-11-31..2026-12-01' has an invalid date: '2026-11-31'. Example:"
                        + " date=2026-11-01..2026-11-30.\n");
        assertThat(usage("--backfill", "date=2026-11-02..2026-11-01"))
                .isEqualTo("--backfill 'date=2026-11-02..2026-11-01' has no day: 2026-11-01 is before 2026-11-02.\n");
        assertThat(usage("--backfill", "date=2020-01-01..2026-11-01"))
                .isEqualTo("--backfill 'date=2020-01-01..2026-11-01' has more than 1000 days. Use a shorter range.\n");
        assertThat(usage("--parallel", "2"))
                .isEqualTo("--parallel limits the days of --backfill. Add --backfill, or omit it.\n");
        assertThat(usage("--backfill", "date=2026-11-01", "--parallel", "0"))
                .isEqualTo("--parallel must be at least 1, not 0.\n");
    }

    private String usage(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "-a";
        arguments[1] = "plan";
        System.arraycopy(options, 0, arguments, 2, options.length);
        CommandResult result = cli.run(arguments);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        return result.err();
    }
}
