package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.emrelay.runner.Sampling;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.emrelay.runner.fakeaws.emr.FakeCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The rollback of a failed creation deletes everything, or names what is left, while AWS itself fails. */
final class EmrRollbackTest {
    private static final ClusterScript QUICK =
            ClusterScript.typical().withPhases(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(20));

    /** The operations whose denial fails a creation early, late, or in the middle. */
    private static final List<String> DENIED = List.of(
            "RunJobFlow",
            "CreateSecurityConfiguration",
            "CreateSecurityGroup",
            "PutBucketPolicy",
            "PutRolePolicy",
            "AddRoleToInstanceProfile");

    @RegisterExtension
    static final Sampling SEEDS = Sampling.of("failing creations");

    @TempDir
    Path directory;

    private EmrCliFixture start() throws Exception {
        EmrCliFixture emr = new EmrCliFixture(Files.createTempDirectory(directory, "at"));
        emr.aws().emr().scriptClusters(name -> QUICK);
        return emr;
    }

    /** EMR creates a cluster, does not answer, and lists the cluster ten minutes later. */
    private EmrCliFixture startWithLateCluster() throws Exception {
        EmrCliFixture emr = start();
        emr.aws().emr().listingLag(Duration.ofMinutes(10));
        emr.aws().faults().add(Fault.responseLost(), Calls.named("RunJobFlow").first(1));
        emr.aws().iam().setPropagationDelay(Duration.ZERO);
        emr.aws().ec2().setEmrLag(Duration.ZERO);

        CommandResult created = emr.create();

        assertThat(created.code()).isEqualTo(4);
        String name = emr.aws().inspect(() -> emr.aws().emr().clusters().get(0).name());
        assertThat(created.err())
                .containsPattern(
                        "The rollback is incomplete: Could not delete .*"
                                + "These may still exist: role emrelay-bb26934c-us-east-1-demo-service, security group"
                                + " emrelay-bb26934c-us-east-1-demo-(core|primary), security group"
                                + " emrelay-bb26934c-us-east-1-demo-(core|primary), security configuration"
                                + " emrelay-bb26934c-us-east-1-demo\\. Delete the rest: runner\\.sh -a terminate_cluster -c demo\n")
                .endsWith("\nEMR did not answer, and lists no cluster named '" + name
                        + "'. If it appears later, terminate it: runner.sh -a terminate_cluster -c demo\n");
        emr.aws().clock().advance(Duration.ofMinutes(10));
        return emr;
    }

    private static FakeCluster late(EmrCliFixture emr) {
        return emr.aws().inspect(() -> emr.aws().emr().clusters().get(0));
    }

    @Test
    void terminateClusterEndsAClusterThatAppearedAfterTheRollback() throws Exception {
        try (EmrCliFixture emr = startWithLateCluster()) {
            assertThat(late(emr).isTerminated()).isFalse();

            CommandResult terminated = emr.terminate("--delete-bucket");

            assertThat(terminated.code()).isZero();
            assertThat(terminated.out()).contains("removed cluster " + late(emr).id() + "\n");
            assertThat(emr.aws().remaining()).isEmpty();
        }
    }

    @Test
    void createClusterEndsAClusterThatAppearedAfterTheRollback() throws Exception {
        try (EmrCliFixture emr = startWithLateCluster()) {
            emr.aws().emr().listingLag(Duration.ZERO);

            CommandResult created = emr.create();

            assertThat(created.code()).isZero();
            assertThat(created.err())
                    .contains(
                            "A cluster of an earlier creation, which was rolled back, has appeared\nTerminating cluster "
                                    + late(emr).id() + "\n");
            assertThat(late(emr).isTerminated()).isTrue();
            assertThat(emr.createdClusterCount()).isEqualTo(2);
            assertThat(emr.terminate("--delete-bucket").code()).isZero();
            assertThat(emr.aws().remaining()).isEmpty();
        }
    }

    @Test
    void listClustersOrphansEndsAClusterThatAppearedAfterTheRollback() throws Exception {
        try (EmrCliFixture emr = startWithLateCluster()) {
            CommandResult orphans = emr.run("-a", "list_clusters", "--orphans", "--yes", "--delete-bucket");

            assertThat(orphans.code()).isZero();
            assertThat(orphans.out())
                    .containsPattern("demo +this workspace +cluster +demo \\[[-0-9a-f]+]")
                    .contains("removed cluster " + late(emr).id() + "\n");
            assertThat(emr.aws().remaining()).isEmpty();
        }
    }

    @Test
    void aRequestThatArrivesAfterTheRollbackCreatesNoCluster() throws Exception {
        try (EmrCliFixture emr = start()) {
            emr.aws().iam().setPropagationDelay(Duration.ZERO);
            emr.aws().ec2().setEmrLag(Duration.ZERO);
            emr.aws()
                    .faults()
                    .add(
                            Fault.requestArrivesLate(Duration.ofMinutes(10)),
                            Calls.named("RunJobFlow").first(1));

            CommandResult created = emr.create();

            assertThat(created.code()).isEqualTo(4);
            assertThat(created.err())
                    .containsPattern(
                            "\nRolled back: all created resources were deleted.\nEMR did not answer, and lists no"
                                    + " cluster named 'demo \\[[-0-9a-f]+]'. If it appears later, terminate it: runner\\.sh -a"
                                    + " terminate_cluster -c demo\n$");
            assertThat(emr.aws().calls().named("RunJobFlow")).hasSize(1);
            emr.aws().clock().advance(Duration.ofMinutes(10));
            assertThat(emr.createdClusterCount()).isZero();
            assertThat(emr.aws().remaining()).isEmpty();
        }
    }

    /** A fifth of all calls take effect, yet fail; new resources are not found at once; a denied call ends the creation. */
    @Test
    void leavesNothingOrNamesItWhenCallsFailAfterTheyTookEffect() throws Exception {
        List<String> failures = new ArrayList<>();
        for (int seed : SEEDS.choose(20, IntStream.rangeClosed(1, 200).boxed().toList())) {
            try (EmrCliFixture emr = start()) {
                Random random = new Random(seed);
                emr.aws().iam().setReadLag(Duration.ofMillis(random.nextInt(10_000)));
                emr.aws().ec2().setReadLag(Duration.ofMillis(random.nextInt(5_000)));
                emr.aws().emr().listingLag(Duration.ofSeconds(random.nextInt(40)));
                emr.aws()
                        .faults()
                        .add(Fault.internalErrorAfterEffect(), Calls.all().withProbability(0.2, seed));
                emr.aws().faults().add(Fault.denied(), Calls.named(DENIED.get(seed % DENIED.size())));

                CommandResult created = emr.create();

                check(seed, emr, created, failures);
                emr.aws().faults().clear();
                CommandResult terminated = emr.terminate("--delete-bucket");
                if (terminated.code() != 0 || !emr.aws().remaining().isEmpty()) {
                    failures.add("\n" + seed + ": " + terminated + " remaining "
                            + emr.aws().remaining());
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    private static void check(int seed, EmrCliFixture emr, CommandResult created, List<String> failures) {
        List<String> unnamed = emr.aws().remaining().stream()
                .filter(left ->
                        !created.err().contains(left.replaceFirst(".* ", "").replaceAll("[()]", "")))
                .toList();
        boolean named = emr.aws().remaining().isEmpty() || created.err().contains("-a terminate_cluster -c demo");
        if (created.code() != 4 || !unnamed.isEmpty() || !named || emr.createdClusterCount() > 1) {
            failures.add("\n" + seed + ": " + created + "\nleft without a message: " + unnamed);
        }
    }
}
