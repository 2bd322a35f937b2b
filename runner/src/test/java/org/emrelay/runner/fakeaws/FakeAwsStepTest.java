package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.BlockPublicAccessConfiguration;
import software.amazon.awssdk.services.emr.model.CancelStepsInfo;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;
import software.amazon.awssdk.services.emr.model.SecurityConfigurationSummary;
import software.amazon.awssdk.services.emr.model.Step;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.StepSummary;
import software.amazon.awssdk.services.emr.model.SupportedInstanceType;
import software.amazon.awssdk.services.emr.model.Tag;

/** Steps, security configurations and what else EMR has, as the SDK sees it. */
class FakeAwsStepTest {
    private final FakeAws aws = FakeAws.start();
    private final ClusterRequests requests = new ClusterRequests(aws);
    private final Clients clients = new Clients(aws);
    private final EmrClient emr = clients.emr();

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    private void pass(int seconds) {
        aws.time().advance(Duration.ofSeconds(seconds));
    }

    private String waitingCluster(int concurrency) {
        String id = emr.runJobFlow(requests.request("demo")
                        .stepConcurrencyLevel(concurrency)
                        .build())
                .jobFlowId();
        pass(300);
        return id;
    }

    private static StepConfig step(String name, ActionOnFailure action) {
        return StepConfig.builder()
                .name(name)
                .actionOnFailure(action)
                .hadoopJarStep(jar -> jar.jar("command-runner.jar").args("spark-submit", name))
                .build();
    }

    private List<String> add(String cluster, ActionOnFailure action, String... names) {
        List<StepConfig> steps =
                Arrays.stream(names).map(name -> step(name, action)).toList();
        return emr.addJobFlowSteps(request -> request.jobFlowId(cluster).steps(steps))
                .stepIds();
    }

    /** The newest first. */
    private List<String> states(String cluster) {
        return emr.listSteps(request -> request.clusterId(cluster)).steps().stream()
                .map(step -> step.name() + " " + step.status().stateAsString())
                .toList();
    }

    private ClusterState clusterState(String id) {
        return emr.describeCluster(request -> request.clusterId(id))
                .cluster()
                .status()
                .state();
    }

    @Test
    void stepsRunOneAfterTheOther() {
        aws.emr().steps(name -> StepScript.completesAfter(Duration.ofSeconds(40)));
        String cluster = waitingCluster(1);
        add(cluster, ActionOnFailure.CONTINUE, "a", "b");

        assertThat(states(cluster)).containsExactly("b PENDING", "a RUNNING");
        assertThat(clusterState(cluster)).isEqualTo(ClusterState.RUNNING);
        pass(40);
        assertThat(states(cluster)).containsExactly("b RUNNING", "a COMPLETED");
        pass(40);
        assertThat(states(cluster)).containsExactly("b COMPLETED", "a COMPLETED");
        assertThat(clusterState(cluster)).isEqualTo(ClusterState.WAITING);
    }

    @Test
    void asManyRunAtOnceAsTheClusterAllows() {
        String cluster = waitingCluster(2);
        add(cluster, ActionOnFailure.CONTINUE, "a", "b", "c");

        assertThat(states(cluster)).containsExactly("c PENDING", "b RUNNING", "a RUNNING");
        EmrException refused =
                catchThrowableOfType(EmrException.class, () -> add(cluster, ActionOnFailure.CANCEL_AND_WAIT, "d"));
        assertThat(refused.awsErrorDetails().errorMessage())
                .isEqualTo(
                        "ActionOnFailure CANCEL_AND_WAIT is not supported when StepConcurrencyLevel is greater than 1."
                                + " Use CONTINUE.");
    }

    @Test
    void whatFollowsAFailureIsAsTheStepSays() {
        aws.emr().steps(name -> StepScript.failsAfter(Duration.ofSeconds(5), "Exception: " + name));
        String waiting = waitingCluster(1);
        List<String> ids = add(waiting, ActionOnFailure.CANCEL_AND_WAIT, "a", "b");
        String ending = waitingCluster(1);
        add(ending, ActionOnFailure.TERMINATE_CLUSTER, "a", "b");

        pass(5);

        assertThat(states(waiting)).containsExactly("b CANCELLED", "a FAILED");
        assertThat(clusterState(waiting)).isEqualTo(ClusterState.WAITING);
        Step failed = emr.describeStep(request -> request.clusterId(waiting).stepId(ids.get(0)))
                .step();
        assertThat(failed.status().failureDetails().message()).isEqualTo("Exception: a");
        assertThat(failed.status().failureDetails().logFile())
                .isEqualTo("s3n://logs/here/" + waiting + "/steps/" + ids.get(0) + "/stderr.gz");
        assertThat(clients.s3()
                        .listObjectsV2(request ->
                                request.bucket("logs").prefix("here/" + waiting + "/steps/" + ids.get(0) + "/"))
                        .keyCount())
                .isEqualTo(2);
        assertThat(states(ending)).containsExactly("b CANCELLED", "a FAILED");
        pass(60);
        assertThat(clusterState(ending)).isEqualTo(ClusterState.TERMINATED_WITH_ERRORS);
    }

    @Test
    void afterACancelledStepTheNextBegins() {
        String cluster = waitingCluster(1);
        List<String> ids = add(cluster, ActionOnFailure.CANCEL_AND_WAIT, "a", "b", "c");

        List<CancelStepsInfo> infos = emr.cancelSteps(
                        request -> request.clusterId(cluster).stepIds(ids.get(0), ids.get(2)))
                .cancelStepsInfoList();

        assertThat(infos).extracting(CancelStepsInfo::statusAsString).containsExactly("SUBMITTED", "SUBMITTED");
        assertThat(states(cluster)).containsExactly("c CANCELLED", "b PENDING", "a CANCEL_PENDING");
        pass(10);
        assertThat(states(cluster)).containsExactly("c CANCELLED", "b RUNNING", "a CANCELLED");
        assertThat(emr.cancelSteps(request -> request.clusterId(cluster).stepIds(ids.get(0)))
                        .cancelStepsInfoList()
                        .get(0)
                        .statusAsString())
                .isEqualTo("FAILED");
    }

    @Test
    void stepsAreListedByIdAndInPages() {
        String cluster = waitingCluster(1);
        String[] names = new String[60];
        Arrays.setAll(names, i -> "step-" + i);
        List<String> ids = add(cluster, ActionOnFailure.CONTINUE, names);

        assertThat(emr.listStepsPaginator(request -> request.clusterId(cluster)).steps().stream())
                .hasSize(60);
        assertThat(emr.listSteps(request -> request.clusterId(cluster).stepIds(ids.subList(0, 2)))
                        .steps())
                .extracting(StepSummary::name)
                .containsExactly("step-1", "step-0");
        InvalidRequestException refused = catchThrowableOfType(
                InvalidRequestException.class,
                () -> emr.listSteps(request -> request.clusterId(cluster).stepIds(ids.subList(0, 11))));
        assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo("Only 10 step ids may be specified.");
    }

    @Test
    void theApplicationOfACancelledStepLivesOnUntilSomebodyEndsItByItsTag() {
        aws.emr().steps(name -> StepScript.completesAfter(Duration.ofSeconds(20)));
        String cluster = waitingCluster(1);
        List<String> ids = emr.addJobFlowSteps(
                        request -> request.jobFlowId(cluster).steps(tagged("run/a/1", "ours")))
                .stepIds();
        emr.cancelSteps(request -> request.clusterId(cluster).stepIds(ids));
        pass(60);

        assertThat(states(cluster)).containsExactly("run/a/1 CANCELLED");
        assertThat(aws.emr().yarn().living()).containsExactly("run/a/1");
        emr.addJobFlowSteps(request -> request.jobFlowId(cluster).steps(tagged("run/a/2", "ours-too")));
        assertThat(aws.emr().yarn().overlaps()).containsExactly("run/a/2 began while run/a/1 was alive");
        emr.addJobFlowSteps(request -> request.jobFlowId(cluster)
                .steps(StepConfig.builder()
                        .name("run/a/1/end")
                        .actionOnFailure(ActionOnFailure.CONTINUE)
                        .hadoopJarStep(jar ->
                                jar.jar("command-runner.jar").args("bash", "-c", "…", "end-application", "tag", "ours"))
                        .build()));
        pass(60);
        assertThat(aws.emr().yarn().living()).isEmpty();
        assertThat(aws.emr().yarn().started()).containsExactly("run/a/1", "run/a/2", "run/a/1/end");
    }

    private static StepConfig tagged(String name, String tag) {
        return step(name, ActionOnFailure.CONTINUE).toBuilder()
                .hadoopJarStep(jar ->
                        jar.jar("command-runner.jar").args("spark-submit", "--conf", "spark.yarn.tags=their," + tag))
                .build();
    }

    @Test
    void aNewStepIsListedAMomentLater() {
        String cluster = waitingCluster(1);
        aws.emr().listingLag(Duration.ofSeconds(20));
        List<String> ids = add(cluster, ActionOnFailure.CONTINUE, "a");

        assertThat(states(cluster)).isEmpty();
        assertThat(emr.listSteps(request -> request.clusterId(cluster).stepIds(ids))
                        .steps())
                .hasSize(1);
        pass(20);
        assertThat(states(cluster)).containsExactly("a RUNNING");
    }

    @Test
    void noMoreThan256StepsAreCancelledInOneCall() {
        String cluster = waitingCluster(1);
        String[] ids = new String[257];
        Arrays.fill(ids, "s-1");

        InvalidRequestException refused = catchThrowableOfType(
                InvalidRequestException.class,
                () -> emr.cancelSteps(request -> request.clusterId(cluster).stepIds(ids)));

        assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo("Between 1 and 256 step ids must be specified.");
    }

    @Test
    void aSecurityConfigurationInUseStays() {
        emr.createSecurityConfiguration(request -> request.name("imds")
                .securityConfiguration("{\"InstanceMetadataServiceConfiguration\":"
                        + "{\"MinimumInstanceMetadataServiceVersion\":2,\"HttpPutResponseHopLimit\":1}}"));
        String cluster = emr.runJobFlow(
                        requests.request("demo").securityConfiguration("imds").build())
                .jobFlowId();

        InvalidRequestException refused = catchThrowableOfType(
                InvalidRequestException.class, () -> emr.deleteSecurityConfiguration(request -> request.name("imds")));
        assertThat(refused.awsErrorDetails().errorMessage())
                .isEqualTo("Security configuration 'imds' is in use by one or more active clusters.");
        emr.terminateJobFlows(request -> request.jobFlowIds(cluster));
        pass(60);
        assertThat(emr.listSecurityConfigurations().securityConfigurations())
                .extracting(SecurityConfigurationSummary::name)
                .containsExactly("imds");
        emr.deleteSecurityConfiguration(request -> request.name("imds"));
        assertThat(aws.remaining()).isEmpty();
        refused = catchThrowableOfType(
                InvalidRequestException.class,
                () -> emr.describeSecurityConfiguration(request -> request.name("imds")));
        assertThat(refused.awsErrorDetails().errorMessage())
                .isEqualTo("Security configuration with name 'imds' does not exist.");
    }

    @Test
    void releasesAndTypesAreThereToRead() {
        assertThat(emr.listReleaseLabels(request -> request.filters(filters -> filters.prefix("emr-7")))
                        .releaseLabels())
                .contains("emr-7.13.0")
                .doesNotContain("emr-6.15.0");
        assertThat(emr.describeReleaseLabel(request -> request.releaseLabel("emr-7.13.0"))
                        .applications())
                .anyMatch(application -> application.name().equals("Spark")
                        && application.version().equals("3.5.6"));
        List<SupportedInstanceType> types = emr.listSupportedInstanceTypes(
                        request -> request.releaseLabel("emr-7.13.0"))
                .supportedInstanceTypes();
        assertThat(types).anyMatch(type -> type.type().equals("m5.xlarge") && type.memoryGB() == 16.0f);
        BlockPublicAccessConfiguration block =
                emr.getBlockPublicAccessConfiguration(request -> {}).blockPublicAccessConfiguration();
        assertThat(block.blockPublicSecurityGroupRules()).isTrue();
        assertThat(block.permittedPublicSecurityGroupRuleRanges().get(0).minRange())
                .isEqualTo(22);
    }

    @Test
    void policiesChangeWhileTheClusterLives() {
        String cluster = waitingCluster(1);
        emr.putAutoTerminationPolicy(
                request -> request.clusterId(cluster).autoTerminationPolicy(policy -> policy.idleTimeout(60L)));
        emr.putManagedScalingPolicy(request -> request.clusterId(cluster)
                .managedScalingPolicy(policy -> policy.computeLimits(limits -> limits.unitType("InstanceFleetUnits")
                        .minimumCapacityUnits(1)
                        .maximumCapacityUnits(8))));
        emr.addTags(request -> request.resourceId(cluster)
                .tags(Tag.builder().key("k").value("v").build()));

        assertThat(emr.getAutoTerminationPolicy(request -> request.clusterId(cluster))
                        .autoTerminationPolicy()
                        .idleTimeout())
                .isEqualTo(60);
        pass(60);
        assertThat(clusterState(cluster)).isEqualTo(ClusterState.TERMINATING);
    }
}
