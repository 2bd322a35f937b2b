package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters that fail to start, and an interrupted wait for a cluster. */
final class EmrStartTroubleTest {
    private static final String STDERR = """
            + dnf install -y google-noto-sans-cjk-fonts
            Error: Failed to download metadata for repo 'amazonlinux'
            bootstrap-action.sh: no fonts could be installed
            """;

    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
    }

    @AfterEach
    void tearDown() {
        emr.close();
    }

    @Test
    void reportsNodeActionAndLogOfAFailedBootstrapAction() {
        ClusterScript failing = ClusterScript.typical()
                .withBootstrapFailure(1, "CORE", 1, STDERR)
                .withLogDelay(Duration.ofSeconds(100));
        emr.aws().emr().scriptClusters(name -> failing);

        CommandResult created = emr.create();

        assertThat(created.code()).isEqualTo(4);
        String id = created.out().strip();
        assertThat(created.err())
                .contains("Cluster " + id + " failed to start: TERMIN", "BOOTSTRAP_FAILURE")
                .containsPattern("On node i-[0-9a-f]+, bootstrap action 1 last wrote \\(s3://[^)]+/stderr.gz\\):\n")
                .contains(STDERR)
                .endsWith("All created resources were deleted. Logs stay in the bucket. Delete it: runner.sh -a"
                        + " terminate_cluster -c demo --delete-bucket\n");
        assertThat(emr.aws().remaining()).hasSize(1).allMatch(left -> left.startsWith("s3 bucket "));
        assertThat(emr.terminate("--delete-bucket").code()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();
    }

    @Test
    void reportsFleetsWithoutSpotCapacity() {
        emr.cli()
                .file(
                        EmrCliFixture.CLUSTER_FILE,
                        EmrCliFixture.repositoryFile(EmrCliFixture.CLUSTER_FILE)
                                .replace("\"TargetOnDemandCapacity\": 4", "\"TargetSpotCapacity\": 16")
                                .replace(
                                        "\"OnDemandSpecification\": { \"AllocationStrategy\": \"lowest-price\" }",
                                        "\"SpotSpecification\": { \"TimeoutDurationMinutes\": 15, \"TimeoutAction\":"
                                                + " \"TERMINATE_CLUSTER\", \"AllocationStrategy\": \"lowest-price\" }"));
        emr.aws().emr().scriptClusters(name -> ClusterScript.typical().withSpotCapacity(4));

        CommandResult created = emr.create();

        assertThat(created.code()).isEqualTo(4);
        assertThat(created.err())
                .contains("Unfilled fleets: core 4/16 spot of m5.xlarge, r5.xlarge")
                .contains("Add instance types or subnets, or set TimeoutAction to SWITCH_TO_ON_DEMAND.");
        assertThat(emr.terminate("--delete-bucket").code()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();
    }

    @Test
    void waitsUntilEmrSeesTheNewSecurityGroups() {
        emr.aws().ec2().setEmrLag(Duration.ofSeconds(45));

        CommandResult created = emr.create();

        assertThat(created.code()).isZero();
        assertThat(created.err()).contains("Waiting until EMR sees the new security groups\n");
    }

    @Test
    void rollsBackWhenEmrDoesNotSeeTheNewSecurityGroupsInAMinute() {
        emr.aws().ec2().setEmrLag(Duration.ofMinutes(5));

        CommandResult created = emr.create();

        assertThat(created.code()).isEqualTo(4);
        assertThat(created.err())
                .containsPattern("ValidationException: The security group 'sg-[0-9a-f]+' does not exist\\.\n")
                .endsWith("Rolled back: all created resources were deleted.\n");
        assertThat(emr.aws().remaining()).isEmpty();
    }

    @Test
    void switchesToOnDemandAfterTheSpotTimeout() {
        emr.aws().emr().scriptClusters(name -> ClusterScript.typical().withSpotCapacity(4));

        assertThat(emr.create().code()).isZero();
    }

    @Test
    void keepsTheClusterOfAnInterruptedWait() {
        Thread waiting = Thread.currentThread();
        emr.aws().clock().schedule(Duration.ofSeconds(100), waiting::interrupt);

        CommandResult created = emr.create();

        assertThat(Thread.interrupted()).isTrue();
        String id = created.out().strip();
        assertThat(created.code()).isEqualTo(4);
        assertThat(created.err())
                .endsWith("Interrupted. Cluster " + id + " is still starting and incurs costs.\nCheck it: runner.sh"
                        + " -a describe_cluster -idc " + id + "\nDelete it: runner.sh -a terminate_cluster -c demo\n");
        assertThat(emr.aws().remaining()).anyMatch(left -> left.startsWith("emr cluster " + id));
        assertThat(emr.terminate("--delete-bucket").code()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();
    }
}
