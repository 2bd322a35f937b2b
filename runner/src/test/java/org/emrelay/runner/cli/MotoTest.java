package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emr.model.DescribeSecurityConfigurationResponse;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A cluster's life on moto. It has security configurations and type offerings, and takes a cluster with instance fleets without showing them. It keeps
 * to a bucket's policy and speaks no TLS, so the bucket is one that the cluster file gives; what else it lacks it answers with status 500.
 */
@Tag("servers")
final class MotoTest {
    private static final String LACKS =
            "HTTP status 500. Look at https://health.aws.amazon.com and at this machine's network, and say the command again.\n";
    private static final String NOT_CHECKED =
            "warning: Not checked: the release labels. Could not look at the release emr-7.13.0. " + LACKS
                    + "warning: Not checked: the vCPU quotas. Could not look at the quota L-1216C47A."
                    + " NoSuchResourceException: This service is not available in the current Region. Choose a"
                    + " different Region or a different service.\n";

    private static PythonServer process;
    private static ForeignServer server;

    @TempDir
    Path directory;

    private Prompt prompt;

    @BeforeAll
    static void start() {
        process = PythonServer.start("moto[server]==5.2.5", "start_moto.py");
        server = new ForeignServer(process.endpoint()).withWayOut().withThingsOfOthers();
    }

    @AfterAll
    static void stop() {
        if (process != null) {
            server.close();
            process.close();
        }
    }

    @Test
    void livesItsWholeLifeAndLeavesOnlyItsFilesInTheGivenBucket() {
        Set<String> before = server.all();
        prompt = server.prompt(
                directory,
                EmrPrompt.rootFile(EmrPrompt.CLUSTER_FILE).replace("\"Tags\":", "\"bucket\": \"theirs\", \"Tags\":"));

        CommandResult created = server.type(prompt, "-a", "create_cluster", "-c", "demo");

        String id = created.out().strip();
        assertThat(id).startsWith("j-");
        assertThat(created)
                .isEqualTo(new CommandResult(
                        0,
                        id + "\n",
                        NOT_CHECKED + "Next: -a describe_cluster -idc " + id + "\nThe cluster " + id
                                + " is WAITING\n"));
        assertThat(server.clustersUp()).containsExactly(id);
        assertThat(securityConfiguration().securityConfiguration())
                .contains("\"MinimumInstanceMetadataServiceVersion\":2");
        assertIsShown(id);
        assertIsTakenDown(id);
        assertThat(server.all()).isEqualTo(before);
        assertThat(server.clustersUp()).isEmpty();
        assertThatThrownBy(MotoTest::securityConfiguration).isInstanceOf(EmrException.class);
        assertThat(server.clients()
                        .s3()
                        .listObjectsV2(request -> request.bucket("theirs"))
                        .contents())
                .extracting(S3Object::key)
                .satisfiesExactly(
                        ours -> assertThat(ours).matches("bootstrap-emr/[0-9a-f]{16}/bootstrap-action.sh"),
                        theirs -> assertThat(theirs).isEqualTo("theirs.txt"));
    }

    private static DescribeSecurityConfigurationResponse securityConfiguration() {
        return server.clients()
                .emr()
                .describeSecurityConfiguration(request -> request.name("emrelay-bb26934c-us-east-1-demo"));
    }

    private void assertIsShown(String id) {
        CommandResult described = server.type(prompt, "-a", "describe_cluster", "-c", "demo");
        assertThat(described.code()).isZero();
        assertThat(described.err())
                .isEqualTo("warning: Could not look at the fleets of the cluster " + id + ". " + LACKS);
        assertThat(described.out())
                .startsWith("Cluster " + id + " 'demo', WAITING\n")
                .contains("Tag emrelay:workspace = bb26934c\n", "logs: s3://theirs/logs/" + id + "/\n");
        assertThat(server.type(prompt, "-a", "list_clusters", "-t", "emr").out())
                .matches("CLUSTER .*\n" + id + "  demo  WAITING  \\S+  unknown +this workspace\n");
        CommandResult planned = server.type(prompt, "-a", "plan", "-t", "emr", "--check");
        assertThat(planned.code()).isZero();
        assertThat(planned.out()).contains("On AWS, create_cluster makes:");
        assertThat(planned.err()).startsWith(NOT_CHECKED);
    }

    private void assertIsTakenDown(String id) {
        CommandResult gone = server.type(prompt, "-a", "terminate_cluster", "-c", "demo", "--yes", "--delete-bucket");
        assertThat(gone.code()).isZero();
        assertThat(gone.err()).isEqualTo("Ending the cluster " + id + "\n");
        assertThat(gone.out().replaceAll("sg-[0-9a-f]{17}", "sg-X").lines())
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
                .isEqualTo(new CommandResult(0, "Nothing of 'demo' was there any more.\n", ""));
    }
}
