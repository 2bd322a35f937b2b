package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReasonCode;
import software.amazon.awssdk.services.emr.model.ClusterSummary;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.Instance;
import software.amazon.awssdk.services.emr.model.InstanceFleet;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.SpotProvisioningTimeoutAction;

/** Tests the lifecycle of clusters in the fake EMR through the SDK. */
class FakeAwsClusterTest {
    private final FakeAws aws = FakeAws.start();
    private final ClusterRequests requests = new ClusterRequests(aws);
    private final SdkClients clients = new SdkClients(aws);
    private final EmrClient emr = clients.emr();

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    private String runJobFlow(RunJobFlowRequest.Builder request) {
        return emr.runJobFlow(request.build()).jobFlowId();
    }

    private Cluster describe(String id) {
        return emr.describeCluster(request -> request.clusterId(id)).cluster();
    }

    private ClusterState state(String id) {
        return describe(id).status().state();
    }

    private String rejection(RunJobFlowRequest.Builder request) {
        EmrException exception = catchThrowableOfType(EmrException.class, () -> runJobFlow(request));
        return exception.awsErrorDetails().errorCode() + ": "
                + exception.awsErrorDetails().errorMessage();
    }

    private void advance(int seconds) {
        aws.clock().advance(Duration.ofSeconds(seconds));
    }

    @Test
    void aClusterStartsBootstrapsWaitsAndTerminates() {
        String id = runJobFlow(requests.request("demo"));

        Cluster cluster = describe(id);
        assertThat(cluster.status().state()).isEqualTo(ClusterState.STARTING);
        assertThat(cluster.status().timeline().creationDateTime()).isEqualTo(SimulatedClock.START);
        assertThat(cluster.name()).isEqualTo("demo");
        assertThat(cluster.logUri()).isEqualTo("s3n://logs/here/");
        assertThat(cluster.autoTerminate()).isFalse();
        assertThat(cluster.tags().get(0).key()).isEqualTo("owner");
        assertThat(cluster.ec2InstanceAttributes().ec2AvailabilityZone()).isEqualTo("us-east-1a");
        assertThat(cluster.applications().get(0).version()).isEqualTo("3.5.6");
        advance(100);
        assertThat(state(id)).isEqualTo(ClusterState.STARTING);
        advance(20);
        assertThat(state(id)).isEqualTo(ClusterState.BOOTSTRAPPING);
        advance(180);
        assertThat(state(id)).isEqualTo(ClusterState.WAITING);
        assertThat(describe(id).status().timeline().readyDateTime()).isEqualTo(SimulatedClock.START.plusSeconds(300));
        emr.terminateJobFlows(request -> request.jobFlowIds(id));
        assertThat(state(id)).isEqualTo(ClusterState.TERMINATING);
        assertThat(aws.remaining()).containsExactly("emr cluster " + id + " (demo)");
        advance(60);
        assertThat(state(id)).isEqualTo(ClusterState.TERMINATED);
        assertThat(describe(id).status().stateChangeReason().code())
                .isEqualTo(ClusterStateChangeReasonCode.USER_REQUEST);
        assertThat(aws.remaining()).isEmpty();
    }

    @Test
    void onDemandCapacityIsProvisionedBeforeSpot() {
        String id = runJobFlow(requests.request("demo"));

        advance(95);
        List<InstanceFleet> fleets =
                emr.listInstanceFleets(request -> request.clusterId(id)).instanceFleets();
        assertThat(fleets.get(0).provisionedOnDemandCapacity()).isEqualTo(1);
        assertThat(fleets.get(1).provisionedSpotCapacity()).isZero();
        assertThat(fleets.get(1).launchSpecifications().spotSpecification().timeoutDurationMinutes())
                .isEqualTo(10);
        advance(30);
        fleets = emr.listInstanceFleets(request -> request.clusterId(id)).instanceFleets();
        assertThat(fleets.get(1).provisionedSpotCapacity()).isEqualTo(8);
        List<Instance> instances =
                emr.listInstances(request -> request.clusterId(id)).instances();
        assertThat(instances)
                .extracting(instance -> instance.instanceType() + " " + instance.marketAsString())
                .containsExactly("m5.xlarge ON_DEMAND", "m5.xlarge SPOT", "m5.xlarge SPOT");
    }

    @Test
    void aRunningClusterGetsATaskFleet() {
        String id = runJobFlow(requests.request("demo"));
        Runnable addition = () -> emr.addInstanceFleet(request -> request.clusterId(id)
                .instanceFleet(ClusterRequests.primaryFleet().toBuilder()
                        .name("task")
                        .instanceFleetType(InstanceFleetType.TASK)
                        .targetOnDemandCapacity(2)
                        .build()));

        assertThat(catchThrowableOfType(EmrException.class, addition::run))
                .hasMessageContaining("only be modified when the cluster is running or waiting");
        advance(600);
        addition.run();
        advance(120);

        assertThat(emr.listInstanceFleets(request -> request.clusterId(id)).instanceFleets())
                .extracting(fleet ->
                        fleet.name() + " " + fleet.status().stateAsString() + " " + fleet.provisionedOnDemandCapacity())
                .containsExactly("primary RUNNING 1", "core RUNNING 0", "task RUNNING 2");
        assertThat(catchThrowableOfType(EmrException.class, addition::run))
                .hasMessageContaining("You can add one task instance fleet.");
        assertThat(catchThrowableOfType(
                        EmrException.class, () -> emr.listInstanceGroups(request -> request.clusterId(id))))
                .hasMessageContaining("Instance fleets and instance groups are mutually exclusive.");
    }

    @Test
    void theSpotTimeoutActionDecidesWhenSpotCapacityIsMissing() {
        aws.emr().scriptClusters(name -> ClusterScript.typical().withSpotCapacity(4));
        String switching = runJobFlow(requests.request("switches"));
        String terminating = runJobFlow(requests.request("ends", SpotProvisioningTimeoutAction.TERMINATE_CLUSTER));

        advance(599);
        assertThat(state(switching)).isEqualTo(ClusterState.STARTING);
        advance(1);
        assertThat(state(switching)).isEqualTo(ClusterState.BOOTSTRAPPING);
        InstanceFleet core = emr.listInstanceFleets(request -> request.clusterId(switching))
                .instanceFleets()
                .get(1);
        assertThat(core.provisionedOnDemandCapacity()).isEqualTo(4);
        assertThat(core.provisionedSpotCapacity()).isEqualTo(4);
        advance(60);
        Cluster ended = describe(terminating);
        assertThat(ended.status().state()).isEqualTo(ClusterState.TERMINATED_WITH_ERRORS);
        assertThat(ended.status().stateChangeReason().code())
                .isEqualTo(ClusterStateChangeReasonCode.INSTANCE_FLEET_TIMEOUT);
    }

    @Test
    void aFailedBootstrapActionShipsItsLogs() throws IOException {
        aws.emr()
                .scriptClusters(name -> ClusterScript.typical().withBootstrapFailure(1, "MASTER", 3, "no such font\n"));
        String id = runJobFlow(requests.request("demo"));

        advance(400);

        Cluster cluster = describe(id);
        assertThat(cluster.status().state()).isEqualTo(ClusterState.TERMINATED_WITH_ERRORS);
        assertThat(cluster.status().stateChangeReason().code())
                .isEqualTo(ClusterStateChangeReasonCode.BOOTSTRAP_FAILURE);
        assertThat(cluster.status().stateChangeReason().message())
                .matches(
                        "On the master instance \\(i-0[0-9a-f]{16}\\), bootstrap action 1 returned a non-zero return code");
        String instance =
                cluster.status().errorDetails().get(0).errorData().get(0).get("primary-instance-id");
        byte[] log = clients.s3()
                .getObjectAsBytes(request -> request.bucket("logs")
                        .key("here/" + id + "/node/" + instance + "/bootstrap-actions/1/stderr.gz"))
                .asByteArray();
        assertThat(new String(
                        new GZIPInputStream(new ByteArrayInputStream(log)).readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("no such font\n");
    }

    @Test
    void aMissingBootstrapScriptFailsTheCluster() {
        clients.s3().deleteObject(request -> request.bucket("logs").key("bootstrap.sh"));
        String id = runJobFlow(requests.request("demo"));

        advance(400);

        assertThat(describe(id).status().stateChangeReason().code())
                .isEqualTo(ClusterStateChangeReasonCode.BOOTSTRAP_FAILURE);
    }

    @Test
    void anIdleClusterTerminatesAfterItsIdleTimeout() {
        String id = runJobFlow(requests.request("demo").autoTerminationPolicy(policy -> policy.idleTimeout(3600L)));

        advance(300 + 3599);
        assertThat(state(id)).isEqualTo(ClusterState.WAITING);
        advance(1);
        assertThat(state(id)).isEqualTo(ClusterState.TERMINATING);
        advance(60);
        assertThat(state(id)).isEqualTo(ClusterState.TERMINATED);
    }

    @Test
    void aClusterWithoutStepsTerminatesUnlessKeptAlive() {
        RunJobFlowRequest valid = requests.request("demo").build();
        String id = runJobFlow(valid.toBuilder()
                .instances(valid.instances().toBuilder()
                        .keepJobFlowAliveWhenNoSteps(null)
                        .build()));

        advance(300);

        assertThat(state(id)).isEqualTo(ClusterState.TERMINATING);
        assertThat(describe(id).status().stateChangeReason().message()).isEqualTo("Steps completed");
    }

    @Test
    void invalidRequestsAreRejectedWithEmrsMessages() {
        assertThat(rejection(requests.request("a|b")))
                .isEqualTo("ValidationException: Invalid name: it must not contain the characters <, >, $, | or `.");
        assertThat(rejection(requests.request("demo").releaseLabel("emr-9.9.9")))
                .isEqualTo("ValidationException: The supplied release label is invalid: emr-9.9.9.");
        assertThat(rejection(requests.request("demo").stepConcurrencyLevel(257)))
                .isEqualTo("ValidationException: StepConcurrencyLevel must be between 1 and 256.");
        assertThat(rejection(requests.request("demo").securityConfiguration("none")))
                .isEqualTo("ValidationException: Security configuration with name 'none' does not exist.");
        assertThat(rejection(requests.request("demo")
                        .instances(instances -> instances.instanceFleets(ClusterRequests.primaryFleet()))))
                .isEqualTo("ValidationException: Subnet is required : The specified instance type can only be used in a"
                        + " VPC.");
        RunJobFlowRequest valid = requests.request("demo").build();
        assertThat(rejection(valid.toBuilder()
                        .instances(valid.instances().toBuilder()
                                .emrManagedSlaveSecurityGroup(null)
                                .build())))
                .isEqualTo("ValidationException: You must specify both EmrManagedMasterSecurityGroup and"
                        + " EmrManagedSlaveSecurityGroup, or neither of them.");
        assertThat(rejection(valid.toBuilder()
                        .instances(valid.instances().toBuilder()
                                .ec2SubnetIds(aws.ec2().subnets().keySet())
                                .build())))
                .startsWith("ValidationException: The subnets must belong to the same VPC: [subnet-");
        assertThat(rejection(valid.toBuilder()
                        .instances(valid.instances().toBuilder()
                                .instanceFleets(
                                        ClusterRequests.primaryFleet(),
                                        ClusterRequests.spotFleet(SpotProvisioningTimeoutAction.TERMINATE_CLUSTER)
                                                .toBuilder()
                                                .launchSpecifications(launch ->
                                                        launch.spotSpecification(spot -> spot.blockDurationMinutes(60)
                                                                .timeoutDurationMinutes(10)
                                                                .timeoutAction("TERMINATE_CLUSTER")))
                                                .build())
                                .build())))
                .isEqualTo("ValidationException: Spot blocks are no longer supported: BlockDurationMinutes must not be"
                        + " specified.");
    }

    @Test
    void aPrivateSubnetNeedsAServiceAccessGroupThatAllowsThePrimaryNode() {
        var vpc = aws.account().vpc();
        String subnet = aws.account().natSubnet(vpc, "us-east-1a").id();
        String primary = aws.account().securityGroup(vpc, "p").id();
        String core = aws.account().securityGroup(vpc, "c").id();
        String access = aws.account().securityGroup(vpc, "a").id();
        RunJobFlowRequest valid = requests.request("demo").build();
        RunJobFlowRequest.Builder withoutServiceAccess = valid.toBuilder()
                .instances(valid.instances().toBuilder()
                        .ec2SubnetIds(subnet)
                        .emrManagedMasterSecurityGroup(primary)
                        .emrManagedSlaveSecurityGroup(core)
                        .build());

        assertThat(rejection(withoutServiceAccess))
                .isEqualTo("ValidationException: You must also specify a ServiceAccessSecurityGroup if you use custom"
                        + " security groups when creating a cluster in a private subnet.");
        String id = runJobFlow(withoutServiceAccess.instances(withoutServiceAccess.build().instances().toBuilder()
                .serviceAccessSecurityGroup(access)
                .build()));
        advance(10);
        assertThat(describe(id).status().stateChangeReason().message())
                .isEqualTo(
                        "ServiceAccessSecurityGroup is missing ingress rule from EmrManagedMasterSecurityGroup on port"
                                + " 9443.");
    }

    @Test
    void emrAddsRulesBetweenTheGroupsAndNeverRemovesThem() {
        String id = runJobFlow(requests.request("demo"));

        assertThat(requests.rulesAddedByEmr(requests.primary())).isEmpty();
        advance(10);
        assertThat(requests.rulesAddedByEmr(requests.primary()))
                .hasSize(6)
                .contains("in peer: " + requests.core() + ", TCP, from port: 0, to port: 65535, ALLOW (by EMR)");
        emr.terminateJobFlows(request -> request.jobFlowIds(id));
        advance(60);
        assertThat(state(id)).isEqualTo(ClusterState.TERMINATED);
        assertThat(requests.rulesAddedByEmr(requests.core())).hasSize(6);
        Ec2Exception refused = catchThrowableOfType(
                Ec2Exception.class,
                () -> clients.ec2().deleteSecurityGroup(request -> request.groupId(requests.core())));
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("DependencyViolation");
        assertThat(aws.foreignChanges()).isEmpty();
    }

    @Test
    void aClusterWithoutItsServiceRoleDoesNotTerminate() {
        String id = runJobFlow(requests.request("demo"));
        advance(300);
        clients.iam()
                .detachRolePolicy(
                        role -> role.roleName("service").policyArn("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
        emr.terminateJobFlows(request -> request.jobFlowIds(id));

        advance(3600);

        assertThat(state(id)).isEqualTo(ClusterState.TERMINATING);
    }

    @Test
    void aProtectedClusterIsNotTerminated() {
        String id = runJobFlow(requests.request("demo"));
        emr.setTerminationProtection(request -> request.jobFlowIds(id).terminationProtected(true));

        EmrException refused = catchThrowableOfType(
                EmrException.class, () -> emr.terminateJobFlows(request -> request.jobFlowIds(id)));

        assertThat(refused.awsErrorDetails().errorMessage())
                .isEqualTo("Could not shut down one or more job flows since they are termination protected.");
        assertThat(describe(id).terminationProtected()).isTrue();
        emr.setTerminationProtection(request -> request.jobFlowIds(id).terminationProtected(false));
        emr.terminateJobFlows(request -> request.jobFlowIds(id));
        assertThat(state(id)).isEqualTo(ClusterState.TERMINATING);
    }

    @Test
    void listingsShowChangesAfterTheListingLag() {
        aws.emr().listingLag(Duration.ofSeconds(30));
        String id = runJobFlow(requests.request("demo"));

        assertThat(emr.listClusters().clusters()).isEmpty();
        advance(30);
        assertThat(emr.listClusters().clusters()).extracting(ClusterSummary::id).containsExactly(id);
        advance(100);
        assertThat(state(id)).isEqualTo(ClusterState.BOOTSTRAPPING);
        assertThat(idsInState(ClusterState.BOOTSTRAPPING)).isEmpty();
        assertThat(idsInState(ClusterState.STARTING)).containsExactly(id);
    }

    private List<String> idsInState(ClusterState state) {
        return emr.listClusters(request -> request.clusterStates(state)).clusters().stream()
                .map(ClusterSummary::id)
                .toList();
    }

    @Test
    void clustersAreListedInPagesNewestFirst() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            advance(1);
            ids.add(0, runJobFlow(requests.request("demo-" + i)));
        }
        Instant middle = SimulatedClock.START.plusSeconds(60);

        assertThat(emr.listClustersPaginator().clusters().stream().map(ClusterSummary::id))
                .isEqualTo(ids);
        assertThat(emr.listClustersPaginator(request -> request.createdAfter(middle)).clusters().stream()
                        .map(ClusterSummary::id))
                .isEqualTo(ids.subList(0, 60));
        assertThat(aws.calls().named("ListClusters")).hasSize(5);
    }
}
