package org.emrelay.runner.platform.emr.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.aws.client.AdvancingClock;
import org.emrelay.runner.platform.aws.client.ScriptedAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RunJobFlow never creates a second cluster. */
final class RunJobFlowCallTest {
    private static final String NAME = "demo [1a2b3c4d-9f8e7d6c]";
    private static final String CREATED = "{\"JobFlowId\":\"j-1\"}";
    private static final String NO_CLUSTERS = "{\"Clusters\":[]}";
    private static final String LISTED =
            "{\"Clusters\":[{\"Id\":\"j-0\",\"Name\":\"demo [1a2b3c4d-00000000]\",\"Status\":{\"State\":"
                    + "\"WAITING\"}},{\"Id\":\"j-1\",\"Name\":\"" + NAME + "\",\"Status\":{\"State\":\"STARTING\"}}]}";

    private final ScriptedAws server = new ScriptedAws();
    private final List<String> notices = new ArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private String execute() {
        return new RunJobFlowCall(server.context(new AdvancingClock("2026-11-21T03:45:12Z")), notices::add)
                .execute(Map.of("Name", NAME));
    }

    private long runJobFlowCalls() {
        return server.calls().stream().filter("RunJobFlow"::equals).count();
    }

    @Test
    void returnsTheIdOfTheNewCluster() {
        server.respond("RunJobFlow", 200, CREATED);

        assertThat(execute()).isEqualTo("j-1");
        assertThat(server.calls()).containsExactly("RunJobFlow");
    }

    @Test
    void looksUpTheClusterByNameAfterALostResponse() {
        server.dropResponse("RunJobFlow")
                .respond("ListClusters", 200, NO_CLUSTERS)
                .respond("ListClusters", 200, NO_CLUSTERS);
        server.respond("ListClusters", 200, LISTED);

        assertThat(execute()).isEqualTo("j-1");
        assertThat(runJobFlowCalls()).isEqualTo(1);
        assertThat(notices).containsExactly("No response to RunJobFlow: looking up the cluster by name");
    }

    @Test
    void looksUpTheClusterByNameAfterAServerError() {
        server.respond("RunJobFlow", 500, "{\"__type\":\"InternalServerException\",\"Message\":\"sorry\"}");
        server.respond("ListClusters", 200, LISTED);

        assertThat(execute()).isEqualTo("j-1");
        assertThat(runJobFlowCalls()).isEqualTo(1);
    }

    @Test
    void neverRepeatsTheCallEvenIfTheClusterIsNeverListed() {
        server.dropResponse("RunJobFlow").respond("ListClusters", 200, NO_CLUSTERS);

        assertThatThrownBy(this::execute).hasMessageStartingWith("Could not create cluster " + NAME + ". ");
        assertThat(runJobFlowCalls()).isEqualTo(1);
        assertThat(server.calls().size()).isGreaterThan(10);
    }

    @Test
    void retriesUntilTheNewRolesHavePropagated() {
        server.fail("RunJobFlow", "ValidationException", "Invalid InstanceProfile: nodes.")
                .fail("RunJobFlow", "AccessDeniedException", "Failed to authorize instance profile nodes.")
                .fail("RunJobFlow", "ValidationException", "ServiceRole arn:aws:iam::1:role/x is invalid.")
                .fail("RunJobFlow", "ThrottlingException", "Rate exceeded")
                .respond("RunJobFlow", 200, CREATED);

        assertThat(execute()).isEqualTo("j-1");
        assertThat(runJobFlowCalls()).isEqualTo(5);
        assertThat(notices).containsExactly("Waiting for the new IAM role to propagate");
    }

    @Test
    void retriesForAMinuteUntilEmrSeesTheNewSecurityGroups() {
        server.fail("RunJobFlow", "ValidationException", "The security group 'sg-1' does not exist")
                .fail("RunJobFlow", "ValidationException", "The security group 'sg-1' does not exist")
                .respond("RunJobFlow", 200, CREATED);

        assertThat(execute()).isEqualTo("j-1");
        assertThat(notices).containsExactly("Waiting until EMR sees the new security groups");
    }

    @Test
    void reportsASecurityGroupThatEmrDoesNotSeeAfterAMinute() {
        server.fail("RunJobFlow", "ValidationException", "The security group 'sg-1' does not exist");
        AdvancingClock clock = new AdvancingClock("2026-11-21T03:45:12Z");

        assertThatThrownBy(() -> new RunJobFlowCall(server.context(clock), notices::add).execute(Map.of("Name", NAME)))
                .hasMessage("Could not create cluster " + NAME
                        + ". ValidationException: The security group 'sg-1' does not exist.");
        assertThat(clock.instant()).isBetween("2026-11-21T03:45:50Z", "2026-11-21T03:46:12Z");
    }

    @Test
    void stopsSoonWhenNoRequestCanLeave() {
        server.refuseConnections();
        AdvancingClock clock = new AdvancingClock("2026-11-21T03:45:12Z");
        RunJobFlowCall call = new RunJobFlowCall(server.context(clock), notices::add);

        assertThatThrownBy(() -> call.execute(Map.of("Name", NAME)))
                .hasMessageStartingWith("Could not create cluster " + NAME + ". ")
                .hasMessageEndingWith("Check your network connection, --region and --endpoint-url.");
        assertThat(call.mayHaveCreatedCluster()).isFalse();
        assertThat(clock.instant()).isBetween("2026-11-21T03:45:22Z", "2026-11-21T03:45:32Z");
    }

    @Test
    void doesNotRetryARejectedRequest() {
        server.fail("RunJobFlow", "ValidationException", "The supplied release label is invalid: emr-99.0.0.");

        assertThatThrownBy(this::execute)
                .hasMessage("Could not create cluster " + NAME
                        + ". ValidationException: The supplied release label is invalid: emr-99.0.0.");
        assertThat(runJobFlowCalls()).isEqualTo(1);
    }
}
