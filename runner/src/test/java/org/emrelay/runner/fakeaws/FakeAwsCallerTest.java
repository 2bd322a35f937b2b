package org.emrelay.runner.fakeaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/** What a caller with few permissions may do, and what the policy simulator says about it. */
final class FakeAwsCallerTest {
    private static final String TESTER = "arn:aws:iam::123456789012:user/tester";

    private final FakeAws aws = FakeAws.start();
    private final SdkClients clients = new SdkClients(aws);

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    private void restrictTo(String action, String resource, String condition) {
        aws.caller().restrictTo("""
                        {"Version": "2012-10-17", "Statement": [
                          {"Effect": "Allow", "Action": "iam:SimulatePrincipalPolicy", "Resource": "*"},
                          {"Effect": "Allow", "Action": "%s", "Resource": "%s", "Condition": %s}]}
                        """.formatted(action, resource, condition));
    }

    private SimulatePrincipalPolicyResponse simulate(List<String> resources, String... actions) {
        return clients.iam()
                .simulatePrincipalPolicy(request ->
                        request.policySourceArn(TESTER).actionNames(actions).resourceArns(resources));
    }

    private static List<String> decisions(SimulatePrincipalPolicyResponse response) {
        return response.evaluationResults().stream()
                .map(result -> result.evalActionName() + " " + result.evalDecisionAsString())
                .toList();
    }

    @Test
    void deniesWhatThePoliciesDoNotAllow() {
        aws.account().bucket("data");
        restrictTo("s3:GetObject", "arn:aws:s3:::data/*", "{}");

        assertThatThrownBy(() -> clients.s3().listObjectsV2(request -> request.bucket("data")))
                .hasMessageContaining(
                        "User: arn:aws:iam::123456789012:user/tester is not authorized to perform: s3:ListBucket on"
                                + " resource: arn:aws:s3:::data because no identity-based policy allows the"
                                + " s3:ListBucket action");
        assertThatThrownBy(() -> clients.ec2().describeVpcs()).hasMessageContaining("ec2:DescribeVpcs");
        assertThat(clients.sts().getCallerIdentity().arn()).isEqualTo(TESTER);
    }

    /** S3 does not reveal whether a key exists. */
    @Test
    void deniesAMissingObjectWithoutTheRightToListTheBucket() {
        aws.account().bucket("data");
        restrictTo("s3:GetObject", "arn:aws:s3:::data/*", "{}");

        assertThatThrownBy(() -> clients.s3()
                        .headObject(request -> request.bucket("data").key("missing")))
                .hasMessageContaining("Status Code: 403");
    }

    @Test
    void aRoleIsPassedWithTheCluster() {
        restrictTo("elasticmapreduce:*", "*", "{}");
        aws.iam().addServiceRole("service");
        aws.iam().addPropagatedProfile("nodes");

        assertThatThrownBy(() -> clients.emr()
                        .runJobFlow(request ->
                                request.name("x").serviceRole("service").jobFlowRole("nodes")))
                .hasMessageContaining("iam:PassRole on resource: arn:aws:iam::123456789012:role/service");
    }

    @Test
    void simulatesEachActionOnEachResource() {
        restrictTo("s3:GetObject", "arn:aws:s3:::data/*", "{}");

        assertThat(decisions(simulate(List.of("arn:aws:s3:::data/a"), "s3:GetObject", "s3:PutObject")))
                .containsExactly("s3:GetObject allowed", "s3:PutObject implicitDeny");
        EvaluationResult several = simulate(List.of("arn:aws:s3:::data/a", "arn:aws:s3:::other/a"), "s3:GetObject")
                .evaluationResults()
                .get(0);
        assertThat(several.resourceSpecificResults())
                .extracting(result -> result.evalResourceName() + " " + result.evalResourceDecisionAsString())
                .containsExactly("arn:aws:s3:::data/a allowed", "arn:aws:s3:::other/a implicitDeny");
    }

    @Test
    void namesTheConditionKeysThatASimulationLacks() {
        restrictTo("ec2:RunInstances", "*", "{\"StringEquals\": {\"aws:RequestedRegion\": \"us-east-1\"}}");

        EvaluationResult without =
                simulate(List.of("*"), "ec2:RunInstances").evaluationResults().get(0);
        assertThat(without.evalDecisionAsString()).isEqualTo("implicitDeny");
        assertThat(without.missingContextValues()).containsExactly("aws:RequestedRegion");

        ContextEntry region = ContextEntry.builder()
                .contextKeyName("aws:RequestedRegion")
                .contextKeyType(ContextKeyTypeEnum.STRING)
                .contextKeyValues("us-east-1")
                .build();
        SimulatePrincipalPolicyResponse with = clients.iam()
                .simulatePrincipalPolicy(request -> request.policySourceArn(TESTER)
                        .actionNames("ec2:RunInstances")
                        .contextEntries(region));
        assertThat(decisions(with)).containsExactly("ec2:RunInstances allowed");
    }

    @Test
    void simulatesNoSessionsAndNoUnknownPrincipals() {
        assertThatThrownBy(() -> clients.iam()
                        .simulatePrincipalPolicy(
                                request -> request.policySourceArn("arn:aws:sts::123456789012:assumed-role/dev/me")
                                        .actionNames("s3:GetObject")))
                .hasMessageContaining("Invalid Entity Arn: arn:aws:sts::123456789012:assumed-role/dev/me does not"
                        + " clearly define entity type and name.");
        assertThatThrownBy(() -> clients.iam()
                        .simulatePrincipalPolicy(
                                request -> request.policySourceArn("arn:aws:iam::123456789012:role/dev")
                                        .actionNames("s3:GetObject")))
                .hasMessageContaining("The entity arn:aws:iam::123456789012:role/dev cannot be found.");
    }

    @Test
    void simulatesSomeActionsOnlyApartFromOthers() {
        assertThatThrownBy(() -> simulate(List.of("*"), "s3:CreateBucket", "s3:PutBucketPublicAccessBlock"))
                .hasMessageContaining("Invalid Input Actions: [s3:CreateBucket] and [s3:PutBucketPublicAccessBlock]"
                        + " require different authorization information.");
        assertThat(decisions(simulate(List.of("*"), "s3:PutBucketPublicAccessBlock")))
                .containsExactly("s3:PutBucketPublicAccessBlock allowed");
    }
}
