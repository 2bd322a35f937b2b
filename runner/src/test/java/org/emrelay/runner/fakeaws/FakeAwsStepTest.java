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

/** Tests steps, policies, releases and security configurations of the fake EMR through the SDK. */
class FakeAwsStepTest {
    private final FakeAws aws = FakeAws.start();
    private final ClusterRequests requests = new ClusterRequests(aws);
    private final SdkClients clients = new SdkClients(aws);
    private final EmrClient emr = clients.emr();

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    private void advance(int seconds) {
        aws.clock().advance(Duration.ofSeconds(seconds));
    }

    private String waitingCluster(int concurrency) {
        String id = emr.runJobFlow(requests.request("demo")
                        .stepConcurrencyLevel(concurrency)
                        .build())
                .jobFlowId();
        advance(300);
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

    /** The states of all steps, newest first. */
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
    void stepsRunSequentially() {
        aws.emr().scriptSteps(name -> StepScript.completesAfter(Duration.ofSeconds(40)));
        String cluster = waitingCluster(1);
        add(cluster, ActionOnFailure.CONTINUE, "a", "b");

        assertThat(states(cluster)).containsExactly("b PENDING", "a RUNNING");
        assertThat(clusterState(cluster)).isEqualTo(ClusterState.RUNNING);
        advance(40);
        assertThat(states(cluster)).containsExactly("b RUNNING", "a COMPLETED");
        advance(40);
        assertThat(states(cluster)).containsExactly("b COMPLETED", "a COMPLETED");
        assertThat(clusterState(cluster)).isEqualTo(ClusterState.WAITING);
    }

    @Test
    void packagesAreNotFoundWithoutARouteToTheInternet() {
        String cluster = waitingCluster(1);
        StepConfig step = StepConfig.builder()
                .name("a")
                .actionOnFailure(ActionOnFailure.CONTINUE)
                .hadoopJarStep(jar ->
                        jar.jar("command-runner.jar").args("spark-submit", "--packages", "org.example:dates:1.0", "a"))
                .build();

        emr.addJobFlowSteps(request -> request.jobFlowId(cluster).steps(step));
        advance(600);
        assertThat(states(cluster)).containsExactly("a COMPLETED");

        aws.account().removeInternetRoute(requests.vpc());
        emr.addJobFlowSteps(request -> request.jobFlowId(cluster).steps(step));
        advance(600);
        assertThat(states(cluster)).containsExactly("a FAILED", "a COMPLETED");
    }

    @Test
    void stepsRunConcurrentlyUpToTheConcurrencyLevel() {
        String cluster = waitingCluster(2);
        add(cluster, ActionOnFailure.CONTINUE, "a", "b", "c");

        assertThat(states(cluster)).containsExactly("c PENDING", "b RUNNING", "a RUNNING");
        EmrException rejection =
                catchThrowableOfType(EmrException.class, () -> add(cluster, ActionOnFailure.CANCEL_AND_WAIT, "d"));
        assertThat(rejection.awsErrorDetails().errorMessage())
                .isEqualTo(
                        "ActionOnFailure CANCEL_AND_WAIT is not supported when StepConcurrencyLevel is greater than 1."
                                + " Use CONTINUE.");
    }

    @Test
    void actionOnFailureDecidesWhatFollowsAFailure() {
        aws.emr().scriptSteps(name -> StepScript.failsAfter(Duration.ofSeconds(5), "Exception: " + name));
        String waiting = waitingCluster(1);
        List<String> ids = add(waiting, ActionOnFailure.CANCEL_AND_WAIT, "a", "b");
        String ending = waitingCluster(1);
        add(ending, ActionOnFailure.TERMINATE_CLUSTER, "a", "b");

        advance(5);

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
        advance(60);
        assertThat(clusterState(ending)).isEqualTo(ClusterState.TERMINATED_WITH_ERRORS);
    }

    @Test
    void theNextStepStartsAfterACancelledStep() {
        String cluster = waitingCluster(1);
        List<String> ids = add(cluster, ActionOnFailure.CANCEL_AND_WAIT, "a", "b", "c");

        List<CancelStepsInfo> infos = emr.cancelSteps(
                        request -> request.clusterId(cluster).stepIds(ids.get(0), ids.get(2)))
                .cancelStepsInfoList();

        assertThat(infos).extracting(CancelStepsInfo::statusAsString).containsExactly("SUBMITTED", "SUBMITTED");
        assertThat(states(cluster)).containsExactly("c CANCELLED", "b PENDING", "a CANCEL_PENDING");
        advance(10);
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
        InvalidRequestException rejection = catchThrowableOfType(
                InvalidRequestException.class,
                () -> emr.listSteps(request -> request.clusterId(cluster).stepIds(ids.subList(0, 11))));
        assertThat(rejection.awsErrorDetails().errorMessage()).isEqualTo("Only 10 step ids may be specified.");
    }

    @Test
    void theApplicationOfACancelledStepRunsUntilKilledByTag() {
        aws.emr().scriptSteps(name -> StepScript.completesAfter(Duration.ofSeconds(20)));
        String cluster = waitingCluster(1);
        List<String> ids = emr.addJobFlowSteps(
                        request -> request.jobFlowId(cluster).steps(tagged("run/a/1", "ours")))
                .stepIds();
        emr.cancelSteps(request -> request.clusterId(cluster).stepIds(ids));
        advance(60);

        assertThat(states(cluster)).containsExactly("run/a/1 CANCELLED");
        assertThat(aws.emr().yarn().running()).containsExactly("run/a/1");
        emr.addJobFlowSteps(request -> request.jobFlowId(cluster).steps(tagged("run/a/2", "ours-too")));
        assertThat(aws.emr().yarn().overlappingAttempts()).containsExactly("run/a/2 started while run/a/1 was running");
        emr.addJobFlowSteps(request -> request.jobFlowId(cluster)
                .steps(StepConfig.builder()
                        .name("run/a/1/end")
                        .actionOnFailure(ActionOnFailure.CONTINUE)
                        .hadoopJarStep(jar ->
                                jar.jar("command-runner.jar").args("bash", "-c", "…", "end-application", "tag", "ours"))
                        .build()));
        advance(60);
        assertThat(aws.emr().yarn().running()).isEmpty();
        assertThat(aws.emr().yarn().startedSteps()).containsExactly("run/a/1", "run/a/2", "run/a/1/end");
    }

    private static StepConfig tagged(String name, String tag) {
        return step(name, ActionOnFailure.CONTINUE).toBuilder()
                .hadoopJarStep(jar ->
                        jar.jar("command-runner.jar").args("spark-submit", "--conf", "spark.yarn.tags=their," + tag))
                .build();
    }

    @Test
    void aNewStepIsListedAfterTheListingLag() {
        String cluster = waitingCluster(1);
        aws.emr().listingLag(Duration.ofSeconds(20));
        List<String> ids = add(cluster, ActionOnFailure.CONTINUE, "a");

        assertThat(states(cluster)).isEmpty();
        assertThat(emr.listSteps(request -> request.clusterId(cluster).stepIds(ids))
                        .steps())
                .hasSize(1);
        advance(20);
        assertThat(states(cluster)).containsExactly("a RUNNING");
    }

    @Test
    void cancelStepsAcceptsAtMost256Ids() {
        String cluster = waitingCluster(1);
        String[] ids = new String[257];
        Arrays.fill(ids, "s-1");

        InvalidRequestException rejection = catchThrowableOfType(
                InvalidRequestException.class,
                () -> emr.cancelSteps(request -> request.clusterId(cluster).stepIds(ids)));

        assertThat(rejection.awsErrorDetails().errorMessage())
                .isEqualTo("Between 1 and 256 step ids must be specified.");
    }

    @Test
    void aSecurityConfigurationInUseCannotBeDeleted() {
        emr.createSecurityConfiguration(request -> request.name("imds")
                .securityConfiguration("{\"InstanceMetadataServiceConfiguration\":"
                        + "{\"MinimumInstanceMetadataServiceVersion\":2,\"HttpPutResponseHopLimit\":1}}"));
        String cluster = emr.runJobFlow(
                        requests.request("demo").securityConfiguration("imds").build())
                .jobFlowId();

        InvalidRequestException rejection = catchThrowableOfType(
                InvalidRequestException.class, () -> emr.deleteSecurityConfiguration(request -> request.name("imds")));
        assertThat(rejection.awsErrorDetails().errorMessage())
                .isEqualTo("Security configuration 'imds' is in use by one or more active clusters.");
        emr.terminateJobFlows(request -> request.jobFlowIds(cluster));
        advance(60);
        assertThat(emr.listSecurityConfigurations().securityConfigurations())
                .extracting(SecurityConfigurationSummary::name)
                .containsExactly("imds");
        emr.deleteSecurityConfiguration(request -> request.name("imds"));
        assertThat(aws.remaining()).isEmpty();
        rejection = catchThrowableOfType(
                InvalidRequestException.class,
                () -> emr.describeSecurityConfiguration(request -> request.name("imds")));
        assertThat(rejection.awsErrorDetails().errorMessage()).isEqualTo("No SecurityConfiguration named imds.");
    }

    @Test
    void releasesAndInstanceTypesAreListed() {
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
    void policiesAndTagsCanChangeOnARunningCluster() {
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
        advance(60);
        assertThat(clusterState(cluster)).isEqualTo(ClusterState.TERMINATING);
    }
}
