package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emr.model.DescribeSecurityConfigurationResponse;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Tests the life of a cluster on moto. Moto has security configurations and instance type offerings. It accepts
 * instance fleets but does not list them. It enforces bucket policies and has no TLS, so the cluster file names an
 * existing bucket. It answers unsupported calls with status 500.
 */
@Tag("servers")
final class MotoTest {
    private static final String UNSUPPORTED =
            "HTTP status 500. Check https://health.aws.amazon.com and your network connection, then retry.\n";
    private static final String NOT_CHECKED =
            "warning: Not checked: the release label. Could not describe EMR release emr-7.13.0. "
                    + UNSUPPORTED
                    + "warning: Not checked: the vCPU quotas. Could not get quota L-1216C47A."
                    + " NoSuchResourceException: This service is not available in the current Region. Choose a"
                    + " different Region or a different service.\n";

    /** Moto's caller has an ARN that AWS does not have. */
    private static final String NOT_SIMULATED =
            "warning: Not checked: the caller's permissions. IAM simulates the policies of users and roles, and"
                    + " arn:aws:sts::123456789012:user/moto is neither.\n";

    private static PythonServer process;
    private static ForeignServer server;

    @TempDir
    Path directory;

    private CliFixture prompt;

    @BeforeAll
    static void start() {
        process = PythonServer.start("moto[server,stepfunctions]==5.2.5", "start_moto.py");
        server = new ForeignServer(process.endpoint()).withUsableDefaultVpc().withForeignResources();
    }

    @AfterAll
    static void stop() {
        if (process != null) {
            server.close();
            process.close();
        }
    }

    @Test
    void recognizesOnlySmallFilesByTheirChecksums() throws IOException {
        // Moto leaves the number of parts out of a composite checksum.
        assertThat(server.filesUploadedAgain(directory))
                .containsExactly(
                        "upload of large",
                        "warning: Someone other than Emrelay changed s3://checksums/scripts/2/large. It is uploaded"
                                + " again. Check who can write to the bucket.");
    }

    @Test
    void aClusterIsCreatedAndTerminatedLeavingOnlyItsFilesInTheGivenBucket() {
        Set<String> before = server.inventory();
        prompt = server.prompt(
                directory,
                EmrCliFixture.repositoryFile(EmrCliFixture.CLUSTER_FILE)
                        .replace("\"Tags\":", "\"bucket\": \"theirs\", \"Tags\":"));

        CommandResult created = server.type(prompt, "-a", "create_cluster", "-c", "demo");

        String id = created.out().strip();
        assertThat(id).startsWith("j-");
        assertThat(created)
                .isEqualTo(new CommandResult(
                        0,
                        id + "\n",
                        NOT_CHECKED + "Created cluster " + id
                                + "\nCost per hour, all on demand: $1.39 to $1.88 (us-east-1, bundled prices of 2026-11)."
                                + " Idle timeout: 60 minutes, at most $1.88.\nTerminate it: runner.sh -a terminate_cluster"
                                + " -c demo\nCluster " + id + " is WAITING\nNext: runner.sh -a describe_cluster -idc "
                                + id + "\n"));
        assertThat(server.liveClusters()).containsExactly(id);
        assertThat(securityConfiguration().securityConfiguration())
                .contains("\"MinimumInstanceMetadataServiceVersion\":2");
        assertDescribed(id);
        assertTerminated(id);
        assertThat(server.inventory()).isEqualTo(before);
        assertThat(server.liveClusters()).isEmpty();
        assertThatThrownBy(MotoTest::securityConfiguration).isInstanceOf(EmrException.class);
        assertThat(server.clients()
                        .s3()
                        .listObjectsV2(request -> request.bucket("theirs"))
                        .contents())
                .extracting(S3Object::key)
                .satisfiesExactly(
                        ours -> assertThat(ours).matches("bootstrap-emr/[0-9a-f]{32}/bootstrap-action.sh"),
                        theirs -> assertThat(theirs).isEqualTo("theirs.txt"));
    }

    private static DescribeSecurityConfigurationResponse securityConfiguration() {
        return server.clients()
                .emr()
                .describeSecurityConfiguration(request -> request.name("emrelay-bb26934c-us-east-1-demo"));
    }

    private void assertDescribed(String id) {
        CommandResult described = server.type(prompt, "-a", "describe_cluster", "-c", "demo");
        assertThat(described.code()).isZero();
        assertThat(described.err())
                .isEqualTo("warning: Could not list the instance fleets of cluster " + id + ". " + UNSUPPORTED);
        assertThat(described.out())
                .startsWith("Cluster " + id + " 'demo', WAITING\n")
                .contains("Tag emrelay:workspace = bb26934c\n", "logs: s3://theirs/logs/" + id + "/\n");
        assertThat(server.type(prompt, "-a", "list_clusters", "-t", "emr").out())
                .matches("CLUSTER .*\n" + id + "  demo  WAITING  \\S+  unknown +this workspace\n");
        CommandResult planned = server.type(prompt, "-a", "plan", "-t", "emr", "--check");
        assertThat(planned.code()).isZero();
        assertThat(planned.out()).contains("On AWS, create_cluster creates:");
        assertThat(planned.err()).startsWith(NOT_SIMULATED + NOT_CHECKED);
    }

    private void assertTerminated(String id) {
        CommandResult terminated =
                server.type(prompt, "-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket");
        assertThat(terminated.code()).isZero();
        assertThat(terminated.err()).isEqualTo("Terminating cluster " + id + "\n");
        assertThat(terminated.out().replaceAll("sg-[0-9a-f]{17}", "sg-X").lines())
                .containsExactlyInAnyOrderElementsOf("""
                        removed cluster %s
                        removed instance profile emrelay-bb26934c-us-east-1-demo-nodes
                        removed role emrelay-bb26934c-us-east-1-demo-nodes
                        removed role emrelay-bb26934c-us-east-1-demo-service
                        removed security configuration emrelay-bb26934c-us-east-1-demo
                        removed security group sg-X (emrelay-bb26934c-us-east-1-demo-core)
                        removed security group sg-X (emrelay-bb26934c-us-east-1-demo-primary)
                        """.formatted(id).lines().toList());
        assertThat(server.type(prompt, "-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket"))
                .isEqualTo(new CommandResult(0, "No resources of 'demo' exist.\n", ""));
    }
}
