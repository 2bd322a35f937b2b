package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adds, lists and deletes steps, and reads their logs and outputs, without executing any. */
final class StepsActionsTest {
    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory));
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo");
    }

    @Test
    void aRunIsRefusedBeforeItsResultsWouldOverwriteTheUsersFiles() {
        cli.file("results/clouds/clouds/_SUCCESS", "mine");

        assertThat(cli.run("-a", "run"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "The results would overwrite 1 file in DIR/results/clouds: clouds/_SUCCESS (not created by"
                                + " Emrelay). Move them away, pass another directory with --to, or pass"
                                + " --overwrite-results.\n"));
    }

    /** The next run could otherwise find nothing to reuse in the newest one. */
    @Test
    void anImpossibleSelectionLeavesNoRunAndNoCluster() {
        String clusters = cli.run("-a", "list_clusters").out();

        assertThat(cli.run("-a", "run", "--only", "counts"))
                .isEqualTo(new CommandResult(
                        2,
                        "",
                        "No earlier run to resume: running all steps.\n--only: counts needs the output of words, and there"
                                + " is no previous run to take it from. Select words too.\n"));
        assertThat(cli.run("-a", "run", "--from", "cuonts").code()).isEqualTo(2);

        assertThat(cli.path(".runner/runs")).doesNotExist();
        assertThat(cli.run("-a", "list_clusters").out()).isEqualTo(clusters);
    }

    @Test
    void refusesInputsThatAStepCouldNotRead() throws Exception {
        Path data = Files.createDirectory(cli.path("data"));
        Path odd = data.resolve("odd");
        Files.createSymbolicLink(odd, data.resolve("none"));
        assertThat(cli.run("-a", "plan", "-p", "titles=data"))
                .isEqualTo(new CommandResult(
                        3, "", "Cannot read DIR/data/odd: the symbolic link leads nowhere. Remove it.\n"));
        Files.delete(odd);
        Files.createSymbolicLink(odd, odd);
        assertThat(cli.run("-a", "plan", "-p", "titles=data").err())
                .isEqualTo("Cannot read DIR/data/odd: the symbolic link leads nowhere. Remove it.\n");
        Files.delete(odd);
        assertThat(new ProcessBuilder("mkfifo", odd.toString()).start().waitFor())
                .isZero();
        assertThat(cli.run("-a", "plan", "-p", "titles=data").err())
                .isEqualTo("Cannot read DIR/data/odd: it is a FIFO, a socket or a device, not a file.\n");
        Files.delete(odd);
        assertThat(new ProcessBuilder("sh", "-c", "printf x > \"$1/$(printf 'a\\377')\"", "sh", data.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(cli.run("-a", "plan", "-p", "titles=data").err())
                .isEqualTo("Cannot read DIR/data/a\uFFFD: its name is not valid UTF-8. Rename it.\n");
    }

    @Test
    void namesThatSparkTakesForPatternsAreReplacedInTheWorkspace() {
        cli.file("a:b#{c}[d]*?\\e.csv", "title\nEmma\n");

        CommandResult plan = cli.run("-a", "plan", "-p", "titles=a:b#{c}[d]*?\\e.csv", "--output", "json");

        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out()).containsPattern("input/[0-9a-f]+/a_b__c__d____e\\.csv");
    }

    @Test
    void refusesAWorkspaceWhosePathSparkCannotRead() {
        assertThat(cli.run("-a", "run", "--workspace", "new [1]"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "Spark cannot read below DIR/new [1]: it takes : # { } [ ] * ? , and \\ in a path for syntax."
                                + " Pass a directory without them as --workspace.\n"));
    }

    @Test
    void addsStepsAndPrintsTheNextCommand() {
        assertThat(cli.run("-a", "add_steps"))
                .isEqualTo(new CommandResult(
                        0,
                        CliFixture.RUN_ID + "\n",
                        "Next: runner.sh -a execute_steps -idc " + CliFixture.FIRST_CLUSTER_ID + "\n"));
    }

    /** The result would later be reused as that of the input it was planned with. */
    @Test
    void refusesToExecuteStepsWhoseInputsHaveChanged() {
        cli.run("-a", "add_steps");
        cli.file("titles.csv", "title\nPersuasion\n");

        assertThat(cli.run("-a", "execute_steps"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "Run " + CliFixture.RUN_ID + " of clouds on " + CliFixture.FIRST_CLUSTER_ID
                                + "\nStep 'words': its"
                                + " input DIR/titles.csv has changed since the steps were added. Add them again:"
                                + " runner.sh -a add_steps -idc local-bb26934c\n"));
    }

    @Test
    void reportsThatThereIsNoRunToResume() {
        assertThat(cli.run("-a", "add_steps", "--resume").err())
                .isEqualTo("No earlier run to resume: running all steps.\nNext: runner.sh -a execute_steps -idc "
                        + CliFixture.FIRST_CLUSTER_ID + "\n");
    }

    @Test
    void addsStepsWithJsonOutput() {
        assertThat(cli.run(
                        "-a",
                        "add_steps",
                        "-steps",
                        "steps.json",
                        "-idc",
                        CliFixture.FIRST_CLUSTER_ID,
                        "--output",
                        "json"))
                .isEqualTo(new CommandResult(0, """
                        {
                          "run_id" : "20261121-034512-8ffa",
                          "cluster_id" : "local-bb26934c",
                          "pipeline" : "clouds"
                        }
                        """, ""));
    }

    @Test
    void refusesARunWhoseOutputWouldOverwriteDataBeforeItRecordsAnything() {
        cli.file("data/part-0", "mine")
                .file(
                        "steps.json",
                        SampleFiles.CLOUDS.replace(
                                "\"name\": \"counts\",",
                                "\"name\": \"counts\", \"output\": { \"uri\": \"" + cli.path("data") + "\" },"));

        assertThat(cli.run("-a", "run"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "Step 'counts': its output would overwrite existing data at DIR/data (1 file: part-0). Set"
                                + " \"overwrite\": true in its output to replace results of Emrelay, \"any\" to replace all"
                                + " data, or choose another uri.\n"));
        assertThat(cli.run("-a", "list_runs").out()).isEqualTo("No runs.\n");
    }

    @Test
    void addsNothingFromAnInvalidFile() {
        cli.file("steps.json", "{}");

        assertThat(cli.run("-a", "add_steps"))
                .isEqualTo(new CommandResult(3, "", "steps.json: steps: required key is missing.\n"));
        assertThat(cli.run("-a", "describe_cluster").out()).endsWith("\nNo runs.\n");
    }

    @Test
    void listsWaitingSteps() {
        cli.run("-a", "add_steps");

        assertThat(cli.run("-a", "list_steps")).isEqualTo(new CommandResult(0, """
                        Run 20261121-034512-8ffa of clouds on local-bb26934c:
                        STEP    STATE    ELAPSED  OUTPUT  WHERE
                        words   waiting  –        –       –
                        counts  waiting  –        –       –
                        clouds  waiting  –        –       –
                        """, ""));
        assertThat(cli.run("-a", "list_steps", "--output", "json"))
                .isEqualTo(new CommandResult(0, TestResources.text("reports/waiting.json"), ""));
    }

    private static final String FINISHED_RUN = """
            {"time":"2026-11-21T03:45:13Z","event":"run_began"}
            {"time":"2026-11-21T03:45:13Z","event":"attempt_submitted","step":"words","attempt":1}
            {"time":"2026-11-21T03:45:14Z","event":"attempt_started","step":"words","attempt":1%s}
            {"time":"2026-11-21T03:46:14Z","event":"attempt_succeeded","step":"words","attempt":1,"rows":7}
            {"time":"2026-11-21T03:46:14Z","event":"attempt_submitted","step":"counts","attempt":1}
            {"time":"2026-11-21T03:46:15Z","event":"attempt_started","step":"counts","attempt":1%s}
            {"time":"2026-11-21T03:46:16Z","event":"attempt_failed","step":"counts","attempt":1,"reason":"exit code 1",\
            "cause":"Boom","where":"line 1 of x","hint":"Fix it.","log":"/logs/counts"}
            {"time":"2026-11-21T03:46:16Z","event":"skipped","step":"clouds","reason":"needs counts, which failed","blocked_by":"counts"}
            {"time":"2026-11-21T03:46:16Z","event":"run_ended","outcome":"FAILED"}
            """;

    @Test
    void listsAFinishedRunOfAClusterThatHasEndedFromItsJournal() {
        cli.run("-a", "add_steps");
        cli.file(
                ".runner/runs/" + CliFixture.RUN_ID + "/events.jsonl",
                FINISHED_RUN.formatted(",\"log\":\"/logs/words\"", ",\"log\":\"/logs/counts\""));
        cli.run("-a", "terminate_cluster", "-c", "demo", "--yes");

        assertThat(cli.run("-a", "list_steps", "-idc", CliFixture.FIRST_CLUSTER_ID)
                        .out())
                .isEqualTo("""
                Run 20261121-034512-8ffa of clouds on local-bb26934c:
                STEP    STATE    ELAPSED     OUTPUT  WHERE
                words   done     1 min 00 s  –       –
                counts  failed   1.0 s       –       exit code 1
                clouds  skipped  –           –       needs counts, which failed

                counts failed: exit code 1
                  Probable cause: Boom (line 1 of x)
                  Fix it.
                  Log: /logs/counts
                """);
        assertThat(cli.run("-a", "list_steps", "-idc", CliFixture.FIRST_CLUSTER_ID, "--output", "json")
                        .out())
                .contains("\"log\" : \"/logs/words\"", "\"started\" : \"2026-11-21T03:45:14Z\"");
    }

    @Test
    void findsTheLogsOfARunThatAnEarlierVersionJournalled() {
        cli.run("-a", "add_steps");
        cli.file(".runner/runs/" + CliFixture.RUN_ID + "/events.jsonl", FINISHED_RUN.formatted("", ""));

        assertThat(cli.run("-a", "list_steps", "--output", "json").out())
                .contains(
                        "\"log\" : \"DIR/.runner/logs/" + CliFixture.RUN_ID + "/words-1/stderr\"",
                        "\"log\" : \"/logs/counts\"");
    }

    @Test
    void selectsTheNewestRunByDefault() {
        cli.run("-a", "add_steps");
        cli.file("steps.json", SampleFiles.CLOUDS.replace("\"clouds\",\n", "\"second\",\n"));
        cli.run("-a", "add_steps");

        assertThat(cli.run("-a", "list_steps").out()).startsWith("Run 20261121-034513-122c of second on");
        assertThat(cli.run("-a", "list_steps", "--run", CliFixture.RUN_ID).out())
                .startsWith("Run 20261121-034512-8ffa of clouds on");
    }

    @Test
    void rejectsAnUnknownOrMalformedRunId() {
        cli.run("-a", "add_steps");

        assertThat(cli.run("-a", "list_steps", "--run", "20261121-034512-8ffb"))
                .isEqualTo(new CommandResult(
                        2,
                        "",
                        "Cluster local-bb26934c has no run 20261121-034512-8ffb. Its runs: 20261121-034512-8ffa. Did"
                                + " you mean '20261121-034512-8ffa'?\n"));
        assertThat(cli.run("-a", "execute_steps", "--run", "../x"))
                .isEqualTo(new CommandResult(2, "", "'../x' is not a valid run id, such as 20261121-034512-ab3f.\n"));
    }

    @Test
    void rejectsARunOfAnotherCluster() {
        cli.run("-a", "add_steps");
        cli.run("-a", "create_cluster", "-t", "local", "-c", "another");

        assertThat(cli.run("-a", "list_steps", "-c", "another", "--run", CliFixture.RUN_ID))
                .isEqualTo(new CommandResult(
                        2, "", "Run 20261121-034512-8ffa belongs to cluster local-bb26934c: select it with -idc.\n"));
    }

    @Test
    void failsOnAClusterWithoutRuns() {
        CommandResult refused = new CommandResult(
                5,
                "",
                "Cluster local-bb26934c has no run yet. Add one: runner.sh -a add_steps -steps steps.json -idc"
                        + " local-bb26934c\n");

        for (String action : new String[] {"list_steps", "execute_steps", "delete_steps", "logs", "fetch_output"}) {
            assertThat(cli.run("-a", action)).isEqualTo(refused);
        }
    }

    @Test
    void deletesAStepWithItsDependents() {
        cli.run("-a", "add_steps");

        assertThat(cli.run("-a", "delete_steps", "counts", "--yes"))
                .isEqualTo(new CommandResult(0, "deleted counts\ndeleted clouds\n", ""));
        assertThat(cli.run("-a", "list_steps").out()).isEqualTo("""
                        Run 20261121-034512-8ffa of clouds on local-bb26934c:
                        STEP    STATE    ELAPSED  OUTPUT  WHERE
                        words   waiting  –        –       –
                        counts  skipped  –        –       taken out by delete_steps
                        clouds  skipped  –        –       taken out by delete_steps
                        """);
        assertThat(cli.run("-a", "delete_steps", "--yes", "--output", "json")).isEqualTo(new CommandResult(0, """
                        {
                          "run_id" : "20261121-034512-8ffa",
                          "deleted" : [
                            "words"
                          ],
                          "ended_before" : [ ]
                        }
                        """, ""));
        assertThat(cli.run("-a", "delete_steps"))
                .isEqualTo(new CommandResult(0, "All steps of run 20261121-034512-8ffa have already started.\n", ""));
    }

    @Test
    void asksForConfirmationBeforeDeleting() {
        cli.run("-a", "add_steps");
        String question = "Delete words, counts, clouds from run 20261121-034512-8ffa?";

        assertThat(cli.run("-a", "delete_steps"))
                .isEqualTo(new CommandResult(5, "", question + " Not a terminal: pass --yes to confirm.\n"));
        assertThat(cli.withAnswer("n").run("-a", "delete_steps"))
                .isEqualTo(new CommandResult(5, "", question + " [y/N] Cancelled. Nothing was changed.\n"));
        assertThat(cli.withAnswer("").run("-a", "delete_steps"))
                .isEqualTo(new CommandResult(5, "", question + " [y/N] Cancelled. Nothing was changed.\n"));
        assertThat(cli.withAnswer("Yes").run("-a", "delete_steps"))
                .isEqualTo(
                        new CommandResult(0, "deleted words\ndeleted counts\ndeleted clouds\n", question + " [y/N] "));
    }

    @Test
    void suggestsAStepForAnUnknownOne() {
        cli.run("-a", "add_steps");
        CommandResult unknown = new CommandResult(
                2, "", "No step 'wrods' in clouds. Known steps: words, counts, clouds. Did you mean 'words'?\n");

        for (String action : new String[] {"delete_steps", "logs", "fetch_output"}) {
            assertThat(cli.run("-a", action, "wrods")).isEqualTo(unknown);
            assertThat(cli.run("-a", action, "no/name"))
                    .isEqualTo(new CommandResult(2, "", "Step 'no/name' is not a valid step name.\n"));
        }
    }

    @Test
    void reportsThatLogsAndOutputsDoNotExistYet() {
        cli.run("-a", "add_steps");

        assertThat(cli.run("-a", "logs"))
                .isEqualTo(new CommandResult(
                        0,
                        "No step of run 20261121-034512-8ffa has failed. Name a step to print its log: words, counts,"
                                + " clouds.\n",
                        ""));
        assertThat(cli.run("-a", "logs", "words"))
                .isEqualTo(new CommandResult(0, "Step 'words' has no log: it did not run in this run.\n", ""));
        assertThat(cli.run("-a", "logs", "--output", "json", "words")).isEqualTo(new CommandResult(0, """
                        {
                          "run_id" : "20261121-034512-8ffa",
                          "steps" : [
                            {
                              "name" : "words",
                              "state" : "waiting",
                              "log" : null,
                              "cause" : null,
                              "cause_where" : null,
                              "last_lines" : null
                            }
                          ]
                        }
                        """, ""));
        assertThat(cli.run("-a", "fetch_output"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "Run 20261121-034512-8ffa has no final output yet. See runner.sh -a list_steps -idc local-bb26934c"
                                + " --run 20261121-034512-8ffa\n"));
        assertThat(cli.run("-a", "fetch_output", "words"))
                .isEqualTo(new CommandResult(5, "", "Step 'words' has no output to fetch: it is waiting.\n"));
    }

    @Test
    void rejectsARemoteScriptOnALocalCluster() {
        cli.file("steps.json", """
                {"steps": [{"name": "counts", "script_uri": "s3://bucket/job.py"}]}
                """);
        CommandResult refused = new CommandResult(3, "", """
                Step 'counts' runs s3://bucket/job.py, which a local cluster cannot fetch. Set script_uri to a local copy.
                """);

        assertThat(cli.run("-a", "add_steps")).isEqualTo(refused);
        assertThat(cli.run("-a", "run")).isEqualTo(refused);
    }
}
