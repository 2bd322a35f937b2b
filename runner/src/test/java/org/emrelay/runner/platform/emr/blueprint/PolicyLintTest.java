package org.emrelay.runner.platform.emr.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No policy gives more than is needed. */
final class PolicyLintTest {
    /** EC2 takes no resource for any of its calls of this name, so these and no others may stand on everything. */
    private static final String UNSCOPED = "ec2:Describe[A-Za-z]+";

    static Stream<Cluster> clusters() {
        return Stream.of(
                Clusters.root(),
                Clusters.resource("cluster-in-the-original-form.json"),
                Clusters.resource("cluster-with-every-key.json"));
    }

    private static List<RoleSpec> roles(Cluster cluster) {
        ClusterResources blueprint = new ClusterResources(cluster, "demo", Clusters.SITE);
        List<RoleSpec> roles = new ArrayList<>();
        blueprint.serviceRole(Clusters.NETWORK).ifPresent(roles::add);
        blueprint.nodeRole().ifPresent(roles::add);
        return roles;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> statements(RoleSpec role) {
        return (List<Map<String, Object>>) role.policy().get("Statement");
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void noActionStandsOnEverythingThatCanBeScoped(Cluster cluster) {
        for (RoleSpec role : roles(cluster)) {
            for (Map<String, Object> statement : statements(role)) {
                assertThat((List<?>) statement.get("Resource")).isNotEmpty();
                if (((List<?>) statement.get("Resource")).contains("*")) {
                    assertThat((List<?>) statement.get("Action"))
                            .allMatch(action -> String.valueOf(action).matches(UNSCOPED));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void noActionIsAWildcard(Cluster cluster) {
        for (RoleSpec role : roles(cluster)) {
            assertThat(statements(role).stream().flatMap(statement -> ((List<?>) statement.get("Action")).stream()))
                    .noneMatch(action -> String.valueOf(action).contains("*"));
        }
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void onlyWhatIsOursByItsTagsIsChangedOrEnded(Cluster cluster) {
        for (RoleSpec role : roles(cluster)) {
            for (Map<String, Object> statement : statements(role)) {
                boolean ends = ((List<?>) statement.get("Action"))
                        .stream().anyMatch(action -> String.valueOf(action).matches("ec2:(Delete|Terminate|Modify).*"));
                if (ends) {
                    assertThat(JsonWriter.line(statement.get("Condition")))
                            .contains("\"aws:ResourceTag/emrelay:workspace\":\"1a2b3c4d\"")
                            .contains("\"aws:ResourceTag/emrelay:cluster\":\"demo\"");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aRoleIsPassedOnToEc2Alone(Cluster cluster) {
        for (RoleSpec role : roles(cluster)) {
            statements(role).stream()
                    .filter(statement -> ((List<?>) statement.get("Action")).contains("iam:PassRole"))
                    .forEach(statement -> assertThat(JsonWriter.line(statement))
                            .contains("\"iam:PassedToService\":\"ec2.amazonaws.com\"")
                            .doesNotContain("role/*"));
        }
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void policiesFitIntoARole(Cluster cluster) {
        for (RoleSpec role : roles(cluster)) {
            assertThat(JsonWriter.line(role.policy()).length()).isLessThan(10_240);
        }
    }
}
