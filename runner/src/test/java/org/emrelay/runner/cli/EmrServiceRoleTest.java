package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.emrelay.runner.Sampling;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.CrashPoint;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.emrelay.runner.fakeaws.emr.FakeCluster;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** EMR accepts RunJobFlow with a service role that it does not see yet, and refuses the cluster afterwards. */
final class EmrServiceRoleTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String ROLE = "arn:aws:iam::123456789012:role/emrelay-bb26934c-us-east-1-demo-service";
    private static final String REFUSAL =
            "VALIDATION_ERROR: Service role " + ROLE + " has insufficient EC2 permissions";
    private static final String REMEDY = "A new service role reaches EMR up to a minute after its creation: create the"
            + " cluster again. If it is refused again, check the policies of the role.";
    private static final ClusterScript QUICK =
            ClusterScript.typical().withPhases(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(20));

    @RegisterExtension
    static final Sampling CASES = Sampling.of("refused service roles");

    @TempDir
    Path directory;

    private EmrCliFixture start(Duration policyDelay) throws Exception {
        EmrCliFixture emr = new EmrCliFixture(Files.createTempDirectory(directory, "at"));
        emr.aws().emr().scriptClusters(name -> QUICK);
        emr.aws().iam().setPolicyDelay(policyDelay);
        return emr;
    }

    private static FakeCluster cluster(EmrCliFixture emr, int index) {
        return emr.aws().inspect(() -> emr.aws().emr().clusters().get(index));
    }

    private static void assertClean(EmrCliFixture emr) {
        assertThat(emr.terminate("--delete-bucket").code()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();
        assertThat(emr.aws().foreignChanges()).isEmpty();
        assertThat(emr.aws().calls().unsupported()).isEmpty();
        assertThat(emr.aws().calls().defects()).isEmpty();
    }

    @Test
    void createsTheClusterOnceMore() throws Exception {
        try (EmrCliFixture emr = start(LONG)) {
            CommandResult created = emr.create();

            String refused = cluster(emr, 0).id();
            String id = cluster(emr, 1).id();
            assertThat(created).isEqualTo(new CommandResult(0, id + "\n", """
                            Waiting for the new IAM role to propagate
                            Created cluster %1$s
                            Cost per hour, all on demand: $1.39 to $1.88 (us-east-1, AWS Price List API of 2026-11-21). Idle timeout: 60 minutes, at most $1.88.
                            Terminate it: runner.sh -a terminate_cluster -c demo
                            STARTING (Provisioning Amazon EC2 capacity): primary 0/1 on demand; core 0/4 on demand; task 0/16 spot
                            EMR did not see the new service role of cluster %1$s yet: creating the cluster once more when it has ended
                            Created cluster %2$s
                            Cost per hour, all on demand: $1.39 to $1.88 (us-east-1, AWS Price List API of 2026-11-21). Idle timeout: 60 minutes, at most $1.88.
                            Terminate it: runner.sh -a terminate_cluster -c demo
                            STARTING (Provisioning Amazon EC2 capacity): primary 0/1 on demand; core 0/4 on demand; task 0/16 spot
                            BOOTSTRAPPING (Running bootstrap actions): primary 1/1 on demand; core 4/4 on demand; task 16/16 spot
                            Cluster %2$s is WAITING
                            Next: runner.sh -a describe_cluster -idc %2$s
                            """.formatted(refused, id)));
            assertThat(cluster(emr, 0).name()).isNotEqualTo(cluster(emr, 1).name());
            assertThat(emr.refusedClusterCount()).isOne();
            assertThat(emr.createdClusterCount()).isOne();
            assertClean(emr);
        }
    }

    @Test
    void createsItOnlyOnceMore() throws Exception {
        try (EmrCliFixture emr = start(Duration.ofMinutes(10))) {
            CommandResult created = emr.create();

            String id = cluster(emr, 1).id();
            assertThat(created.code()).isEqualTo(4);
            assertThat(created.out()).isEqualTo(id + "\n");
            assertThat(created.err())
                    .endsWith("Cluster " + id + " failed to start: TERMINATING, " + REFUSAL + ". " + REMEDY
                            + "\nAll created resources were deleted. Logs stay in the bucket. Delete it: runner.sh -a"
                            + " terminate_cluster -c demo --delete-bucket\n");
            assertThat(emr.refusedClusterCount()).isEqualTo(2);
            assertClean(emr);
        }
    }

    @Test
    void doesNotCreateAClusterThatWasTerminatedMeanwhile() throws Exception {
        try (EmrCliFixture emr = start(LONG)) {
            emr.aws().faults().add(Fault.throttled(), Calls.where(call -> terminateOnceEnded(emr, call)));

            CommandResult created = emr.create();

            assertThat(created.code()).isEqualTo(4);
            assertThat(created.err())
                    .contains("has insufficient EC2 permissions. " + REMEDY + "\nAll created resources were deleted.");
            assertThat(emr.refusedClusterCount()).isOne();
            assertThat(emr.createdClusterCount()).isZero();
            assertClean(emr);
        }
    }

    /** Terminates the cluster from elsewhere before the runner sees that it has ended. */
    private static boolean terminateOnceEnded(EmrCliFixture emr, Call call) {
        if (call.operation().equals("DescribeCluster") && cluster(emr, 0).isTerminated()) {
            emr.aws().faults().clear();
            emr.terminate();
        }
        return false;
    }

    @Test
    void theNextCommandExplainsTheRefusalOfAClusterThatNoCommandWaitedFor() throws Exception {
        try (EmrCliFixture emr = start(LONG)) {
            SampleFiles.writeTo(emr.cli());
            String id = emr.create("--no-wait").out().strip();
            emr.aws().clock().advance(Duration.ofMinutes(5));

            CommandResult described = emr.run("-a", "describe_cluster", "-c", "demo");
            CommandResult added = emr.run("-a", "add_steps", "-idc", id);

            assertThat(described.out())
                    .startsWith("Cluster " + id + " 'demo', TERMINATED_WITH_ERRORS (" + REFUSAL + ")\n" + REMEDY
                            + "\nCreated ");
            assertThat(added)
                    .isEqualTo(new CommandResult(
                            5, "", "Cluster " + id + " is TERMINATED_WITH_ERRORS (" + REFUSAL + "). " + REMEDY + "\n"));
            assertThat(emr.create().code()).isZero();
            assertClean(emr);
        }
    }

    @Test
    void submitsTheSameStepsWithTheSecondClusterOfARun() throws Exception {
        try (EmrCliFixture emr = startWithSteps()) {
            CommandResult result = emr.run("-a", "run", "-t", "emr");

            assertThat(result.code()).isZero();
            assertThat(result.out()).contains("Results: DIR/results/clouds/clouds\n");
            assertThat(cluster(emr, 0).isRefused()).isTrue();
            assertThat(cluster(emr, 1).request().trees("Steps").toString())
                    .isEqualTo(cluster(emr, 0).request().trees("Steps").toString());
            assertThat(emr.startedAttempts()).hasSize(3).doesNotHaveDuplicates();
            assertThat(emr.aws().remaining()).hasSize(1).allMatch(left -> left.startsWith("s3 bucket "));
        }
    }

    private EmrCliFixture startWithSteps() throws Exception {
        EmrCliFixture emr = start(LONG);
        SampleFiles.writeTo(emr.cli());
        emr.aws()
                .emr()
                .scriptSteps(name ->
                        StepScript.completesAfter(Duration.ofSeconds(40)).withProgram(emr::writeOutput));
        return emr;
    }

    @Test
    void startsWhateverTheDelayOfTheRole() throws Exception {
        List<Long> seeds = LongStream.rangeClosed(1, 200).boxed().toList();
        for (long seed : CASES.choose(8, seeds)) {
            try (EmrCliFixture emr = start(Duration.ZERO)) {
                emr.aws().iam().seedPolicyDelay(seed);
                emr.aws().iam().setPropagationDelay(Duration.ofMillis(seed * 97 % 15_000));

                assertThat(emr.create().code()).as("seed " + seed).isZero();

                assertThat(emr.createdClusterCount()).as("seed " + seed).isOne();
                assertClean(emr);
            }
        }
    }

    @Test
    void leavesNothingWhereverACreationWithARefusalCrashes() throws Exception {
        crashEverywhere(15, EmrServiceRoleTest::createAndCheck, () -> start(LONG));
    }

    private static void createAndCheck(EmrCliFixture emr, List<String> failures) {
        emr.create();
        if (!emr.aws().isCrashed()) {
            return;
        }
        emr.aws().restartProcess();
        CommandResult again = emr.create();
        if (again.code() != 0 && !again.err().contains("A cluster named 'demo' already exists")) {
            failures.add("second create_cluster: " + again);
        }
        if (emr.createdClusterCount() > 1) {
            failures.add("clusters: " + emr.createdClusterCount());
        }
        check(emr, emr.terminate("--delete-bucket"), failures);
    }

    @Test
    void runsNoStepTwiceWhereverARunWithARefusalCrashes() throws Exception {
        crashEverywhere(15, EmrServiceRoleTest::runAndCheck, this::startWithSteps);
    }

    private static void runAndCheck(EmrCliFixture emr, List<String> failures) {
        emr.run("-a", "run", "-t", "emr");
        if (!emr.aws().isCrashed()) {
            return;
        }
        emr.aws().restartProcess();
        emr.aws().clock().advance(Duration.ofHours(1));
        List<String> started = emr.startedAttempts();
        if (started.stream().distinct().count() < started.size() || emr.createdClusterCount() > 1) {
            failures.add("started " + started + ", clusters " + emr.createdClusterCount());
        }
        check(emr, emr.run("-a", "terminate_cluster", "-c", "clouds", "--yes", "--delete-bucket"), failures);
    }

    private static void check(EmrCliFixture emr, CommandResult terminated, List<String> failures) {
        if (terminated.code() != 0 && !terminated.err().contains("has created nothing on AWS")) {
            failures.add("terminate_cluster: " + terminated);
        }
        if (!emr.aws().remaining().isEmpty() || !emr.aws().foreignChanges().isEmpty()) {
            failures.add("remaining " + emr.aws().remaining() + ", changed "
                    + emr.aws().foreignChanges());
        }
    }

    private interface Start {
        EmrCliFixture start() throws Exception;
    }

    private static void crashEverywhere(int sample, BiConsumer<EmrCliFixture, List<String>> command, Start start)
            throws Exception {
        List<Call> calls;
        try (EmrCliFixture emr = start.start()) {
            command.accept(emr, new ArrayList<>());
            calls = emr.aws().calls().all();
            assertThat(emr.refusedClusterCount()).isOne();
        }
        List<String> failures = new ArrayList<>();
        for (CrashPoint point : CASES.choose(sample, CrashPoint.of(calls))) {
            try (EmrCliFixture emr = start.start()) {
                emr.aws().crashAt(point);
                List<String> found = new ArrayList<>();
                command.accept(emr, found);
                found.forEach(failure -> failures.add("\n" + point + ": " + failure));
            }
        }
        assertThat(failures).isEmpty();
    }
}
