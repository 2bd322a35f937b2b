package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adding, listing and deleting steps, and looking at what they left, without running any. */
final class StepsActionsTest {
    @TempDir
    Path directory;

    private Prompt prompt;

    @BeforeEach
    void layOut() {
        prompt = Pipelines.laidOut(new Prompt(directory));
        prompt.type("-a", "create_cluster", "-t", "local", "-c", "demo");
    }

    @Test
    void addsStepsAndSaysWhatComesNext() {
        assertThat(prompt.type("-a", "add_steps"))
                .isEqualTo(
                        new CommandResult(0, Prompt.RUN + "\n", "Next: -a execute_steps -idc " + Prompt.FIRST + "\n"));
    }

    @Test
    void saysWhereThereIsNothingToResume() {
        assertThat(prompt.type("-a", "add_steps", "--resume").err())
                .isEqualTo("There is no earlier run of clouds to resume: everything runs.\nNext: -a execute_steps -idc "
                        + Prompt.FIRST + "\n");
    }

    @Test
    void addsStepsForAScript() {
        assertThat(prompt.type("-a", "add_steps", "-steps", "steps.json", "-idc", Prompt.FIRST, "--output", "json"))
                .isEqualTo(new CommandResult(0, """
                        {
                          "run_id" : "20261121-034512-8ffa",
                          "cluster_id" : "local-bb26934c",
                          "pipeline" : "clouds"
                        }
                        """, ""));
    }

    @Test
    void addsNothingOfAFileThatIsInvalid() {
        prompt.file("steps.json", "{}");

        assertThat(prompt.type("-a", "add_steps"))
                .isEqualTo(new CommandResult(3, "", "steps.json: steps: this key is missing.\n"));
        assertThat(prompt.type("-a", "describe_cluster").out()).endsWith("No runs yet.\n");
    }

    @Test
    void listsStepsThatWait() {
        prompt.type("-a", "add_steps");

        assertThat(prompt.type("-a", "list_steps")).isEqualTo(new CommandResult(0, """
                        Run 20261121-034512-8ffa of clouds on local-bb26934c:
                        STEP    STATE    ELAPSED  OUTPUT  WHERE
                        words   waiting  –        –       –
                        counts  waiting  –        –       –
                        clouds  waiting  –        –       –
                        """, ""));
        assertThat(prompt.type("-a", "list_steps", "--output", "json"))
                .isEqualTo(new CommandResult(0, Golden.text("reports/waiting.json"), ""));
    }

    @Test
    void takesTheNewestRunUnlessOneIsNamed() {
        prompt.type("-a", "add_steps");
        prompt.file("steps.json", Pipelines.CLOUDS.replace("\"clouds\",\n", "\"second\",\n"));
        prompt.type("-a", "add_steps");

        assertThat(prompt.type("-a", "list_steps").out()).startsWith("Run 20261121-034513-122c of second on");
        assertThat(prompt.type("-a", "list_steps", "--run", Prompt.RUN).out())
                .startsWith("Run 20261121-034512-8ffa of clouds on");
    }

    @Test
    void refusesARunThatIsNotThere() {
        prompt.type("-a", "add_steps");

        assertThat(prompt.type("-a", "list_steps", "--run", "20261121-034512-8ffb"))
                .isEqualTo(new CommandResult(
                        2,
                        "",
                        "The cluster local-bb26934c has no run 20261121-034512-8ffb. Its runs: 20261121-034512-8ffa. Did"
                                + " you mean '20261121-034512-8ffa'?\n"));
        assertThat(prompt.type("-a", "execute_steps", "--run", "../x"))
                .isEqualTo(new CommandResult(2, "", "'../x' is no run's id: they look like 20261121-034512-ab3f.\n"));
    }

    @Test
    void refusesARunOfAnotherCluster() {
        prompt.type("-a", "add_steps");
        prompt.type("-a", "create_cluster", "-t", "local", "-c", "another");

        assertThat(prompt.type("-a", "list_steps", "-c", "another", "--run", Prompt.RUN))
                .isEqualTo(new CommandResult(
                        2,
                        "",
                        "The run 20261121-034512-8ffa is of the cluster local-bb26934c: name that one with -idc.\n"));
    }

    @Test
    void saysWhereNoRunWasBegun() {
        CommandResult refused = new CommandResult(
                5,
                "",
                "The cluster local-bb26934c has no run yet. Begin one with -a add_steps -steps steps.json -idc"
                        + " local-bb26934c.\n");

        for (String action : new String[] {"list_steps", "execute_steps", "delete_steps", "logs", "fetch_output"}) {
            assertThat(prompt.type("-a", action)).isEqualTo(refused);
        }
    }

    @Test
    void deletesAStepWithAllThatNeedsIt() {
        prompt.type("-a", "add_steps");

        assertThat(prompt.type("-a", "delete_steps", "counts", "--yes"))
                .isEqualTo(new CommandResult(0, "deleted counts\ndeleted clouds\n", ""));
        assertThat(prompt.type("-a", "list_steps").out()).isEqualTo("""
                        Run 20261121-034512-8ffa of clouds on local-bb26934c:
                        STEP    STATE    ELAPSED  OUTPUT  WHERE
                        words   waiting  –        –       –
                        counts  skipped  –        –       taken out by delete_steps
                        clouds  skipped  –        –       taken out by delete_steps
                        """);
        assertThat(prompt.type("-a", "delete_steps", "--yes", "--output", "json"))
                .isEqualTo(new CommandResult(0, """
                        {
                          "run_id" : "20261121-034512-8ffa",
                          "deleted" : [
                            "words"
                          ],
                          "ended_before" : [ ]
                        }
                        """, ""));
        assertThat(prompt.type("-a", "delete_steps"))
                .isEqualTo(new CommandResult(
                        0, "No step of run 20261121-034512-8ffa is left that has not started.\n", ""));
    }

    @Test
    void asksBeforeItDeletes() {
        prompt.type("-a", "add_steps");
        String question = "Take words, counts, clouds out of run 20261121-034512-8ffa?";

        assertThat(prompt.type("-a", "delete_steps"))
                .isEqualTo(new CommandResult(5, "", question + " Nobody can be asked here: say --yes.\n"));
        assertThat(prompt.answering("n").type("-a", "delete_steps"))
                .isEqualTo(new CommandResult(5, "", question + " [y/N] Nothing was changed.\n"));
        assertThat(prompt.answering("").type("-a", "delete_steps"))
                .isEqualTo(new CommandResult(5, "", question + " [y/N] Nothing was changed.\n"));
        assertThat(prompt.answering("Yes").type("-a", "delete_steps"))
                .isEqualTo(
                        new CommandResult(0, "deleted words\ndeleted counts\ndeleted clouds\n", question + " [y/N] "));
    }

    @Test
    void namesTheNearestStepForOneThatIsUnknown() {
        prompt.type("-a", "add_steps");
        CommandResult unknown = new CommandResult(
                2,
                "",
                "There is no step 'wrods' in clouds. Known steps: words, counts, clouds. Did you mean 'words'?\n");

        for (String action : new String[] {"delete_steps", "logs", "fetch_output"}) {
            assertThat(prompt.type("-a", action, "wrods")).isEqualTo(unknown);
            assertThat(prompt.type("-a", action, "no/name"))
                    .isEqualTo(new CommandResult(2, "", "Step 'no/name': that is no step's name.\n"));
        }
    }

    @Test
    void saysThatThereIsNothingToSeeYet() {
        prompt.type("-a", "add_steps");

        assertThat(prompt.type("-a", "logs"))
                .isEqualTo(new CommandResult(
                        0,
                        "No step of run 20261121-034512-8ffa has failed. Name a step to see its log: words, counts,"
                                + " clouds.\n",
                        ""));
        assertThat(prompt.type("-a", "logs", "words"))
                .isEqualTo(
                        new CommandResult(0, "Step 'words' has not run in this run, so there is no log of it.\n", ""));
        assertThat(prompt.type("-a", "logs", "--output", "json", "words")).isEqualTo(new CommandResult(0, """
                        {
                          "run_id" : "20261121-034512-8ffa",
                          "steps" : [
                            {
                              "name" : "words",
                              "state" : "waiting",
                              "log" : null,
                              "cause" : null,
                              "cause_where" : null
                            }
                          ]
                        }
                        """, ""));
        assertThat(prompt.type("-a", "fetch_output"))
                .isEqualTo(new CommandResult(
                        5, "", "Run 20261121-034512-8ffa has no final output yet: see -a list_steps.\n"));
        assertThat(prompt.type("-a", "fetch_output", "words"))
                .isEqualTo(new CommandResult(5, "", "Step 'words' has no output to fetch: it is waiting.\n"));
    }

    @Test
    void refusesWhatThisMachineCannotReachBeforeAnythingStarts() {
        prompt.file("steps.json", """
                {"steps": [{"name": "counts", "script_uri": "s3://bucket/job.py"}]}
                """);
        CommandResult refused = new CommandResult(3, "", """
                Step 'counts' runs s3://bucket/job.py, which a local cluster cannot fetch: name a copy on this machine as its script_uri.
                """);

        assertThat(prompt.type("-a", "add_steps")).isEqualTo(refused);
        assertThat(prompt.type("-a", "run")).isEqualTo(refused);
    }
}
