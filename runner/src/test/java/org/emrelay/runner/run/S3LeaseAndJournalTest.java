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
import org.emrelay.runner.fakeaws.SimulatedCrash;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.aws.client.AwsSettings;
import org.emrelay.runner.platform.aws.s3.S3Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lease and journal in S3, with the runner killed at any call and with lost responses. */
final class S3LeaseAndJournalTest {
    private static final int MAX_CALLS = 100;

    private final FakeAws fake = FakeAws.start();
    private final AwsContext aws = new AwsContext(
            new AwsClients(new AwsSettings(
                    "us-east-1",
                    null,
                    fake.endpoint(),
                    Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"))),
            new AwsRetry(fake.clock(), fake.clock()::sleep, new Random(1)));
    private final Map<String, Integer> starts = new TreeMap<>();
    private final Run run = plans().policy(OnFailure.CONTINUE, 1, null)
            .step("words")
            .step("counts", "words")
            .step("other")
            .run();
    private RunFixture fixture = new RunFixture();
    private String prefix = "";

    @BeforeEach
    void createBucket() {
        aws.clients().s3().createBucket(request -> request.bucket("mine"));
    }

    @AfterEach
    void close() {
        aws.clients().close();
        fake.close();
    }

    /** Starts with an empty prefix of the bucket. */
    private void setUp(String name) {
        prefix = name;
        starts.clear();
        fixture = new RunFixture();
        fixture.platform.sequential(2).script("counts", AttemptScript.FAIL, AttemptScript.SUCCEED);
        fixture.platform.onStart(
                request -> starts.merge(request.attempt().step().value(), 1, Integer::sum));
    }

    private SimulatedRunner runner(String host, long pid) {
        S3Workspace workspace = new S3Workspace(aws, "mine", prefix, (what, done, all) -> {}, text -> {});
        return new SimulatedRunner(workspace.versionedStore(), fixture.clock, host, pid);
    }

    private String executeWith(SimulatedRunner runner) {
        try {
            return RunFixture.summary(runner.execute(run, fixture.platform));
        } catch (IOException | InterruptedException | SelectionException exception) {
            throw new AssertionError(exception);
        }
    }

    private String recordedSummary() throws IOException {
        return RunFixture.summary(RunResult.read(run, runner("desk", 9).journals, fixture.platform.workspace()));
    }

    @Test
    void runnerKilledAtAnyCallIsReplacedAndEveryStepRunsOnce() throws IOException {
        setUp("whole");
        String end = executeWith(runner("laptop", 1));
        assertThat(end).isEqualTo("words DONE, counts DONE, other DONE");
        Map<String, Integer> started = Map.copyOf(starts);
        int points = 0;
        for (int call = 1; call < MAX_CALLS && isKilledAt(call, true); call++) {
            points++;
            checkReplaced(end, started, call % 2 == 0);
        }
        for (int call = 1; call < MAX_CALLS && isKilledAt(call, false); call++) {
            points++;
            checkReplaced(end, started, call % 2 == 0);
        }
        System.out.println("lease and journal in S3: killed before and after each call, " + points + " crash points");
        assertThat(points).isGreaterThan(20);
    }

    /** False when the execution ends before this call. */
    private boolean isKilledAt(int call, boolean before) {
        setUp((before ? "before-" : "after-") + call);
        if (before) {
            fake.crashBefore(call);
        } else {
            fake.crashAfter(call);
        }
        try {
            executeWith(runner("laptop", 1));
        } catch (SimulatedCrash died) {
            // Only what the process did before its death counts.
        }
        boolean died = fake.isCrashed();
        fake.restartProcess();
        return died;
    }

    private void checkReplaced(String end, Map<String, Integer> started, boolean sameHost) throws IOException {
        assertThat(executeWith(runner(sameHost ? "laptop" : "desk", 2)))
                .as(prefix)
                .isEqualTo(end);
        assertThat(starts).as(prefix).isEqualTo(started);
        assertThat(fixture.platform.running()).as(prefix).isEmpty();
        assertThat(recordedSummary()).as(prefix).isEqualTo(end);
    }

    @Test
    void lostResponsesAndBusyServersChangeNothing() throws IOException {
        setUp("calm");
        String end = executeWith(runner("laptop", 1));
        Map<String, Integer> started = Map.copyOf(starts);
        fake.faults().add(Fault.responseLost(), Calls.named("PutObject").everyNth(3));
        fake.faults().add(Fault.unavailable(), Calls.of("s3").everyNth(4));
        setUp("storm");

        assertThat(executeWith(runner("laptop", 1))).isEqualTo(end);
        assertThat(starts).isEqualTo(started);
        assertThat(recordedSummary()).isEqualTo(end);
    }
}
