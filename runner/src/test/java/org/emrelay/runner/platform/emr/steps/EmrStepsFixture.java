package org.emrelay.runner.platform.emr.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.emrelay.runner.fakeaws.Clients;
import org.emrelay.runner.fakeaws.ClusterRequests;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.Argument;
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

/** A cluster in an AWS of our own, and platforms over it, each as in a process of its own. */
public final class EmrStepsFixture implements AutoCloseable {
    public static final RunId RUN = new RunId("20261121-034512-ab3f");

    public final FakeAws aws = FakeAws.start();
    public final Clients clients = new Clients(aws);
    public final List<String> said = new ArrayList<>();
    public final InMemoryWorkspace workspace = new InMemoryWorkspace();
    String cluster;
    private final ClusterRequests requests;
    private final int concurrency;
    private final List<AwsClients> opened = new ArrayList<>();

    public EmrStepsFixture(int concurrency) {
        this.concurrency = concurrency;
        this.requests = new ClusterRequests(aws);
        this.cluster = create();
        aws.emr().steps(name -> StepScript.completesAfter(Duration.ofSeconds(40)));
        aws.calls().forget();
    }

    private String create() {
        return clients.emr()
                .runJobFlow(requests.request("demo")
                        .stepConcurrencyLevel(concurrency)
                        .build())
                .jobFlowId();
    }

    /** Another cluster, as a user makes one whose last one was to end. */
    public void endAndCreateAgain() {
        clients.emr().terminateJobFlows(request -> request.jobFlowIds(cluster));
        cluster = create();
        ready();
    }

    /** The cluster waits for steps. */
    public EmrStepsFixture ready() {
        aws.time().advance(Duration.ofMinutes(5));
        return this;
    }

    /** As of a new process. */
    public EmrPlatform platform() {
        AwsClients own = new AwsClients(new AwsSettings(
                "us-east-1",
                null,
                aws.endpoint(),
                Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret")));
        opened.add(own);
        AwsRetry patience = new AwsRetry(aws.time(), aws.time()::sleep, new Random(1));
        StepsCluster place = new StepsCluster(cluster, concurrency, "s3n://logs/here/");
        return new EmrPlatform(new AwsContext(own, patience), place, workspace, step -> Optional.empty(), said::add);
    }

    static AttemptId attempt(String step, int number) {
        return new AttemptId(new StepName(step), number);
    }

    static List<AttemptRequest> launches(OnAttemptFailure afterFailure, String... steps) {
        return Arrays.stream(steps)
                .map(step -> launch(attempt(step, 1), afterFailure))
                .toList();
    }

    static AttemptRequest launch(AttemptId attempt, OnAttemptFailure afterFailure) {
        return new AttemptRequest(
                attempt, submission(Map.of(), Argument.literal(attempt.step().value())), new Here(), afterFailure);
    }

    static SparkSubmit submission(Map<String, Argument> conf, Argument... arguments) {
        return new SparkSubmit(
                Argument.of(new Argument.Uploaded("scripts/job.py")),
                null,
                new SparkSubmit.Sizes(null, null, null, null),
                DeployMode.CLUSTER,
                conf,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(arguments));
    }

    /** Where everything lies. */
    static final class Here implements Argument.UriResolver {
        @Override
        public String uploaded(String path) {
            return "s3://bucket/" + path;
        }

        @Override
        public String outputOf(StepName step) {
            return "s3://bucket/output/" + step;
        }

        @Override
        public String workspaceName() {
            return "bucket";
        }
    }

    /** Watches until all have ended. */
    List<AttemptStatus> await(EmrPlatform platform) {
        for (int i = 0; i < 20_000; i++) {
            List<AttemptStatus> statuses = platform.poll(RUN);
            if (statuses.stream().allMatch(AttemptStatus::hasEnded)) {
                return statuses;
            }
            sleep(platform);
        }
        throw new AssertionError(
                "never ended: " + platform.poll(RUN) + "\n" + aws.calls().text());
    }

    void sleep(EmrPlatform platform) {
        try {
            platform.awaitChange(RUN, platform.manner().tick());
        } catch (InterruptedException exception) {
            throw new AssertionError(exception);
        }
    }

    /** Watches for so long. */
    List<AttemptStatus> watch(EmrPlatform platform, int seconds) {
        Duration end = aws.time().elapsed().plusSeconds(seconds);
        while (aws.time().elapsed().compareTo(end) < 0) {
            platform.poll(RUN);
            sleep(platform);
        }
        return platform.poll(RUN);
    }

    /** Such as {@code words/1 Succeeded}, or why it waits. */
    static List<String> words(List<AttemptStatus> statuses) {
        return statuses.stream().map(EmrStepsFixture::words).toList();
    }

    private static String words(AttemptStatus status) {
        if (status.outcome() != null) {
            return status.attempt() + " " + status.outcome();
        }
        String waits = status.waitsFor().isEmpty() ? "" : ": " + status.waitsFor();
        return status.attempt() + (status.started() == null ? " waits" : " runs") + waits;
    }

    /** The names of the steps that EMR started, without the run. */
    public List<String> started() {
        return aws.look(() -> aws.emr().yarn().started()).stream()
                .map(name -> name.replace(RUN + "/", ""))
                .toList();
    }

    public void nothingRanTwice() {
        assertThat(started()).doesNotHaveDuplicates();
        assertThat(aws.look(() -> aws.emr().yarn().overlaps())).isEmpty();
        assertThat(aws.calls().defects()).isEmpty();
        assertThat(aws.calls().unknown()).isEmpty();
    }

    public long calls(String operation) {
        return aws.calls().named(operation).size();
    }

    @Override
    public void close() {
        opened.forEach(AwsClients::close);
        clients.close();
        aws.close();
    }
}
