package org.emrelay.runner.platform.emr.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.emrelay.runner.fakeaws.ClusterRequests;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.SdkClients;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.aws.client.AwsClients;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsRetry;
import org.emrelay.runner.platform.aws.client.AwsSettings;
import org.emrelay.runner.run.InMemoryWorkspace;

/** A cluster on the fake AWS, and platforms on it, each as in a process of its own. */
public final class EmrStepsFixture implements AutoCloseable {
    public static final RunId RUN = new RunId("20261121-034512-ab3f");

    public final FakeAws aws = FakeAws.start();
    public final SdkClients clients = new SdkClients(aws);
    public final List<String> notices = new ArrayList<>();
    public final InMemoryWorkspace workspace = new InMemoryWorkspace();
    String cluster;
    private final ClusterRequests clusterRequests;
    private final int concurrency;
    private final List<AwsClients> openClients = new ArrayList<>();

    public EmrStepsFixture(int concurrency) {
        this.concurrency = concurrency;
        this.clusterRequests = new ClusterRequests(aws);
        this.cluster = create();
        aws.emr().scriptSteps(name -> StepScript.completesAfter(Duration.ofSeconds(40)));
        aws.calls().clear();
    }

    private String create() {
        return clients.emr()
                .runJobFlow(clusterRequests
                        .request("demo")
                        .stepConcurrencyLevel(concurrency)
                        .build())
                .jobFlowId();
    }

    /** Terminates the cluster and creates another one, as a user does after a terminated cluster. */
    public void replaceCluster() {
        clients.emr().terminateJobFlows(request -> request.jobFlowIds(cluster));
        cluster = create();
        becomeReady();
    }

    /** Advances the clock until the cluster is WAITING. */
    public EmrStepsFixture becomeReady() {
        aws.clock().advance(Duration.ofMinutes(5));
        return this;
    }

    /** Returns a platform as a new process would create it. */
    public EmrPlatform newPlatform() {
        AwsClients ownClients = new AwsClients(new AwsSettings(
                "us-east-1",
                null,
                aws.endpoint(),
                Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret")));
        openClients.add(ownClients);
        AwsRetry retry = new AwsRetry(aws.clock(), aws.clock()::sleep, new Random(1));
        StepsCluster stepsCluster = new StepsCluster(cluster, concurrency, "s3n://logs/here/");
        return new EmrPlatform(new AwsContext(ownClients, retry), stepsCluster, workspace, notices::add, null);
    }

    static AttemptId attempt(String step, int number) {
        return new AttemptId(new StepName(step), number);
    }

    static List<AttemptRequest> requests(OnAttemptFailure onFailure, String... steps) {
        return Arrays.stream(steps)
                .map(step -> request(attempt(step, 1), onFailure))
                .toList();
    }

    static AttemptRequest request(AttemptId attempt, OnAttemptFailure onFailure) {
        return new AttemptRequest(
                attempt, sparkSubmit(Map.of(), Argument.literal(attempt.step().value())), new FixedUris(), onFailure);
    }

    static SparkSubmit sparkSubmit(Map<String, Argument> conf, Argument... arguments) {
        return sparkSubmit(false, conf, arguments);
    }

    static SparkSubmit sparkSubmit(boolean legacy, Map<String, Argument> conf, Argument... arguments) {
        return new SparkSubmit(
                Argument.of(new Argument.UploadedFile("scripts/job.py")),
                null,
                SparkSettings.<Argument>defaults().withConf(conf),
                List.of(arguments),
                legacy);
    }

    /** Resolves everything below one bucket. */
    static final class FixedUris implements Argument.UriResolver {
        @Override
        public String uploadedUri(String path) {
            return "s3://bucket/" + path;
        }

        @Override
        public String outputUri(StepName step) {
            return "s3://bucket/output/" + step;
        }

        @Override
        public String workspaceName() {
            return "bucket";
        }
    }

    /** The statuses after a refresh. */
    static List<AttemptStatus> poll(EmrPlatform platform) {
        platform.refresh(RUN);
        return platform.statuses(RUN);
    }

    /** Polls until all attempts have ended. */
    List<AttemptStatus> awaitEnd(EmrPlatform platform) {
        for (int i = 0; i < 20_000; i++) {
            List<AttemptStatus> statuses = poll(platform);
            if (statuses.stream().allMatch(AttemptStatus::hasEnded)) {
                return statuses;
            }
            sleep(platform);
        }
        throw new AssertionError(
                "never ended: " + poll(platform) + "\n" + aws.calls().text());
    }

    void sleep(EmrPlatform platform) {
        try {
            platform.awaitChange(RUN, platform.submissionMode().pollInterval());
        } catch (InterruptedException exception) {
            throw new AssertionError(exception);
        }
    }

    /** Polls for the given simulated time. */
    List<AttemptStatus> pollFor(EmrPlatform platform, int seconds) {
        Duration end = aws.clock().elapsed().plusSeconds(seconds);
        while (aws.clock().elapsed().compareTo(end) < 0) {
            platform.refresh(RUN);
            sleep(platform);
        }
        return poll(platform);
    }

    /** For example {@code words/1 Succeeded}, or the reason why it waits. */
    static List<String> describe(List<AttemptStatus> statuses) {
        return statuses.stream().map(EmrStepsFixture::describe).toList();
    }

    private static String describe(AttemptStatus status) {
        if (status.outcome() != null) {
            return status.attempt() + " " + status.outcome();
        }
        String waits = status.pendingReason().isEmpty() ? "" : ": " + status.pendingReason();
        return status.attempt() + (status.started() == null ? " waits" : " runs") + waits;
    }

    /** The names of the started steps, without the run id. */
    public List<String> started() {
        return aws.inspect(() -> aws.emr().yarn().startedSteps()).stream()
                .map(name -> name.replace(RUN + "/", ""))
                .toList();
    }

    public void assertNothingRanTwice() {
        assertThat(started()).doesNotHaveDuplicates();
        assertThat(aws.inspect(() -> aws.emr().yarn().overlappingAttempts())).isEmpty();
        assertThat(aws.calls().defects()).isEmpty();
        assertThat(aws.calls().unsupported()).isEmpty();
    }

    public long calls(String operation) {
        return aws.calls().named(operation).size();
    }

    @Override
    public void close() {
        openClients.forEach(AwsClients::close);
        clients.close();
        aws.close();
    }
}
