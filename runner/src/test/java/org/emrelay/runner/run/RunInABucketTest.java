package org.emrelay.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.run.Plans.plans;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.ProcessDied;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.aws.client.AwsSettings;
import org.emrelay.runner.platform.aws.s3.S3Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lease and journal as they are written to S3: a runner that dies at any of these calls, and answers that are lost. */
final class RunInABucketTest {
    private static final int MORE_THAN_ALL = 100;

    private final FakeAws fake = FakeAws.start();
    private final AwsContext aws = new AwsContext(
            new AwsClients(new AwsSettings(
                    "us-east-1",
                    null,
                    fake.endpoint(),
                    Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"))),
            new AwsRetry(fake.time(), fake.time()::sleep, new Random(1)));
    private final Map<String, Integer> starts = new TreeMap<>();
    private final Run run = plans().policy(OnFailure.CONTINUE, 1, null)
            .step("words")
            .step("counts", "words")
            .step("other")
            .run();
    private RunFixture stage = new RunFixture();
    private String folder = "";

    @BeforeEach
    void makeTheBucket() {
        aws.clients().s3().createBucket(request -> request.bucket("mine"));
    }

    @AfterEach
    void close() {
        aws.clients().close();
        fake.close();
    }

    /** Nothing has happened in this folder of the bucket. */
    private void setUp(String name) {
        folder = name;
        starts.clear();
        stage = new RunFixture();
        stage.platform.inOrder(2).script("counts", AttemptScript.FAIL, AttemptScript.SUCCEED);
        stage.platform.onStart(launch -> starts.merge(launch.attempt().step().value(), 1, Integer::sum));
    }

    private Runner runner(String host, long pid) {
        S3Workspace workspace = new S3Workspace(aws, "mine", folder, (what, done, all) -> {});
        return new Runner(workspace.shared(), stage.clock, host, pid);
    }

    private String executedBy(Runner runner) {
        try {
            return RunFixture.told(runner.execute(run, stage.platform));
        } catch (IOException | InterruptedException | SelectionException exception) {
            throw new AssertionError(exception);
        }
    }

    private String told() throws IOException {
        return RunFixture.told(
                RunResult.read(run, runner("desk", 9).journals, stage.platform.workspace(), stage.platform));
    }

    @Test
    void aRunnerThatDiesAtAnyCallIsFollowedAndNoStepRunsTwiceOrNotAtAll() throws IOException {
        setUp("whole");
        String end = executedBy(runner("laptop", 1));
        assertThat(end).isEqualTo("words DONE, counts DONE, other DONE");
        Map<String, Integer> started = Map.copyOf(starts);
        int points = 0;
        for (int call = 1; call < MORE_THAN_ALL && dies(call, true); call++) {
            points++;
            checkFollowed(end, started, call % 2 == 0);
        }
        for (int call = 1; call < MORE_THAN_ALL && dies(call, false); call++) {
            points++;
            checkFollowed(end, started, call % 2 == 0);
        }
        System.out.println("lease and journal in S3: died before and after each call, " + points + " points");
        assertThat(points).isGreaterThan(20);
    }

    /** False when it came to its end. */
    private boolean dies(int call, boolean before) {
        setUp((before ? "before-" : "after-") + call);
        if (before) {
            fake.dieBefore(call);
        } else {
            fake.dieAfter(call);
        }
        try {
            executedBy(runner("laptop", 1));
        } catch (ProcessDied died) {
            // What it did is what counts.
        }
        boolean died = fake.isDead();
        fake.revive();
        return died;
    }

    private void checkFollowed(String end, Map<String, Integer> started, boolean here) throws IOException {
        assertThat(executedBy(runner(here ? "laptop" : "desk", 2))).as(folder).isEqualTo(end);
        assertThat(starts).as(folder).isEqualTo(started);
        assertThat(stage.platform.running()).as(folder).isEmpty();
        assertThat(told()).as(folder).isEqualTo(end);
    }

    @Test
    void answersThatAreLostAndServersThatAreBusyChangeNothing() throws IOException {
        setUp("calm");
        String end = executedBy(runner("laptop", 1));
        Map<String, Integer> started = Map.copyOf(starts);
        fake.faults().add(Fault.answerLost(), Calls.named("PutObject").every(3));
        fake.faults().add(Fault.unavailable(), Calls.of("s3").every(4));
        setUp("storm");

        assertThat(executedBy(runner("laptop", 1))).isEqualTo(end);
        assertThat(starts).isEqualTo(started);
        assertThat(told()).isEqualTo(end);
    }
}
