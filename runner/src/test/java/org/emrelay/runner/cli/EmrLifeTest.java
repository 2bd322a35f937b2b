package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.report.Quantities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster's lifecycle through the command line, against a fake AWS endpoint. */
final class EmrLifeTest {
    private static final String BUCKET = "emrelay-123456789012-us-east-1-bb26934c-demo";

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
    void createsAClusterAndReportsItsState() {
        CommandResult created = emr.create();

        String id = created.out().strip();
        assertThat(id).matches("j-[A-Z0-9]{13}");
        assertThat(created).isEqualTo(new CommandResult(0, id + "\n", """
                        Waiting for the new IAM role to propagate
                        Created cluster %1$s
                        Cost per hour, all on demand: $1.39 to $1.88 (us-east-1, AWS Price List API of 2026-11-21). Idle timeout: 60 minutes, at most $1.88.
                        Terminate it: runner.sh -a terminate_cluster -c demo
                        STARTING (Provisioning Amazon EC2 capacity): primary 0/1 on demand; core 0/4 on demand; task 0/16 spot
                        BOOTSTRAPPING (Running bootstrap actions): primary 1/1 on demand; core 4/4 on demand; task 0/16 spot
                        BOOTSTRAPPING (Running bootstrap actions): primary 1/1 on demand; core 4/4 on demand; task 16/16 spot
                        Cluster %1$s is WAITING
                        Next: runner.sh -a describe_cluster -idc %1$s
                        """.formatted(id)));
        assertThat(emr.createdClusterCount()).isOne();
        assertNoViolations();
    }

    @Test
    void deletesEverythingItCreated() {
        String id = emr.create().out().strip();

        CommandResult terminated = emr.terminate("--delete-bucket");

        assertThat(terminated.code()).isZero();
        assertThat(terminated.out().replaceAll("sg-[0-9a-f]{17}", "sg-X").lines())
                .containsExactlyInAnyOrderElementsOf(
                        """
                        removed bucket %s
                        removed cluster %s
                        removed instance profile emrelay-bb26934c-us-east-1-demo-nodes
                        removed role emrelay-bb26934c-us-east-1-demo-nodes
                        removed role emrelay-bb26934c-us-east-1-demo-service
                        removed security configuration emrelay-bb26934c-us-east-1-demo
                        removed security group sg-X (emrelay-bb26934c-us-east-1-demo-core)
                        removed security group sg-X (emrelay-bb26934c-us-east-1-demo-primary)
                        """.formatted(BUCKET, id).lines().toList());
        assertThat(terminated.err()).isEqualTo("""
                        Terminating cluster %1$s
                        Cluster %1$s is TERMINATING: waiting for its instances to terminate
                        """.formatted(id));
        assertThat(emr.aws().remaining()).isEmpty();
        assertNoViolations();
    }

    @Test
    void keepsTheBucketByDefaultAndCanBeRepeated() {
        emr.create();

        assertThat(emr.terminate().out())
                .endsWith("kept    bucket " + BUCKET + " with results and logs (--delete-bucket deletes it)\n");
        assertThat(emr.aws().remaining()).containsExactly("s3 bucket " + BUCKET);
        assertThat(emr.terminate())
                .isEqualTo(new CommandResult(
                        0,
                        "No resources of 'demo' exist.\nkept    bucket " + BUCKET
                                + " with results and logs (--delete-bucket deletes it)\n",
                        ""));
        assertThat(emr.terminate("--delete-bucket"))
                .isEqualTo(new CommandResult(0, "removed bucket " + BUCKET + "\n", ""));
        assertThat(emr.terminate("--delete-bucket"))
                .isEqualTo(new CommandResult(0, "No resources of 'demo' exist.\n", ""));
        assertThat(emr.aws().remaining()).isEmpty();
        assertNoViolations();
    }

    @Test
    void doesNotJournalTheDeletionOfAnotherWorkspacesCluster() throws IOException {
        String theirs = emr.create().out().strip();
        emr.deleteResourceJournals();
        Files.writeString(emr.cli().path(".runner/cluster-fleet/workspace-id"), "0badcafe\n");
        String own = emr.create().out().strip();
        Path journal = emr.cli().path(".runner/cluster-fleet/emr-us-east-1@demo.jsonl");
        String before = Files.readString(journal);

        CommandResult terminated = emr.run("-a", "terminate_cluster", "-idc", theirs, "--yes", "--delete-bucket");

        assertThat(terminated.code()).isZero();
        assertThat(terminated.out())
                .contains("removed cluster " + theirs + "\n")
                .doesNotContain(own);
        assertThat(journal).hasContent(before);
        assertThat(emr.terminate("--delete-bucket").out()).contains("removed cluster " + own + "\n");
        assertThat(emr.aws().remaining()).isEmpty();
        assertNoViolations();
    }

    @Test
    void listsAndDescribesTheCluster() {
        String id = emr.create().out().strip();

        CommandResult listed = emr.run("-a", "list_clusters", "-t", "emr");
        CommandResult described = emr.run("-a", "describe_cluster", "-c", "demo");

        assertThat(withoutCost(listed.out())).isEqualTo("""
                        CLUSTER          NAME  STATE    CREATED               COST SO FAR  CREATED BY
                        %s  demo  WAITING  %s  about $X  this workspace
                        """.formatted(id, createdAt()));
        assertThat(listed.err())
                .isEqualTo("Costs include EC2, EMR and EBS, not data transfer. The basis of a cost: runner.sh -a"
                        + " describe_cluster -idc ID\n");
        assertThat(withoutCost(described.out()))
                .startsWith("Cluster " + id + " 'demo', WAITING (Cluster ready to run steps.)\nCreated " + createdAt())
                .contains("""
                        Release emr-7.13.0
                        Cost per hour: about $0.50 on demand, about $0.51 spot (6 instances)
                        Cost so far: about $X (EC2, EMR and EBS in us-east-1, AWS Price List API of 2026-11-21, spot at a constant price)
                        Fleet primary 1/1 on demand, RUNNING
                        """)
                .contains("""
                        console: https://us-east-1.console.aws.amazon.com/emr/home?region=us-east-1#/clusterDetails/%1$s
                        spark history: https://us-east-1.console.aws.amazon.com/emr/home?region=us-east-1#/clusterDetails/%1$s (under Applications: Spark History Server)
                        logs: s3://%2$s/logs/%1$s/
                        """.formatted(id, BUCKET))
                .contains("Fleet task 16/16 spot, RUNNING\n", "Tag emrelay:cluster = demo\n");
        assertNoViolations();
    }

    @Test
    void reportsTheCostOfATerminatedCluster() {
        String id = emr.create().out().strip();
        emr.terminate();

        assertThat(emr.run("-a", "describe_cluster", "-idc", id, "-t", "emr", "--output", "json")
                        .out())
                .contains("\"cost_per_hour\" : 0.0,\n  \"cost_so_far\" : 0.0")
                .contains("\"machines\" : 0,");
        assertNoViolations();
    }

    @Test
    void estimatesFromFleetsWhenInstancesCannotBeListed() {
        emr.create();
        emr.aws().faults().add(Fault.error(400, "UnknownOperationException", ""), Calls.named("ListInstances"));

        CommandResult described = emr.run("-a", "describe_cluster", "-c", "demo");

        assertThat(described.out()).contains("(from fleet units)\nCost so far: about $0.0");
        assertThat(described.err()).isEmpty();
        assertThat(emr.run("-a", "list_clusters", "-t", "emr").out()).contains("unknown      this workspace");
    }

    /** Retry delays are random, and with them the cluster's uptime and cost. */
    private static String withoutCost(String text) {
        return text.replaceAll("(?m)(Cost so far: about |WAITING .* about )\\$0\\.0[1-9]", "$1\\$X");
    }

    private String createdAt() {
        return Quantities.time(emr.aws().calls().named("RunJobFlow").stream()
                .filter(call -> call.succeeded())
                .findFirst()
                .orElseThrow()
                .startedAt());
    }

    @Test
    void refusesAProtectedClusterWithoutForce() {
        emr.cli()
                .file(
                        EmrCliFixture.CLUSTER_FILE,
                        EmrCliFixture.repositoryFile(EmrCliFixture.CLUSTER_FILE)
                                .replace("\"Tags\":", "\"TerminationProtected\": true, \"Tags\":"));
        String id = emr.create().out().strip();

        assertThat(emr.terminate("--delete-bucket"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "Termination protection is enabled for cluster " + id
                                + ". Pass --force to terminate it anyway.\n"));
        assertThat(emr.terminate("--delete-bucket", "--force").code()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();
        assertNoViolations();
    }

    private void assertNoViolations() {
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unsupported()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
    }
}
