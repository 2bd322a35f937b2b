package org.emrelay.runner.platform.emr.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.platform.aws.client.AdvancingClock;
import org.emrelay.runner.platform.aws.client.ScriptedAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The startup wait reports why the cluster is not ready and why it failed. */
final class StartupWaiterTest {
    private static final String FLEETS = """
            {"InstanceFleets": [
              {"Name": "primary", "TargetOnDemandCapacity": 1, "ProvisionedOnDemandCapacity": 1, "Status": {"State": "RUNNING"}},
              {"Name": "task", "TargetSpotCapacity": 16, "ProvisionedSpotCapacity": 4, "Status": {"State": "PROVISIONING"},
               "InstanceTypeSpecifications": [{"InstanceType": "m5.xlarge"}, {"InstanceType": "r5.xlarge"}]}]}
            """;

    private final ScriptedAws server = new ScriptedAws().respond("ListInstanceFleets", 200, FLEETS);
    private final List<String> notices = new ArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private void describeClusterReturns(String state, String code, String message) {
        server.respond(
                "DescribeCluster",
                200,
                "{\"Cluster\":{\"Id\":\"j-1\",\"Name\":\"demo\",\"LogUri\":\"\",\"Status\":{\"State\":\"" + state
                        + "\",\"StateChangeReason\":{\"Code\":\"" + code + "\",\"Message\":\"" + message + "\"}}}}");
    }

    private StartupWaiter waiter() {
        return new StartupWaiter(server.context(new AdvancingClock("2026-11-21T03:45:12Z")), notices::add);
    }

    @Test
    void reportsEachStateOnceUntilTheClusterIsReady() {
        describeClusterReturns("STARTING", "", "Configuring cluster software");
        describeClusterReturns("STARTING", "", "Configuring cluster software");
        describeClusterReturns("BOOTSTRAPPING", "", "");
        describeClusterReturns("WAITING", "", "Cluster ready to run steps.");

        assertThat(waiter().await("j-1").isUp()).isTrue();
        assertThat(notices)
                .containsExactly(
                        "STARTING (Configuring cluster software): primary 1/1 on demand; task 4/16 spot",
                        "BOOTSTRAPPING: primary 1/1 on demand; task 4/16 spot",
                        "Cluster j-1 is WAITING");
    }

    @Test
    void namesTheFleetWithUnfulfilledSpotCapacity() {
        describeClusterReturns(
                "TERMINATED_WITH_ERRORS",
                "VALIDATION_ERROR",
                "The requested number of spot instances exceeds the capacity.");

        assertThat(waiter().failure(waiter().await("j-1")))
                .isEqualTo("Cluster j-1 failed to start: TERMINATED_WITH_ERRORS, VALIDATION_ERROR: The requested number"
                        + " of spot instances exceeds the capacity. Unfilled fleets: task 4/16 spot of m5.xlarge,"
                        + " r5.xlarge. Add instance types or subnets, or set TimeoutAction to"
                        + " SWITCH_TO_ON_DEMAND.");
    }

    @Test
    void doesNotBlameTheCapacityForAnotherInvalidValue() {
        describeClusterReturns(
                "TERMINATED_WITH_ERRORS", "VALIDATION_ERROR", "The spot security group 'sg-1' does not exist");

        assertThat(waiter().failure(waiter().await("j-1")))
                .isEqualTo("Cluster j-1 failed to start: TERMINATED_WITH_ERRORS, VALIDATION_ERROR: The spot security"
                        + " group 'sg-1' does not exist.");
    }

    @Test
    void explainsARefusedServiceRole() {
        describeClusterReturns(
                "TERMINATED_WITH_ERRORS", "VALIDATION_ERROR", "EMR service role arn:aws:iam::1:role/x is invalid");

        assertThat(waiter().failure(waiter().await("j-1")))
                .isEqualTo("Cluster j-1 failed to start: TERMINATED_WITH_ERRORS, VALIDATION_ERROR: EMR service role"
                        + " arn:aws:iam::1:role/x is invalid. A new service role reaches EMR up to a minute after its"
                        + " creation: create the cluster again. If it is refused again,"
                        + " check the policies of the role.");
    }
}
