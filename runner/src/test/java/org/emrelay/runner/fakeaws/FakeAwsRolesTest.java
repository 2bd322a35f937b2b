package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;

/** Tests how the fake EMR checks the roles of a cluster. */
class FakeAwsRolesTest {
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

    private String rejection(RunJobFlowRequest.Builder request) {
        EmrException exception = catchThrowableOfType(EmrException.class, () -> runJobFlow(request));
        return exception.awsErrorDetails().errorCode() + ": "
                + exception.awsErrorDetails().errorMessage();
    }

    private void advance(int seconds) {
        aws.clock().advance(Duration.ofSeconds(seconds));
    }

    @Test
    void newRolesAndProfilesPropagateWithADelay() {
        clients.iam().createInstanceProfile(request -> request.instanceProfileName("new-nodes"));
        RunJobFlowRequest.Builder request = requests.request("demo").jobFlowRole("new-nodes");

        assertThat(rejection(request)).isEqualTo("ValidationException: Invalid InstanceProfile: new-nodes.");
        advance(10);
        clients.iam().createRole(role -> role.roleName("new-nodes").assumeRolePolicyDocument(trust("ec2")));
        clients.iam()
                .addRoleToInstanceProfile(
                        profile -> profile.instanceProfileName("new-nodes").roleName("new-nodes"));
        assertThat(rejection(request))
                .isEqualTo("AccessDeniedException: Failed to authorize instance profile"
                        + " arn:aws:iam::123456789012:instance-profile/new-nodes");
        advance(10);
        clients.iam()
                .createRole(role -> role.roleName("new-service").assumeRolePolicyDocument(trust("elasticmapreduce")));
        assertThat(rejection(request.serviceRole("new-service")))
                .isEqualTo("ValidationException: Invalid ServiceRole: new-service.");
        advance(10);
        String id = runJobFlow(request);
        advance(10);
        assertThat(describe(id).status().stateChangeReason().message())
                .isEqualTo("Service role arn:aws:iam::123456789012:role/new-service has insufficient EC2 permissions");
    }

    private static String trust(String service) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\""
                + service + ".amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";
    }

    @Test
    void rolesMustTrustTheirService() {
        aws.account().role("service");
        aws.account().instanceProfile("nodes");
        RunJobFlowRequest.Builder request = requests.request("demo");

        assertThat(rejection(requests.request("demo").jobFlowRole(profileOf("service"))))
                .isEqualTo("AccessDeniedException: Failed to authorize instance profile"
                        + " arn:aws:iam::123456789012:instance-profile/of-service");
        String id = runJobFlow(request.serviceRole("nodes"));
        advance(10);
        assertThat(describe(id).status().stateChangeReason().message())
                .isEqualTo("EMR service role arn:aws:iam::123456789012:role/nodes is invalid");
    }

    private String profileOf(String role) {
        clients.iam().createInstanceProfile(request -> request.instanceProfileName("of-" + role));
        clients.iam()
                .addRoleToInstanceProfile(
                        profile -> profile.instanceProfileName("of-" + role).roleName(role));
        advance(10);
        return "of-" + role;
    }
}
