package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.local.LocalResources;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists the local runs of a workspace. */
final class ListRunsActionTest {
    private static final String FIRST = CliFixture.RUN_ID;
    private static final String SECOND = "20261121-034513-122c";

    private static final ExecutionPlan NO_STEPS = new ExecutionPlan("clouds", Map.of(), List.of(), List.of());

    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory));
    }

    private void addTwoRuns() {
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo");
        cli.run("-a", "add_steps");
        cli.run("-a", "add_steps", "-p", "max_words=500", "-p", "titles=titles.csv");
    }

    private void journal(String run, String... events) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < events.length; i++) {
            lines.append("{\"time\":\"2026-11-21T03:%02d:00Z\",%s}%n".formatted(46 + i, events[i]));
        }
        cli.file(".runner/runs/" + run + "/events.jsonl", lines.toString());
    }

    private static String skipped(String step) {
        return "\"event\":\"skipped\",\"step\":\"" + step + "\",\"reason\":\"not selected\",\"removed\":false";
    }

    @Test
    void anUnknownRunIsNamedWithTheCommandThatListsRuns() {
        addTwoRuns();
        cli.run("-a", "terminate_cluster", "-c", "demo");

        assertThat(cli.run("-a", "list_steps", "--run", "20260101-000000-0000"))
                .isEqualTo(new CommandResult(
                        2, "", "No run 20260101-000000-0000 in DIR/.runner. List the runs: runner.sh -a list_runs\n"));
    }

    @Test
    void thereAreNoRuns() {
        assertThat(cli.run("-a", "list_runs")).isEqualTo(new CommandResult(0, "No runs.\n", ""));
        assertThat(cli.path(".runner")).doesNotExist();
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo");
        assertThat(cli.run("-a", "list_runs")).isEqualTo(new CommandResult(0, "No runs.\n", ""));
        assertThat(cli.run("-a", "list_runs", "--output", "json").out()).isEqualTo("{\n  \"runs\" : [ ]\n}\n");
    }

    @Test
    void listsParametersResultStartLengthAndSize() {
        addTwoRuns();
        journal(
                FIRST,
                "\"event\":\"run_began\"",
                skipped("words"),
                skipped("counts"),
                skipped("clouds"),
                "\"event\":\"run_ended\",\"outcome\":\"DONE\"",
                "\"event\":\"cost\",\"cost\":{\"min\":\"1.20\",\"max\":\"1.20\",\"unpriced\":[],\"counts_instances\":true}");
        cli.file(".runner/output/clouds/" + FIRST + "/words/part-0", "x".repeat(1000))
                .file(".runner/logs/" + FIRST + "/words-1/stderr", "x".repeat(500));

        assertThat(cli.run("-a", "list_runs")).isEqualTo(new CommandResult(0, """
                        RUN                   PIPELINE  STATUS   STARTED               LENGTH      SIZE    COST         PARAMETERS
                        20261121-034513-122c  clouds    waiting  –                     –           0 B     –            max_words=500
                        20261121-034512-8ffa  clouds    done     2026-11-21T03:46:00Z  4 min 00 s  1.5 KB  about $1.20
                        """, ""));
        assertThat(cli.run("-a", "list_runs", "--output", "json").out()).isEqualTo("""
                {
                  "runs" : [
                    {
                      "run_id" : "20261121-034513-122c",
                      "pipeline" : "clouds",
                      "cluster_id" : "local-bb26934c",
                      "status" : "waiting",
                      "backfill" : null,
                      "parameters" : {
                        "max_words" : "500"
                      },
                      "started" : null,
                      "length_seconds" : null,
                      "bytes" : 0,
                      "cost_so_far" : null
                    },
                    {
                      "run_id" : "20261121-034512-8ffa",
                      "pipeline" : "clouds",
                      "cluster_id" : "local-bb26934c",
                      "status" : "done",
                      "backfill" : null,
                      "parameters" : { },
                      "started" : "2026-11-21T03:46:00Z",
                      "length_seconds" : 240.0,
                      "bytes" : 1500,
                      "cost_so_far" : 1.2
                    }
                  ]
                }
                """);
    }

    /** The size is that of the run's own files. */
    @Test
    void doesNotCountWhatLinksLeadTo() throws Exception {
        addTwoRuns();
        cli.file(".runner/output/clouds/" + SECOND + "/words/part-0", "x".repeat(10));
        Files.createSymbolicLink(
                cli.path(".runner/output/clouds/" + SECOND + "/data"), Files.createDirectory(cli.path("data")));
        cli.file("data/large.csv", "x".repeat(1000));

        assertThat(cli.run("-a", "list_runs").out()).contains("  10 B  ").doesNotContain("KB");
    }

    @Test
    void aRunRunsAsLongAsAProcessExecutesIt() throws Exception {
        addTwoRuns();
        journal(FIRST, "\"event\":\"run_began\"");
        journal(SECOND, "\"event\":\"run_began\"");
        LocalWorkspace workspace = LocalWorkspace.open(cli.path(".runner"));
        try (WorkspaceLock lock = WorkspaceLock.acquire(workspace, "run", Instant.parse(CliFixture.NOW))) {
            lock.execute(new RunId(SECOND), NO_STEPS, new LocalResources(1, 512));

            assertThat(cli.run("-a", "list_runs").out())
                    .contains(SECOND + "  clouds    running  ", FIRST + "  clouds    stopped  ");

            lock.execute(new RunId(FIRST), NO_STEPS, new LocalResources(1, 512));
            Path holder;
            try (var files = Files.list(cli.path(".runner/locks"))) {
                holder = files.findFirst().orElseThrow();
            }
            Files.writeString(
                    holder,
                    Files.readString(holder).replaceFirst("\"started\" : \"[^\"]*\"", "\"started\" : \"long ago\""));

            assertThat(cli.run("-a", "list_runs").out())
                    .contains(SECOND + "  clouds    stopped  ", FIRST + "  clouds    stopped  ");
        }
    }

    @Test
    void aDamagedRunDoesNotHideTheOthers() {
        addTwoRuns();
        cli.file(".runner/runs/" + SECOND + "/run.json", "{}");

        assertThat(cli.run("-a", "list_runs"))
                .isEqualTo(new CommandResult(
                        0,
                        """
                        RUN                   PIPELINE  STATUS   STARTED  LENGTH  SIZE  COST  PARAMETERS
                        20261121-034513-122c  –         damaged  –        –       –     –
                        20261121-034512-8ffa  clouds    waiting  –        –       0 B   –
                        """,
                        "warning: DIR/.runner/runs/" + SECOND
                                + "/run.json is not a valid run file: format is missing. Add the steps again.\n"));
    }

    @Test
    void masksSecrets() {
        cli.file("steps.json", """
                { "name": "secrets", "parameters": { "api_key": "", "db": "", "pass": "", "note": "" },
                  "defaults": { "script_uri": "job.py", "env": { "DB_PASSWORD": "${pass}" } },
                  "steps": [ { "name": "load", "args": { "db": "${db}", "key": "${api_key}", "note": "${note}" } } ] }
                """);
        cli.run("-a", "create_cluster", "-t", "local", "-c", "demo");
        cli.run(
                "-a",
                "add_steps",
                "-p",
                "api_key=hidden-1",
                "-p",
                "db=jdbc://me:hidden-2@host/db",
                "-p",
                "pass=hidden-3",
                "-p",
                "note=two words");

        assertThat(cli.run("-a", "list_runs").out())
                .contains("'api_key=****' 'db=jdbc://me:****@host/db' 'note=two words' 'pass=****'\n");
        assertThat(cli.run("-a", "list_runs", "--output", "json").out()).doesNotContain("hidden");
    }

    @Test
    void listsTheRunsOfACluster() {
        addTwoRuns();
        cli.run("-a", "create_cluster", "-t", "local", "-c", "other");

        assertThat(cli.run("-a", "list_runs", "-c", "other").out()).isEqualTo("No runs.\n");
        assertThat(cli.run("-a", "list_runs", "-c", "demo").out()).contains(FIRST, SECOND);
        assertThat(cli.run("-a", "list_runs", "-idc", CliFixture.FIRST_CLUSTER_ID)
                        .out())
                .contains(FIRST, SECOND);
        assertThat(cli.run("-a", "list_runs", "-c", "demos"))
                .isEqualTo(new CommandResult(
                        2, "", "No cluster named 'demos' in DIR/.runner. Known: demo, other. Did you mean 'demo'?\n"));
    }
}
