package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.local.LocalResources;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands beside a run that another process executes in the same directory. */
final class OtherRunsTest {
    private static final String LEGACY = """
            {"name": "%1$s", "steps": [ {"name": "draw", "script_uri": "job.py", "guiid": "8",
                 "script_args": {"auto_generate_output": "0", "output_uri": "%1$s.png", "format_output": ".png",
                     "external_input": "0", "input_dependency_from_output_step": "0", "from_step": "None",
                     "input_data": "None", "local_input": "%1$s/frame.png"} } ] }
            """;

    @TempDir
    Path directory;

    private CliFixture cli;
    private String demo;
    private String other;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory));
        demo = create("demo");
        other = create("other");
    }

    private String create(String name) {
        return cli.run("-a", "create_cluster", "-t", "local", "-c", name).out().strip();
    }

    private String add(String cluster, String... more) {
        CommandResult added = more.length == 0
                ? cli.run("-a", "add_steps", "-idc", cluster)
                : cli.run("-a", "add_steps", "-idc", cluster, "-steps", more[0]);
        assertThat(added.code()).as(added.err()).isZero();
        return added.out().strip();
    }

    private WorkspaceLock executing(String cluster, String run) throws IOException {
        WorkspaceLock lock =
                WorkspaceLock.acquire(LocalWorkspace.open(cli.path(".runner")), "run", Instant.parse(CliFixture.NOW));
        lock.lockCluster(new ClusterId(cluster));
        lock.execute(
                new RunId(run),
                new ExecutionPlan("clouds", Map.of(), List.of(), List.of()),
                new LocalResources(1, 512));
        return lock;
    }

    @Test
    void otherClustersCanBeListedAndChanged() throws Exception {
        add(demo);
        try (WorkspaceLock lock = executing(other, add(other))) {
            assertThat(lock).isNotNull();
            assertThat(cli.run("-a", "list_clusters").code()).isZero();
            assertThat(cli.run("-a", "describe_cluster", "-idc", other).code()).isZero();
            assertThat(cli.run("-a", "delete_steps", "clouds", "--yes", "-idc", demo))
                    .isEqualTo(new CommandResult(0, "deleted clouds\n", ""));
            assertThat(cli.run("-a", "terminate_cluster", "-idc", demo).code()).isZero();

            String locked = "Cluster " + other + " of workspace DIR/.runner is locked by process "
                    + ProcessHandle.current().pid() + " (run, since " + CliFixture.NOW
                    + "). Wait for it to end, or stop it.\n";
            assertThat(cli.run("-a", "delete_steps", "clouds", "--yes", "-idc", other))
                    .isEqualTo(new CommandResult(5, "", locked));
            assertThat(cli.run("-a", "terminate_cluster", "-idc", other)).isEqualTo(new CommandResult(5, "", locked));
            assertThat(cli.run("-a", "execute_steps", "-idc", other)).isEqualTo(new CommandResult(5, "", locked));
        }
    }

    /** Executing a run again can clear outputs that the other run reads. */
    @Test
    void aRunIsNotExecutedAgainWhileAnotherOneReadsItsResults() throws Exception {
        String read = add(demo);
        String reader = add(other);
        cli.file(
                ".runner/runs/" + reader + "/events.jsonl",
                "{\"time\":\"2026-11-21T03:46:00Z\",\"event\":\"reused\",\"step\":\"words\",\"from\":\"" + read
                        + "\",\"output\":\"/words\",\"despite\":\"\"}\n");
        try (WorkspaceLock lock = executing(other, reader)) {
            assertThat(lock).isNotNull();
            assertThat(cli.run("-a", "execute_steps", "-idc", demo, "--rerun", "words"))
                    .isEqualTo(new CommandResult(
                            5,
                            "",
                            "Run " + read + " of clouds on " + demo + "\nRun " + reader
                                    + " (clouds) is reading results of run " + read + ". Wait for it to end.\n"));
        }
    }

    /** Inputs of the legacy form are links of the same name. */
    @Test
    void aRunDoesNotReplaceTheInputsOfAnotherOne() throws Exception {
        cli.file("one.json", LEGACY.formatted("one")).file("two.json", LEGACY.formatted("two"));
        cli.file("one/frame.png", "1").file("two/frame.png", "2");
        String first = add(other, "one.json");
        try (WorkspaceLock lock = executing(other, first)) {
            assertThat(lock).isNotNull();
            assertThat(cli.run("-a", "add_steps", "-idc", demo, "-steps", "two.json"))
                    .isEqualTo(new CommandResult(
                            5,
                            "",
                            "Run " + first + " (one) reads DIR/one/frame.png under the same name as this run reads"
                                    + " DIR/two/frame.png. Wait for it to end, or rename a file.\n"));
            add(demo, "one.json");
        }
        add(demo, "two.json");
    }
}
