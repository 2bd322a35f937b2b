package org.sparkpipelines.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkpipelines.runner.cli.Prompt.Said;

/** A cluster's whole life by the commands that users type, against an AWS on the wire. */
final class EmrLifeTest {
    private static final String BUCKET = "spark-pipelines-123456789012-us-east-1-bb26934c-demo";

    @TempDir
    Path directory;

    private EmrPrompt emr;

    @BeforeEach
    void begin() {
        emr = new EmrPrompt(directory);
    }

    @AfterEach
    void end() {
        emr.close();
    }

    @Test
    void createsAClusterAndSaysWhyItWaits() {
        Said created = emr.create();

        String id = created.out().strip();
        assertThat(id).matches("j-[A-Z0-9]{13}");
        assertThat(created).isEqualTo(new Said(0, id + "\n", """
                        AWS does not know the new role or profile everywhere yet: asking again until it does
                        Next: -a describe_cluster -idc %1$s
                        STARTING (Provisioning Amazon EC2 capacity): primary 0/1 on demand; core 0/4 on demand; task 0/16 spot
                        BOOTSTRAPPING (Running bootstrap actions): primary 1/1 on demand; core 4/4 on demand; task 0/16 spot
                        BOOTSTRAPPING (Running bootstrap actions): primary 1/1 on demand; core 4/4 on demand; task 16/16 spot
                        The cluster %1$s is WAITING
                        """.formatted(id)));
        assertThat(emr.clustersEver()).isOne();
        assertNothingStrange();
    }

    @Test
    void takesDownAllThatItMade() {
        String id = emr.create().out().strip();

        Said gone = emr.terminate("--delete-bucket");

        assertThat(gone.code()).isZero();
        assertThat(gone.out().replaceAll("sg-[0-9a-f]{17}", "sg-X").lines())
                .containsExactlyInAnyOrderElementsOf(
                        """
                        removed bucket %s
                        removed cluster %s
                        removed instance profile spark-pipelines-bb26934c-us-east-1-demo-nodes
                        removed role spark-pipelines-bb26934c-us-east-1-demo-nodes
                        removed role spark-pipelines-bb26934c-us-east-1-demo-service
                        removed security configuration spark-pipelines-bb26934c-us-east-1-demo
                        removed security group sg-X (spark-pipelines-bb26934c-us-east-1-demo-core)
                        removed security group sg-X (spark-pipelines-bb26934c-us-east-1-demo-primary)
                        """.formatted(BUCKET, id).lines().toList());
        assertThat(gone.err()).isEqualTo("""
                        Ending the cluster %1$s
                        The cluster %1$s is TERMINATING: its machines go first
                        """.formatted(id));
        assertThat(emr.aws().remaining()).isEmpty();
        assertNothingStrange();
    }

    @Test
    void keepsTheBucketUnlessItIsToGoAndMayBeRepeated() {
        emr.create();

        assertThat(emr.terminate().out())
                .endsWith("kept    bucket " + BUCKET + " with results and logs (--delete-bucket removes it)\n");
        assertThat(emr.aws().remaining()).containsExactly("s3 bucket " + BUCKET);
        assertThat(emr.terminate())
                .isEqualTo(new Said(
                        0,
                        "Nothing of 'demo' was there any more.\nkept    bucket " + BUCKET
                                + " with results and logs (--delete-bucket removes it)\n",
                        ""));
        assertThat(emr.terminate("--delete-bucket")).isEqualTo(new Said(0, "removed bucket " + BUCKET + "\n", ""));
        assertThat(emr.terminate("--delete-bucket"))
                .isEqualTo(new Said(0, "Nothing of 'demo' was there any more.\n", ""));
        assertThat(emr.aws().remaining()).isEmpty();
        assertNothingStrange();
    }

    @Test
    void listsAndDescribesTheCluster() {
        String id = emr.create().out().strip();

        assertThat(emr.type("-a", "list_clusters", "-t", "emr").out()).isEqualTo("""
                        CLUSTER          NAME  STATE    CREATED               MADE BY
                        %s  demo  WAITING  %s  this workspace
                        """.formatted(id, createdAt()));
        assertThat(emr.type("-a", "describe_cluster", "-c", "demo").out())
                .startsWith("Cluster " + id + " 'demo', WAITING (Cluster ready to run steps.)\nCreated " + createdAt())
                .contains("Fleet task 16/16 spot, RUNNING\n", "Tag spark-pipelines:cluster = demo\n");
        assertNothingStrange();
    }

    private String createdAt() {
        return ListClustersAction.toTheSecond(emr.aws().calls().named("RunJobFlow").stream()
                .filter(call -> call.succeeded())
                .findFirst()
                .orElseThrow()
                .startedAt());
    }

    @Test
    void refusesAProtectedClusterUnlessItIsForced() {
        emr.prompt()
                .file(
                        EmrPrompt.CLUSTER_FILE,
                        EmrPrompt.rootFile(EmrPrompt.CLUSTER_FILE)
                                .replace("\"Tags\":", "\"TerminationProtected\": true, \"Tags\":"));
        String id = emr.create().out().strip();

        assertThat(emr.terminate("--delete-bucket"))
                .isEqualTo(new Said(
                        5,
                        "",
                        "The cluster " + id
                                + " is protected against being ended. End it all the same with --force.\n"));
        assertThat(emr.terminate("--delete-bucket", "--force").code()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();
        assertNothingStrange();
    }

    private void assertNothingStrange() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unknown()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
    }
}
