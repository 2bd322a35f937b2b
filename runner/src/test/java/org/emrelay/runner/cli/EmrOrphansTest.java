package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.ec2.Vpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code list_clusters --orphans} lists and deletes, and what it keeps. */
final class EmrOrphansTest {
    private static final String BUCKET = "emrelay-123456789012-us-east-1-bb26934c-demo";
    private static final String BASE = "emrelay-bb26934c-us-east-1-demo";

    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
    }

    @AfterEach
    void tearDown() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unsupported()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
        emr.close();
    }

    private CommandResult orphans(String... more) {
        String[] all = new String[more.length + 3];
        System.arraycopy(new String[] {"-a", "list_clusters", "--orphans"}, 0, all, 0, 3);
        System.arraycopy(more, 0, all, 3, more.length);
        return emr.run(all);
    }

    /** Creates everything but the cluster. */
    private void failCreation(String... more) {
        emr.aws().faults().add(Fault.denied(), Calls.named("RunJobFlow"));
        String[] options = new String[more.length + 1];
        options[0] = "--keep";
        System.arraycopy(more, 0, options, 1, more.length);
        assertThat(emr.create(options).code()).isEqualTo(4);
        emr.aws().faults().clear();
    }

    @Test
    void listsOrphansOfAFailedCreationAndDeletesThemAfterConfirmation() {
        failCreation();

        CommandResult listed = orphans();

        assertThat(listed.code()).isEqualTo(5);
        assertThat(listed.err()).isEqualTo("Delete 6 orphaned resources? Not a terminal: pass --yes to confirm.\n");
        assertThat(listed.out().replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}Z", "TIME"))
                .startsWith("CLUSTER  CREATED BY")
                .contains(
                        "demo     this workspace  role                    " + BASE + "-service",
                        "demo     this workspace  role                    " + BASE + "-nodes",
                        "demo     this workspace  instance profile        " + BASE + "-nodes",
                        "demo     this workspace  security group          " + BASE + "-primary",
                        "demo     this workspace  security group          " + BASE + "-core",
                        "demo     this workspace  security configuration  " + BASE + " ",
                        "TIME  kept: results and logs, 2.5 KB in 1 object (--delete-bucket deletes it)\n",
                        "TIME  can be deleted\n");
        assertThat(emr.aws().remaining()).hasSize(7);

        emr.cli().withAnswer("y");
        CommandResult removed = orphans();

        assertThat(removed.code()).isZero();
        assertThat(removed.err()).isEqualTo("Delete 6 orphaned resources? [y/N] ");
        assertThat(removed.out())
                .contains("removed role " + BASE + "-service\n", "removed security configuration " + BASE + "\n")
                .endsWith("kept    bucket " + BUCKET + " with results and logs (--delete-bucket deletes it)\n");
        assertThat(emr.aws().remaining()).containsExactly("s3 bucket " + BUCKET);
    }

    @Test
    void deletesBucketsOnlyOnRequest() {
        emr.create();
        emr.terminate();

        assertThat(orphans("--yes").code()).isZero();
        assertThat(emr.aws().remaining()).containsExactly("s3 bucket " + BUCKET);
        emr.aws().clock().advance(Duration.ofHours(2));
        assertThat(orphans("--yes", "--delete-bucket").out()).endsWith("removed bucket " + BUCKET + "\n");
        assertThat(emr.aws().remaining()).isEmpty();
        assertThat(orphans()).isEqualTo(new CommandResult(0, "No orphaned resources.\n", ""));
    }

    @Test
    void deletesOrphansOfAnotherWorkspaceOnlyWhenOld() {
        failCreation();

        CommandResult young = orphans("--yes", "--delete-bucket", "--workspace", "elsewhere");

        assertThat(young.code()).isZero();
        assertThat(young.out())
                .contains("demo     workspace bb26934c", "kept: younger than an hour, or of unknown age")
                .doesNotContain("can be deleted", "removed");
        assertThat(emr.aws().remaining()).hasSize(7);

        emr.aws().clock().advance(Duration.ofHours(2));
        CommandResult old = orphans("--yes", "--delete-bucket", "--workspace", "elsewhere");

        assertThat(old.code()).isZero();
        assertThat(old.err()).isEmpty();
        assertThat(emr.aws().remaining()).containsExactly("s3 bucket " + BUCKET);
        assertThat(emr.cli().path("elsewhere")).doesNotExist();
    }

    /** Another workspace may have kept its results on purpose. */
    @Test
    void deletesBucketsOfOtherWorkspacesOnlyByName() {
        emr.create();
        emr.terminate();
        emr.aws().clock().advance(Duration.ofHours(2));

        CommandResult own = orphans("--yes", "--delete-bucket", "--workspace", "elsewhere");
        assertThat(own.out())
                .endsWith("kept: results and logs, 2.5 KB in 1 object (--bucket " + BUCKET + " deletes it)\n");
        assertThat(orphans("--yes", "--bucket", "other", "--workspace", "elsewhere"))
                .isEqualTo(new CommandResult(
                        2, "", "No orphaned bucket is called 'other'. Orphaned buckets: " + BUCKET + ".\n"));
        assertThat(emr.aws().remaining()).containsExactly("s3 bucket " + BUCKET);

        assertThat(orphans("--yes", "--bucket", BUCKET, "--workspace", "elsewhere")
                        .out())
                .endsWith("removed bucket " + BUCKET + "\n");
        assertThat(emr.aws().remaining()).isEmpty();
    }

    @Test
    void keepsResourcesOfALiveCluster() {
        emr.create();
        emr.aws().clock().advance(Duration.ofMinutes(30));
        int before = emr.aws().remaining().size();

        assertThat(orphans("--yes", "--delete-bucket")).isEqualTo(new CommandResult(0, "No orphaned resources.\n", ""));
        assertThat(emr.aws().remaining()).hasSize(before);
    }

    @Test
    void keepsAClusterThatIsNotListedYet() {
        emr.aws().emr().listingLag(Duration.ofSeconds(60));
        emr.create("--no-wait");

        CommandResult result = orphans("--yes");

        assertThat(result.code()).isZero();
        assertThat(result.out()).endsWith("kept    resources of 'demo' in workspace bb26934c: its cluster exists\n");
        assertThat(emr.aws().emr().clusters().get(0).state()).isIn("STARTING", "BOOTSTRAPPING");
        assertThat(emr.aws().calls().named("TerminateJobFlows")).isEmpty();
    }

    @Test
    void keepsForeignResourcesWithSimilarNames() {
        Vpc vpc = emr.aws().account().vpc();
        emr.aws().account().role(BASE + "-service");
        emr.aws().account().instanceProfile(BASE + "-nodes");
        emr.aws().account().securityGroup(vpc, BASE + "-core");
        emr.aws().account().bucket("emrelay-backups");
        emr.aws().account().bucket("emrelay-123456789012-eu-west-1-bb26934c-demo");
        emr.aws().clock().advance(Duration.ofHours(2));

        assertThat(orphans("--yes", "--delete-bucket")).isEqualTo(new CommandResult(0, "No orphaned resources.\n", ""));
    }

    @Test
    void readsAllPages() {
        for (int i = 0; i < 120; i++) {
            emr.aws().account().role("a-role-" + i);
        }
        failCreation();

        assertThat(orphans().out()).contains(BASE + "-nodes", BASE + "-service");
        assertThat(emr.aws().calls().named("ListRoles")).hasSize(2);
    }

    @Test
    void warnsAboutResourcesThatCannotBeListed() {
        failCreation();
        emr.aws().faults().deny("iam", "ListRoles");

        CommandResult result = orphans();

        assertThat(result.err()).startsWith("warning: Not checked: roles. Could not list roles. AccessDenied: ");
        assertThat(result.out()).contains(BASE + "-core").doesNotContain(BASE + "-service");
    }

    @Test
    void deletesNothingWhenClustersCannotBeListed() {
        failCreation();
        emr.aws().clock().advance(Duration.ofHours(2));
        emr.aws().faults().deny("elasticmapreduce", "ListClusters");

        CommandResult result = orphans("--yes", "--delete-bucket");

        assertThat(result.code()).isZero();
        assertThat(result.err()).startsWith("warning: The clusters cannot be listed, so nothing is deleted. ");
        assertThat(emr.aws().remaining()).hasSize(7);
    }

    @Test
    void listsOrphansAsJson() {
        failCreation();

        CommandResult result = orphans("--output", "json");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.out())
                .contains("\"cluster\" : \"demo\"", "\"workspace\" : \"bb26934c\"", "\"kind\" : \"instance profile\"")
                .contains("\"removable\" : true", "\"removable\" : false");
    }

    @Test
    void rejectsInvalidOptionCombinations() {
        assertThat(emr.run("-a", "list_clusters", "--yes"))
                .isEqualTo(new CommandResult(2, "", "--yes applies to orphaned resources only: pass --orphans too.\n"));
        assertThat(orphans("--all"))
                .isEqualTo(new CommandResult(2, "", "--orphans does not list clusters: omit --all and --state.\n"));
    }
}
