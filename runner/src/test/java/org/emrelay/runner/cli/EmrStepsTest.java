package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.platform.ProcessLiveness.Identity;
import org.emrelay.runner.platform.local.LocalProcesses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps on EMR from the command line: added, executed, inspected, fetched and deleted. */
final class EmrStepsTest {
    private static final String TRACE = """
            Exception in thread "main" java.lang.IllegalArgumentException: no column 'title' in titles.csv
            \tat org.example.Words.main(Words.java:17)
            """;

    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
        SampleFiles.writeTo(emr.cli());
        emr.aws().emr().scriptSteps(name -> succeeding());
    }

    private StepScript succeeding() {
        return StepScript.completesAfter(Duration.ofSeconds(40)).withProgram(emr::writeOutput);
    }

    private static StepScript failing() {
        return StepScript.failsAfter(Duration.ofSeconds(40), "Application failed")
                .withLog("stderr", TRACE);
    }

    @AfterEach
    void tearDown() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unsupported()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        assertThat(emr.startedAttempts()).doesNotHaveDuplicates();
        emr.close();
    }

    private static String bucket(String cluster) {
        return "s3://emrelay-123456789012-us-east-1-bb26934c-" + cluster;
    }

    @Test
    void addsExecutesAndFetchesAChain() {
        String cluster = emr.create().out().strip();

        CommandResult added = emr.run("-a", "add_steps");
        String run = added.out().strip();
        CommandResult executed = emr.run("-a", "execute_steps");

        assertThat(added)
                .isEqualTo(new CommandResult(0, run + "\n", "Next: runner.sh -a execute_steps -idc " + cluster + "\n"));
        String table = """
                STEP    STATE  ELAPSED  COST   OUTPUT        WHERE
                words   done   40 s     $0.01  1 file, 10 B  %1$s/words
                counts  done   40 s     $0.01  1 file, 10 B  %1$s/counts
                clouds  done   40 s     $0.01  1 file, 10 B  %1$s/clouds

                The cluster has cost $0.09: steps $0.03, start-up $0.00, idle $0.00, shutdown $0.00, before the run $0.06.
                """.formatted(bucket("demo") + "/output/clouds/" + run);
        assertThat(executed.code()).isZero();
        assertThat(executed.out())
                .isEqualTo(table
                        + "\nDone in 2 min 05 s. New: words, counts, clouds. Fetch the results: runner.sh -a fetch_output -idc "
                        + cluster + "\nReport: file://DIR/results/clouds/report.html\n");
        assertThat(executed.err())
                .startsWith("Run " + run + " of clouds on " + cluster + "\n")
                .contains("counts: waiting, queued behind words\n")
                .containsSubsequence("words: done in 40 s: 1 file\n", "counts: started\n", "clouds: done in 40 s");
        assertThat(emr.run("-a", "list_steps", "-idc", cluster))
                .isEqualTo(new CommandResult(0, "Run " + run + " of clouds on " + cluster + ":\n" + table, ""));
        assertThat(emr.run("-a", "fetch_output"))
                .isEqualTo(new CommandResult(0, "DIR/results/clouds/clouds\n", "clouds: fetching 10 B\n"));
        assertThat(emr.cli().path("results/clouds/clouds/part-00000.csv")).hasContent("word\nemma\n");
    }

    @Test
    void submitsAChainOnceInASingleCall() {
        emr.create();
        emr.run("-a", "add_steps");

        emr.run("-a", "execute_steps");
        CommandResult again = emr.run("-a", "execute_steps");

        assertThat(again.code()).isZero();
        assertThat(emr.aws().calls().named("AddJobFlowSteps")).hasSize(1);
    }

    @Test
    void submitsMoreStepsThanEmrAcceptsAtOnceThroughAWindow() {
        int steps = 260;
        emr.aws()
                .emr()
                .scriptSteps(
                        name -> StepScript.completesAfter(Duration.ofSeconds(1)).withProgram(emr::writeOutput));
        emr.cli()
                .file(
                        "steps.json",
                        IntStream.range(0, steps)
                                .mapToObj(number -> "{ \"name\": \"step-%03d\" }".formatted(number))
                                .collect(Collectors.joining(
                                        ",",
                                        "{ \"name\": \"many\", \"defaults\": { \"script_uri\": \"job.py\" }, \"steps\": [",
                                        "] }")));
        emr.create();
        emr.run("-a", "add_steps");

        CommandResult executed = emr.run("-a", "execute_steps");

        assertThat(executed.code()).isZero();
        assertThat(emr.startedAttempts()).hasSize(steps);
        assertThat(emr.aws().calls().named("AddJobFlowSteps"))
                .hasSizeBetween(2, steps / 2)
                .allMatch(call -> call.outcome().equals("ok"));
    }

    @Test
    void reportsTheCauseOfAFailureImmediatelyAndLater() {
        String cluster = emr.create().out().strip();
        emr.aws().emr().scriptSteps(name -> failing());
        emr.run("-a", "add_steps");

        CommandResult executed = emr.run("-a", "execute_steps");
        CommandResult later = emr.run("-a", "logs", "-idc", cluster);

        assertThat(executed.code()).isEqualTo(1);
        assertThat(executed.out())
                .startsWith("""
                        STEP    STATE    ELAPSED  COST   OUTPUT  WHERE
                        words   failed   40 s     $0.01  –       Application failed
                        counts  skipped  –        –      –       needs words, which failed
                        clouds  skipped  –        –      –       needs words, which failed

                        The cluster has cost $0.07: steps $0.01, start-up $0.00, idle $0.00, shutdown $0.00, before the run $0.06.

                        words failed: Application failed
                          Probable cause: java.lang.IllegalArgumentException: no column 'title' in titles.csv (lines 1–2 of""")
                .endsWith(
                        "\nThe run failed after 42 s. Fix the cause, then retry the failed steps: runner.sh -a execute_steps -idc "
                                + cluster + "\nReport: file://DIR/results/clouds/report.html\n");
        assertThat(later.code()).isZero();
        assertThat(later.out())
                .startsWith(
                        "words failed: Application failed\n  Probable cause: java.lang.IllegalArgumentException: no")
                .contains("stderr.gz <==\n" + TRACE);
    }

    @Test
    void doesNotWaitForLogsWithNoLogs() {
        emr.create();
        emr.aws().emr().scriptSteps(name -> failing());
        emr.run("-a", "add_steps");

        CommandResult executed = emr.run("-a", "execute_steps", "--no-logs");

        assertThat(executed.code()).isEqualTo(1);
        assertThat(executed.out())
                .contains("words failed: Application failed\n")
                .doesNotContain("Probable cause");
    }

    @Test
    void retriesFailedSteps() {
        emr.create();
        emr.aws().emr().scriptSteps(name -> name.contains("/counts/") ? failing() : succeeding());
        emr.run("-a", "add_steps");
        emr.run("-a", "execute_steps", "--no-logs");
        emr.aws().emr().scriptSteps(name -> succeeding());

        CommandResult again = emr.run("-a", "execute_steps");

        assertThat(again.code()).isZero();
        assertThat(emr.startedAttempts())
                .extracting(name -> name.substring(name.indexOf('/') + 1))
                .containsExactly("words/1", "counts/1", "counts/1/end", "counts/2", "clouds/2");
    }

    @Test
    void changesNothingWhenListingAndReadingLogs() {
        emr.create();
        emr.aws().emr().scriptSteps(name -> failing());
        emr.run("-a", "add_steps");
        emr.run("-a", "execute_steps", "--no-logs");
        int before = emr.aws().calls().named("AddJobFlowSteps").size();

        emr.run("-a", "list_steps");
        emr.run("-a", "logs");
        CommandResult followed = emr.run("-a", "logs", "words", "--follow");

        assertThat(followed.out()).contains("stderr.gz <==\n" + TRACE);
        assertThat(emr.aws().calls().named("AddJobFlowSteps")).hasSize(before);
        assertThat(emr.aws().calls().named("CancelSteps")).isEmpty();
    }

    @Test
    void refusesARunLockedByAnotherRunner() {
        emr.create();
        String run = emr.run("-a", "add_steps").out().strip();
        Identity alive = new LocalProcesses().current();
        String lease = """
                {"host":"%s","pid":%d,"started":"%s","holder":"0123456789abcdef","since":"2026-11-21T03:00:00Z",
                 "renewed":"2026-11-21T03:00:00Z","released":false}
                """.formatted(alive.host(), alive.pid(), alive.started());
        emr.aws().inspect(() -> {
            emr.aws()
                    .s3()
                    .write(
                            bucket("demo").substring("s3://".length()),
                            "runs/" + run + "/lease.json",
                            lease.getBytes(StandardCharsets.UTF_8));
            return run;
        });

        CommandResult refused = emr.run("-a", "execute_steps");

        assertThat(refused.code()).isEqualTo(5);
        assertThat(refused.err()).contains("process " + alive.pid() + " on " + alive.host());
        assertThat(emr.aws().calls().named("AddJobFlowSteps")).isEmpty();
    }

    @Test
    void createsNoClusterForAnInvalidSelection() {
        CommandResult refused = emr.run("-a", "run", "-t", "emr", "--from", "cluods");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("Did you mean 'clouds'?");
        assertThat(emr.createdClusterCount()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();
    }

    @Test
    void thePlanShowsWhatARunWouldReuseOnRequest() {
        assertThat(emr.run("-a", "plan", "-t", "emr", "--resume"))
                .isEqualTo(new CommandResult(
                        2,
                        "",
                        "Earlier results are on Amazon EMR: add --check to look for them, with read-only calls.\n"));
        assertThat(emr.run("-a", "plan", "-t", "emr", "--resume", "--check").out())
                .contains("   now          runs\n");
        emr.run("-a", "run", "-t", "emr");

        assertThat(emr.run("-a", "plan", "-t", "emr", "--resume", "--check").out())
                .contains("   now          reuses the result of 2")
                .doesNotContain("   now          runs");
    }

    @Test
    void createsNoClusterForASelectionWithoutResults() {
        CommandResult refused = emr.run("-a", "run", "-t", "emr", "--only", "counts");

        assertThat(refused)
                .isEqualTo(new CommandResult(
                        2,
                        "",
                        "--only: counts needs the output of words, and there is no previous run to take it from. Select words"
                                + " too.\n"));
        assertThat(emr.createdClusterCount()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();

        assertThat(emr.run("-a", "run", "-t", "emr").code()).isZero();
        assertThat(emr.run("-a", "run", "-t", "emr", "--only", "counts").code()).isZero();
    }

    @Test
    void deletesStepsThatHaveNotStarted() {
        emr.create();
        emr.run("-a", "add_steps");

        assertThat(emr.run("-a", "delete_steps", "counts", "--yes").out()).isEqualTo("""
                deleted counts
                deleted clouds
                """);
        CommandResult executed = emr.run("-a", "execute_steps");

        assertThat(executed.code()).isZero();
        assertThat(executed.out()).contains("clouds  skipped  –        –      –             taken out by delete_steps");
        assertThat(emr.startedAttempts()).hasSize(1);
    }

    @Test
    void runsOnItsOwnClusterAndKeepsOnlyTheBucket() {
        CommandResult result = emr.run("-a", "run", "-t", "emr");

        assertThat(result.code()).isZero();
        assertThat(result.out()).endsWith("""

                The cluster has cost $0.10: steps $0.03, start-up $0.05, idle $0.00, shutdown $0.02.
                Done in 8 min 06 s. New: words, counts, clouds.
                Results: DIR/results/clouds/clouds
                Report: file://DIR/results/clouds/report.html
                """);
        assertThat(emr.cli().path("results/clouds/clouds/part-00000.csv")).hasContent("word\nemma\n");
        assertThat(emr.aws().remaining())
                .containsExactly("s3 bucket " + bucket("clouds").substring("s3://".length()));
    }

    @Test
    void listsAFinishedRunFromItsJournalAlone() {
        emr.aws().emr().scriptSteps(name -> name.contains("/counts/") ? failing() : succeeding());
        CommandResult failed = emr.run("-a", "run", "-t", "emr", "--output", "json");
        String cluster = failed.out().replaceFirst("(?s).*\"cluster_id\" : \"([^\"]+)\".*", "$1");
        emr.aws().calls().clear();

        CommandResult listed = emr.run("-a", "list_steps", "-idc", cluster, "--output", "json");

        assertThat(failed.code()).isEqualTo(1);
        assertThat(emr.aws().remaining())
                .containsExactly("s3 bucket " + bucket("clouds").substring("s3://".length()));
        assertThat(upToClusterId(listed)).isEqualTo(upToClusterId(failed));
        assertThat(listed.out())
                .contains("\"cause\" : \"java.lang.IllegalArgumentException: no column 'title' in titles.csv\"")
                .containsPattern("\"log\" : \"s3://[^\"]+/" + cluster + "/steps/s-[A-Z0-9]+/\"")
                .containsPattern("\"platform_step_id\" : \"s-[A-Z0-9]+\"")
                .containsPattern("(?m)^  \"cost_so_far\" : 0\\.0[0-9]+");
        assertThat(emr.aws().calls().named("ListSteps")).isEmpty();
        assertThat(emr.aws().calls().named("ListInstances")).isEmpty();
    }

    private static String upToClusterId(CommandResult result) {
        return result.out().substring(0, result.out().indexOf("\"cluster_id\""));
    }

    @Test
    void journalsACauseThatArrivesAfterTheRunAndDoesNotWaitForItAgain() {
        emr.create();
        emr.aws().emr().scriptSteps(name -> failing());
        emr.run("-a", "add_steps");
        emr.run("-a", "execute_steps");

        assertThat(emr.run("-a", "list_steps").out())
                .contains(
                        "  Probable cause: java.lang.IllegalArgumentException: no column 'title' in titles.csv (lines 1–2 of");
    }

    @Test
    void reusesFinishedStepsOnANewCluster() {
        emr.aws().emr().scriptSteps(name -> name.contains("/counts/") ? failing() : succeeding());
        CommandResult failed = emr.run("-a", "run", "-t", "emr");
        emr.aws().emr().scriptSteps(name -> succeeding());

        CommandResult resumed = emr.run("-a", "run", "-t", "emr", "--resume");

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out())
                .contains("Probable cause: java.lang.IllegalArgumentException: no column 'title'")
                .endsWith(
                        "The run failed after 7 min 21 s. Fix the cause, then reuse the finished steps: runner.sh -a run -steps steps.json"
                                + " -t emr --resume\nReport: file://DIR/results/clouds/report.html\n");
        assertThat(resumed.code()).isZero();
        assertThat(resumed.out()).contains("words   reused  –");
        assertThat(emr.createdClusterCount()).isEqualTo(2);
        assertThat(emr.aws().remaining()).hasSize(1);
    }

    @Test
    void refusesATerminatedCluster() {
        String cluster = emr.create().out().strip();
        emr.terminate();

        assertThat(emr.run("-a", "add_steps", "-idc", cluster))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "Cluster " + cluster
                                + " is TERMINATED (USER_REQUEST: Terminated by user request). Create a new one: runner.sh"
                                + " -a create_cluster -c NAME\n"));
        assertThat(emr.run("-a", "add_steps").err())
                .isEqualTo(
                        "No EMR cluster of this workspace is up. Select one that has ended with -c NAME or -idc j-XXX, or"
                                + " create one: runner.sh -a create_cluster -c NAME\n");
    }
}
