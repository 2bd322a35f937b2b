package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.ec2.Vpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code list_clusters --orphans} finds of clusters that are gone, and what it leaves alone. */
final class EmrOrphansTest {
    private static final String BUCKET = "emrelay-123456789012-us-east-1-bb26934c-demo";
    private static final String BASE = "emrelay-bb26934c-us-east-1-demo";

    @TempDir
    Path directory;

    private EmrPrompt emr;

    @BeforeEach
    void begin() {
        emr = new EmrPrompt(directory);
    }

    @AfterEach
    void end() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unknown()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        emr.close();
    }

    private CommandResult orphans(String... more) {
        String[] all = new String[more.length + 3];
        System.arraycopy(new String[] {"-a", "list_clusters", "--orphans"}, 0, all, 0, 3);
        System.arraycopy(more, 0, all, 3, more.length);
        return emr.type(all);
    }

    /** All is made but the cluster. */
    private void creationThatFails(String... more) {
        emr.aws().faults().add(Fault.denied(), Calls.named("RunJobFlow"));
        String[] options = new String[more.length + 1];
        options[0] = "--keep";
        System.arraycopy(more, 0, options, 1, more.length);
        assertThat(emr.create(options).code()).isEqualTo(4);
        emr.aws().faults().clear();
    }

    @Test
    void findsWhatACreationLeftAndAsksBeforeItRemovesIt() {
        creationThatFails();

        CommandResult listed = orphans();

        assertThat(listed.code()).isEqualTo(5);
        assertThat(listed.err())
                .isEqualTo("Remove 6 things of clusters that are gone? Nobody can be asked here: say --yes.\n");
        assertThat(listed.out().replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}Z", "TIME"))
                .startsWith("CLUSTER  MADE BY")
                .contains(
                        "demo     this workspace  role                    " + BASE + "-service",
                        "demo     this workspace  role                    " + BASE + "-nodes",
                        "demo     this workspace  instance profile        " + BASE + "-nodes",
                        "demo     this workspace  security group          " + BASE + "-primary",
                        "demo     this workspace  security group          " + BASE + "-core",
                        "demo     this workspace  security configuration  " + BASE + " ",
                        "TIME  stays: results and logs (--delete-bucket removes it)\n",
                        "TIME  may go\n");
        assertThat(emr.aws().remaining()).hasSize(7);

        emr.prompt().answering("y");
        CommandResult removed = orphans();

        assertThat(removed.code()).isZero();
        assertThat(removed.err()).isEqualTo("Remove 6 things of clusters that are gone? [y/N] ");
        assertThat(removed.out())
                .contains("removed role " + BASE + "-service\n", "removed security configuration " + BASE + "\n")
                .endsWith("kept    bucket " + BUCKET + " with results and logs (--delete-bucket removes it)\n");
        assertThat(emr.aws().remaining()).containsExactly("s3 bucket " + BUCKET);
    }

    @Test
    void removesBucketsOnlyWhenThatIsSaid() {
        emr.create();
        emr.terminate();

        assertThat(orphans("--yes").code()).isZero();
        assertThat(emr.aws().remaining()).containsExactly("s3 bucket " + BUCKET);
        emr.aws().time().advance(Duration.ofHours(2));
        assertThat(orphans("--yes", "--delete-bucket").out()).endsWith("removed bucket " + BUCKET + "\n");
        assertThat(emr.aws().remaining()).isEmpty();
        assertThat(orphans()).isEqualTo(new CommandResult(0, "Nothing is left of clusters that are gone.\n", ""));
    }

    @Test
    void leavesWhatAnotherWorkspaceMayBeMakingAndRemovesItWhenItIsOld() {
        creationThatFails();

        CommandResult young = orphans("--yes", "--delete-bucket", "--workspace", "elsewhere");

        assertThat(young.code()).isZero();
        assertThat(young.out())
                .contains("demo     workspace bb26934c", "stays: younger than an hour, or of unknown age")
                .doesNotContain("may go", "removed");
        assertThat(emr.aws().remaining()).hasSize(7);

        emr.aws().time().advance(Duration.ofHours(2));
        CommandResult old = orphans("--yes", "--delete-bucket", "--workspace", "elsewhere");

        assertThat(old.code()).isZero();
        assertThat(old.err()).isEmpty();
        assertThat(emr.aws().remaining()).isEmpty();
        assertThat(emr.prompt().path("elsewhere")).doesNotExist();
    }

    @Test
    void neverTouchesWhatBelongsToAClusterThatIsThere() {
        emr.create();
        emr.aws().time().advance(Duration.ofMinutes(30));
        int there = emr.aws().remaining().size();

        assertThat(orphans("--yes", "--delete-bucket"))
                .isEqualTo(new CommandResult(0, "Nothing is left of clusters that are gone.\n", ""));
        assertThat(emr.aws().remaining()).hasSize(there);
    }

    @Test
    void neverEndsAClusterThatTheListDoesNotShowYet() {
        emr.aws().emr().listingLag(Duration.ofSeconds(60));
        emr.create("--no-wait");

        CommandResult said = orphans("--yes");

        assertThat(said.code()).isZero();
        assertThat(said.out()).endsWith("kept    what is left of 'demo' of workspace bb26934c: its cluster is there\n");
        assertThat(emr.aws().emr().clusters().get(0).state()).isIn("STARTING", "BOOTSTRAPPING");
        assertThat(emr.aws().calls().named("TerminateJobFlows")).isEmpty();
    }

    @Test
    void leavesForeignThingsOfLikeNames() {
        Vpc vpc = emr.aws().account().vpc();
        emr.aws().account().role(BASE + "-service");
        emr.aws().account().instanceProfile(BASE + "-nodes");
        emr.aws().account().securityGroup(vpc, BASE + "-core");
        emr.aws().account().bucket("emrelay-backups");
        emr.aws().account().bucket("emrelay-123456789012-eu-west-1-bb26934c-demo");
        emr.aws().time().advance(Duration.ofHours(2));

        assertThat(orphans("--yes", "--delete-bucket"))
                .isEqualTo(new CommandResult(0, "Nothing is left of clusters that are gone.\n", ""));
    }

    @Test
    void looksAtAllPages() {
        for (int i = 0; i < 120; i++) {
            emr.aws().account().role("a-role-" + i);
        }
        creationThatFails();

        assertThat(orphans().out()).contains(BASE + "-nodes", BASE + "-service");
        assertThat(emr.aws().calls().named("ListRoles")).hasSize(2);
    }

    @Test
    void warnsOfWhatMayNotBeListed() {
        creationThatFails();
        emr.aws().faults().deny("iam", "ListRoles");

        CommandResult said = orphans();

        assertThat(said.err()).startsWith("warning: Not looked at: roles. Could not list the roles. AccessDenied: ");
        assertThat(said.out()).contains(BASE + "-core").doesNotContain(BASE + "-service");
    }

    @Test
    void removesNothingWhereTheClustersMayNotBeListed() {
        creationThatFails();
        emr.aws().time().advance(Duration.ofHours(2));
        emr.aws().faults().deny("elasticmapreduce", "ListClusters");

        CommandResult said = orphans("--yes", "--delete-bucket");

        assertThat(said.code()).isZero();
        assertThat(said.err())
                .startsWith("warning: Whether a cluster is there cannot be known, so nothing is removed. ");
        assertThat(emr.aws().remaining()).hasSize(7);
    }

    @Test
    void tellsAllToScripts() {
        creationThatFails();

        CommandResult said = orphans("--output", "json");

        assertThat(said.code()).isEqualTo(5);
        assertThat(said.out())
                .contains("\"cluster\" : \"demo\"", "\"workspace\" : \"bb26934c\"", "\"kind\" : \"instance profile\"")
                .contains("\"removable\" : true", "\"removable\" : false");
    }

    @Test
    void saysWhichOptionsBelongTogether() {
        assertThat(emr.type("-a", "list_clusters", "--yes"))
                .isEqualTo(new CommandResult(
                        2, "", "--yes says what becomes of things whose cluster is gone: give --orphans too.\n"));
        assertThat(orphans("--all"))
                .isEqualTo(new CommandResult(2, "", "--orphans lists no clusters: leave --all and --state out.\n"));
    }
}
