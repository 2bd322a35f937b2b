package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a command selects its cluster. */
final class ClusterChoiceTest {
    private static final String FIRST_DESCRIBED = """
            Cluster local-bb26934c 'demo', WAITING, created 2026-11-21T03:45:12Z
            Workspace DIR/.runner

            No runs.
            """;

    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = SampleFiles.writeTo(new CliFixture(directory));
        create("demo");
    }

    private void create(String name) {
        cli.run("-a", "create_cluster", "-t", "local", "-c", name);
    }

    @Test
    void selectsTheOnlyLiveCluster() {
        assertThat(cli.run("-a", "describe_cluster")).isEqualTo(new CommandResult(0, FIRST_DESCRIBED, ""));
    }

    @Test
    void acceptsAnIdOrAName() {
        create("another");
        CommandResult first = new CommandResult(0, FIRST_DESCRIBED, "");

        assertThat(cli.run("-a", "describe_cluster", "-idc", CliFixture.FIRST_CLUSTER_ID))
                .isEqualTo(first);
        assertThat(cli.run("-a", "describe_cluster", "--cluster_id=" + CliFixture.FIRST_CLUSTER_ID))
                .isEqualTo(first);
        assertThat(cli.run("-a", "describe_cluster", "-c", "demo")).isEqualTo(first);
        assertThat(cli.run("-a", "describe_cluster", "--cname", "demo")).isEqualTo(first);
        assertThat(cli.run("-a", "describe_cluster", "-idc", CliFixture.FIRST_CLUSTER_ID, "-c", "demo"))
                .isEqualTo(first);
    }

    @Test
    void rejectsANameAndAnIdOfDifferentClusters() {
        assertThat(cli.run("-a", "describe_cluster", "-idc", CliFixture.FIRST_CLUSTER_ID, "-c", "another"))
                .isEqualTo(new CommandResult(
                        2, "", "The cluster local-bb26934c is named 'demo', not 'another'. Pass either -idc or -c.\n"));
    }

    @Test
    void refusesToChooseAmongSeveralLiveClusters() {
        create("another");

        assertThat(cli.run("-a", "describe_cluster"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "More than one cluster of DIR/.runner is up: local-8ffa0598 ('another'), local-bb26934c ('demo')."
                                + " Select one with -idc.\n"));
    }

    @Test
    void listsEndedClustersWhenNoneIsLive() {
        create("another");
        cli.run("-a", "terminate_cluster", "-c", "demo");
        cli.run("-a", "terminate_cluster", "-c", "another");
        CommandResult refused = new CommandResult(
                5,
                "",
                "No cluster of DIR/.runner is up. Ended: local-8ffa0598 ('another'), local-bb26934c ('demo'). Select one"
                        + " with -idc, or create one: runner.sh -a create_cluster -t local -c NAME\n");

        assertThat(cli.run("-a", "list_steps")).isEqualTo(refused);
        assertThat(cli.run("-a", "terminate_cluster")).isEqualTo(refused);
    }

    /** As after a local run that has failed. */
    @Test
    void theNewestRunIsReadWithoutALiveCluster() {
        String run = cli.run("-a", "add_steps").out().strip();
        cli.run("-a", "terminate_cluster");
        create("another");

        for (String[] arguments : new String[][] {{"-a", "list_steps"}, {"-a", "list_steps", "--run", run}}) {
            assertThat(cli.run(arguments).out()).startsWith("Run " + run + " of clouds on local-bb26934c:\n");
        }
        assertThat(cli.run("-a", "logs").code()).isZero();
        assertThat(cli.run("-a", "fetch_output").err())
                .isEqualTo("Run " + run
                        + " has no final output yet. See runner.sh -a list_steps -idc local-bb26934c --run " + run
                        + "\n");
        assertThat(cli.run("-a", "list_steps", "-c", "another").err())
                .matches("(?s)Cluster local-[0-9a-f]{8} has no run yet\\..*");
    }

    @Test
    void requiresACluster() {
        CommandResult result = cli.run("-a", "add_steps", "--workspace", "elsewhere");

        assertThat(result)
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "No cluster of DIR/elsewhere is up. Create one: runner.sh -a create_cluster -t local -c NAME"
                                + " --workspace elsewhere\n"));
    }

    @Test
    void suggestsAClusterForAnUnknownIdOrName() {
        assertThat(cli.run("-a", "describe_cluster", "-idc", "local-bb26934d"))
                .isEqualTo(new CommandResult(
                        2,
                        "",
                        "No cluster local-bb26934d in DIR/.runner. Known: local-bb26934c. Did you mean"
                                + " 'local-bb26934c'?\n"));
        assertThat(cli.run("-a", "describe_cluster", "-c", "dmeo"))
                .isEqualTo(new CommandResult(
                        2, "", "No cluster named 'dmeo' in DIR/.runner. Known: demo. Did you mean 'demo'?\n"));
    }

    @Test
    void rejectsAMalformedId() {
        assertThat(cli.run("-a", "describe_cluster", "-idc", "demo"))
                .isEqualTo(new CommandResult(
                        2, "", "-idc 'demo' is not a valid cluster id, such as local-1a2b3c4d or j-ABCDEFGHIJKL.\n"));
    }

    @Test
    void describesAnEndedClusterButAddsNoStepsToIt() {
        cli.run("-a", "terminate_cluster");

        assertThat(cli.run("-a", "describe_cluster", "-c", "demo").out())
                .isEqualTo(FIRST_DESCRIBED.replace("WAITING", "TERMINATED"));
        assertThat(cli.run("-a", "add_steps", "-c", "demo"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "The cluster local-bb26934c ('demo') has ended. Create a new one: runner.sh -a create_cluster -t local"
                                + " -c NAME\n"));
    }

    @Test
    void selectsTheLiveClusterAmongSeveralOfOneName() {
        cli.run("-a", "terminate_cluster");
        create("demo");

        assertThat(cli.run("-a", "describe_cluster", "-c", "demo").out())
                .isEqualTo(FIRST_DESCRIBED.replace(CliFixture.FIRST_CLUSTER_ID, CliFixture.SECOND_CLUSTER_ID));
    }
}
