package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters that never get ready, and people who do not wait for it. */
final class EmrStartTroubleTest {
    private static final String STDERR = """
            + dnf install -y google-noto-sans-cjk-fonts
            Error: Failed to download metadata for repo 'amazonlinux'
            bootstrap-action.sh: no fonts could be installed
            """;

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
    void namesTheNodeTheActionAndTheEndOfItsLogWhenABootstrapActionFails() {
        ClusterScript failing = ClusterScript.ordinary()
                .withBootstrapFailure(1, "CORE", 1, STDERR)
                .withLogsAfter(Duration.ofSeconds(100));
        emr.aws().emr().clusters(name -> failing);

        CommandResult created = emr.create();

        assertThat(created.code()).isEqualTo(4);
        String id = created.out().strip();
        assertThat(created.err())
                .contains("The cluster " + id + " did not start: TERMIN", "BOOTSTRAP_FAILURE")
                .containsPattern("On the node i-[0-9a-f]+, bootstrap action 1 said last \\(s3://[^)]+/stderr.gz\\):\n")
                .contains(STDERR)
                .endsWith("What was made is taken back; its logs stay in the bucket until -a terminate_cluster -c demo"
                        + " --delete-bucket.\n");
        assertThat(emr.aws().remaining()).hasSize(1).allMatch(left -> left.startsWith("s3 bucket "));
        assertThat(emr.terminate("--delete-bucket").code()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();
    }

    @Test
    void saysWhichFleetSpotCapacityDidNotFill() {
        emr.prompt()
                .file(
                        EmrPrompt.CLUSTER_FILE,
                        EmrPrompt.rootFile(EmrPrompt.CLUSTER_FILE)
                                .replace("\"TargetOnDemandCapacity\": 4", "\"TargetSpotCapacity\": 16")
                                .replace(
                                        "\"OnDemandSpecification\": { \"AllocationStrategy\": \"lowest-price\" }",
                                        "\"SpotSpecification\": { \"TimeoutDurationMinutes\": 15, \"TimeoutAction\":"
                                                + " \"TERMINATE_CLUSTER\", \"AllocationStrategy\": \"lowest-price\" }"));
        emr.aws().emr().clusters(name -> ClusterScript.ordinary().withSpotAvailable(4));

        CommandResult created = emr.create();

        assertThat(created.code()).isEqualTo(4);
        assertThat(created.err())
                .contains("Not filled: core 4/16 spot of m5.xlarge, m5a.xlarge, m4.xlarge")
                .contains("More instance types, more subnets, or TimeoutAction SWITCH_TO_ON_DEMAND help.");
        assertThat(emr.terminate("--delete-bucket").code()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();
    }

    @Test
    void switchesToOnDemandWhereTheFileSaysSo() {
        emr.aws().emr().clusters(name -> ClusterScript.ordinary().withSpotAvailable(4));

        assertThat(emr.create().code()).isZero();
    }

    @Test
    void leavesTheClusterOfSomebodyWhoDoesNotWaitAnyLonger() {
        Thread waiting = Thread.currentThread();
        emr.aws().time().after(Duration.ofSeconds(100), waiting::interrupt);

        CommandResult created = emr.create();

        assertThat(Thread.interrupted()).isTrue();
        String id = created.out().strip();
        assertThat(created.code()).isEqualTo(4);
        assertThat(created.err())
                .endsWith("Interrupted. The cluster " + id + " goes on starting, and costs money. See how it does with"
                        + " -a describe_cluster -idc " + id + "; remove it with -a terminate_cluster -c demo.\n");
        assertThat(emr.aws().remaining()).anyMatch(left -> left.startsWith("emr cluster " + id));
        assertThat(emr.terminate("--delete-bucket").code()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();
    }

    @Test
    void saysOnCtrlCWhatIsLeftAndHowToGoOn() {
        try (LeftBehind left =
                new LeftBehind(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), "demo")) {
            assertThat(left.sentence())
                    .isEqualTo("Interrupted. What was made so far stays, and is known: remove it with -a"
                            + " terminate_cluster -c demo, or go on with the same command.");
            left.madeCluster("j-1");
            assertThat(left.sentence())
                    .isEqualTo("Interrupted. The cluster j-1 goes on starting, and costs money. See how it does with -a"
                            + " describe_cluster -idc j-1; remove it with -a terminate_cluster -c demo.");
        }
    }
}
