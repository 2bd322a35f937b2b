package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cluster a command means. */
final class ClusterChoiceTest {
    private static final String FIRST_DESCRIBED = """
            Cluster local-bb26934c 'demo', WAITING, created 2026-11-21T03:45:12Z
            Workspace DIR/.runner
            No runs yet.
            """;

    @TempDir
    Path directory;

    private Prompt prompt;

    @BeforeEach
    void layOut() {
        prompt = Pipelines.laidOut(new Prompt(directory));
        create("demo");
    }

    private void create(String name) {
        prompt.type("-a", "create_cluster", "-t", "local", "-c", name);
    }

    @Test
    void meansTheOneThatIsUp() {
        assertThat(prompt.type("-a", "describe_cluster")).isEqualTo(new CommandResult(0, FIRST_DESCRIBED, ""));
    }

    @Test
    void takesAnIdOrAName() {
        create("another");
        CommandResult first = new CommandResult(0, FIRST_DESCRIBED, "");

        assertThat(prompt.type("-a", "describe_cluster", "-idc", Prompt.FIRST)).isEqualTo(first);
        assertThat(prompt.type("-a", "describe_cluster", "--cluster_id=" + Prompt.FIRST))
                .isEqualTo(first);
        assertThat(prompt.type("-a", "describe_cluster", "-c", "demo")).isEqualTo(first);
        assertThat(prompt.type("-a", "describe_cluster", "--cname", "demo")).isEqualTo(first);
        assertThat(prompt.type("-a", "describe_cluster", "-idc", Prompt.FIRST, "-c", "demo"))
                .isEqualTo(first);
    }

    @Test
    void refusesANameAndAnIdOfDifferentClusters() {
        assertThat(prompt.type("-a", "describe_cluster", "-idc", Prompt.FIRST, "-c", "another"))
                .isEqualTo(new CommandResult(
                        2, "", "The cluster local-bb26934c is named 'demo', not 'another': leave -idc or -c out.\n"));
    }

    @Test
    void refusesToChooseAmongSeveral() {
        create("another");

        assertThat(prompt.type("-a", "describe_cluster"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "More than one cluster of DIR/.runner is up: local-8ffa0598 ('another'), local-bb26934c ('demo')."
                                + " Name one with -idc.\n"));
    }

    @Test
    void listsThoseThatHaveEndedWhereNoneIsUp() {
        create("another");
        prompt.type("-a", "terminate_cluster", "-c", "demo");
        prompt.type("-a", "terminate_cluster", "-c", "another");
        CommandResult refused = new CommandResult(
                5,
                "",
                "No cluster of DIR/.runner is up. Ended: local-8ffa0598 ('another'), local-bb26934c ('demo'). Name one"
                        + " with -idc, or make one with -a create_cluster -t local -c NAME.\n");

        assertThat(prompt.type("-a", "list_steps")).isEqualTo(refused);
        assertThat(prompt.type("-a", "terminate_cluster")).isEqualTo(refused);
    }

    @Test
    void asksForAClusterWhereThereIsNone() {
        CommandResult said = prompt.type("-a", "add_steps", "--workspace", "elsewhere");

        assertThat(said)
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "No cluster of DIR/elsewhere is up. Make one with -a create_cluster -t local -c NAME.\n"));
    }

    @Test
    void namesTheNearestForAnIdOrNameThatIsUnknown() {
        assertThat(prompt.type("-a", "describe_cluster", "-idc", "local-bb26934d"))
                .isEqualTo(new CommandResult(
                        2,
                        "",
                        "There is no cluster local-bb26934d in DIR/.runner. Known: local-bb26934c. Did you mean"
                                + " 'local-bb26934c'?\n"));
        assertThat(prompt.type("-a", "describe_cluster", "-c", "dmeo"))
                .isEqualTo(new CommandResult(
                        2, "", "There is no cluster named 'dmeo' in DIR/.runner. Known: demo. Did you mean 'demo'?\n"));
    }

    @Test
    void refusesWhatIsNoIdAtAll() {
        assertThat(prompt.type("-a", "describe_cluster", "-idc", "demo"))
                .isEqualTo(new CommandResult(
                        2, "", "-idc 'demo' is no cluster id: they look like local-1a2b3c4d or j-ABCDEFGHIJKL.\n"));
    }

    @Test
    void showsAnEndedClusterButAddsNothingToIt() {
        prompt.type("-a", "terminate_cluster");

        assertThat(prompt.type("-a", "describe_cluster", "-c", "demo").out())
                .isEqualTo(FIRST_DESCRIBED.replace("WAITING", "TERMINATED"));
        assertThat(prompt.type("-a", "add_steps", "-c", "demo"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "The cluster local-bb26934c ('demo') has ended. Make another one with -a create_cluster -t local"
                                + " -c NAME.\n"));
    }

    @Test
    void meansTheOneThatIsUpAmongThoseOfAName() {
        prompt.type("-a", "terminate_cluster");
        create("demo");

        assertThat(prompt.type("-a", "describe_cluster", "-c", "demo").out())
                .isEqualTo(FIRST_DESCRIBED.replace(Prompt.FIRST, Prompt.SECOND));
    }
}
