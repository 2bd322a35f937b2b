package org.emrelay.runner.platform.emr.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.iam.KmsKey;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.emr.spec.DefaultKeys.BucketKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that policies follow least privilege. */
final class PolicyLintTest {
    /** EC2's Describe actions support no resource-level permissions, so only they may have the resource {@code *}. */
    private static final String WITHOUT_RESOURCE_LEVEL_PERMISSIONS = "ec2:Describe[A-Za-z]+";

    private static final DefaultKeys DEFAULT_KEYS = new DefaultKeys(
            new KmsKey("arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"),
            List.of(new BucketKey(
                    new NodeBucket("company", true), new KmsKey("arn:aws:kms:*:123456789012:alias/company"))));

    static Stream<Cluster> clusters() {
        return Stream.of(
                SampleClusters.repositoryRoot(),
                SampleClusters.resource("cluster-legacy-form.json"),
                SampleClusters.resource("cluster-with-every-key.json"));
    }

    private static List<RoleSpec> roles(Cluster cluster) {
        ClusterResources resources = new ClusterResources(cluster, "demo", SampleClusters.SCOPE, DEFAULT_KEYS);
        List<RoleSpec> roles = new ArrayList<>();
        resources.serviceRole(SampleClusters.SUBNETS).ifPresent(roles::add);
        resources.nodeRole().ifPresent(roles::add);
        return roles;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> statements(RoleSpec role) {
        return (List<Map<String, Object>>) role.inlinePolicy().get("Statement");
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void wildcardResourcesOnlyForActionsWithoutResourceLevelPermissions(Cluster cluster) {
        for (RoleSpec role : roles(cluster)) {
            for (Map<String, Object> statement : statements(role)) {
                assertThat((List<?>) statement.get("Resource")).isNotEmpty();
                if (((List<?>) statement.get("Resource")).contains("*")) {
                    assertThat((List<?>) statement.get("Action"))
                            .allMatch(action -> String.valueOf(action).matches(WITHOUT_RESOURCE_LEVEL_PERMISSIONS));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void noAllowedActionIsAWildcard(Cluster cluster) {
        for (RoleSpec role : roles(cluster)) {
            assertThat(statements(role).stream()
                            .filter(statement -> statement.get("Effect").equals("Allow"))
                            .flatMap(statement -> ((List<?>) statement.get("Action")).stream()))
                    .noneMatch(action -> String.valueOf(action).contains("*"));
        }
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void destructiveActionsRequireOwnerTags(Cluster cluster) {
        for (RoleSpec role : roles(cluster)) {
            for (Map<String, Object> statement : statements(role)) {
                boolean isDestructive = ((List<?>) statement.get("Action"))
                        .stream().anyMatch(action -> String.valueOf(action).matches("ec2:(Delete|Terminate|Modify).*"));
                if (isDestructive) {
                    assertThat(JsonWriter.line(statement.get("Condition")))
                            .contains("\"aws:ResourceTag/emrelay:workspace\":\"1a2b3c4d\"")
                            .contains("\"aws:ResourceTag/emrelay:cluster\":\"demo\"");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void passRoleIsRestrictedToEc2(Cluster cluster) {
        for (RoleSpec role : roles(cluster)) {
            statements(role).stream()
                    .filter(statement -> ((List<?>) statement.get("Action")).contains("iam:PassRole"))
                    .forEach(statement -> assertThat(JsonWriter.line(statement))
                            .contains("\"StringLike\":{\"iam:PassedToService\":\"ec2.amazonaws.com*\"}")
                            .doesNotContain("role/*"));
        }
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void policiesFitIntoARole(Cluster cluster) {
        for (RoleSpec role : roles(cluster)) {
            assertThat(JsonWriter.line(role.inlinePolicy()).length()).isLessThan(10_240);
        }
    }
}
