package org.emrelay.runner.platform.emr.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.platform.aws.client.FakeTime;
import org.emrelay.runner.platform.aws.client.ScriptedAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waiting for a cluster says why one waits, and why it was in vain. */
final class StartupWaiterTest {
    private static final String FLEETS = """
            {"InstanceFleets": [
              {"Name": "primary", "TargetOnDemandCapacity": 1, "ProvisionedOnDemandCapacity": 1, "Status": {"State": "RUNNING"}},
              {"Name": "task", "TargetSpotCapacity": 16, "ProvisionedSpotCapacity": 4, "Status": {"State": "PROVISIONING"},
               "InstanceTypeSpecifications": [{"InstanceType": "m5.xlarge"}, {"InstanceType": "r5.xlarge"}]}]}
            """;

    private final ScriptedAws server = new ScriptedAws().answers("ListInstanceFleets", 200, FLEETS);
    private final List<String> said = new ArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private void is(String state, String code, String message) {
        server.answers(
                "DescribeCluster",
                200,
                "{\"Cluster\":{\"Id\":\"j-1\",\"Name\":\"demo\",\"LogUri\":\"\",\"Status\":{\"State\":\"" + state
                        + "\",\"StateChangeReason\":{\"Code\":\"" + code + "\",\"Message\":\"" + message + "\"}}}}");
    }

    private StartupWaiter startup() {
        return new StartupWaiter(server.aws(new FakeTime("2026-11-21T03:45:12Z")), said::add);
    }

    @Test
    void saysEachStateOnceUntilTheClusterIsReady() {
        is("STARTING", "", "Configuring cluster software");
        is("STARTING", "", "Configuring cluster software");
        is("BOOTSTRAPPING", "", "");
        is("WAITING", "", "Cluster ready to run steps.");

        assertThat(startup().await("j-1")).isEmpty();
        assertThat(said)
                .containsExactly(
                        "STARTING (Configuring cluster software): primary 1/1 on demand; task 4/16 spot",
                        "BOOTSTRAPPING: primary 1/1 on demand; task 4/16 spot",
                        "The cluster j-1 is WAITING");
    }

    @Test
    void namesTheFleetThatTheSpotMarketDidNotFill() {
        is(
                "TERMINATED_WITH_ERRORS",
                "VALIDATION_ERROR",
                "The requested number of spot instances exceeds the capacity.");

        assertThat(startup().await("j-1"))
                .contains(new StartupWaiter.Failure(
                        "The cluster j-1 did not start: TERMINATED_WITH_ERRORS, VALIDATION_ERROR: The requested number of"
                                + " spot instances exceeds the capacity. Not filled: task 4/16 spot of m5.xlarge,"
                                + " r5.xlarge. More instance types, more subnets, or TimeoutAction SWITCH_TO_ON_DEMAND"
                                + " help."));
    }
}
