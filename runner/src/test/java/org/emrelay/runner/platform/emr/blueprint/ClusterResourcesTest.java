package org.emrelay.runner.platform.emr.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.BootstrapAction;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupIds;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec.Part;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.junit.jupiter.api.Test;

/** What is asked for, to the key: each document is kept as JSON and reviewed like code. */
final class ClusterResourcesTest {
    private static final SecurityGroupIds GROUPS = new SecurityGroupIds("sg-primary", "sg-core", null);

    private static ClusterResources blueprint(Cluster cluster) {
        return new ClusterResources(cluster, "demo", Clusters.SITE);
    }

    static String request(Cluster cluster) {
        List<String> scripts = new ArrayList<>();
        for (BootstrapAction action : cluster.software().bootstrapActions()) {
            scripts.add(
                    action.script() instanceof FileRef.Remote remote
                            ? remote.uri()
                            : "s3://bucket/bootstrap-emr/0123456789abcdef/" + action.name());
        }
        return JsonWriter.pretty(blueprint(cluster).runJobFlow(Clusters.network(cluster), GROUPS, "9f8e7d6c", scripts));
    }

    @Test
    void asksForTheClusterOfTheRepositorysRoot() {
        Golden.assertSame("run-job-flow-root.json", request(Clusters.root()));
    }

    @Test
    void asksForAClusterInTheOriginalsForm() {
        Golden.assertSame(
                "run-job-flow-original-form.json", request(Clusters.resource("cluster-in-the-original-form.json")));
    }

    @Test
    void asksForEverythingThatAFileCanSay() {
        Golden.assertSame("run-job-flow-every-key.json", request(Clusters.resource("cluster-with-every-key.json")));
    }

    @Test
    void makesEverythingForAFileThatGivesNothing() {
        Golden.assertSame("made-for-root.json", JsonWriter.pretty(made(blueprint(Clusters.root()))));
    }

    @Test
    void makesOnlyWhatTheFileDoesNotGive() {
        ClusterResources blueprint = blueprint(Clusters.resource("cluster-with-every-key.json"));

        assertThat(blueprint.serviceRole(Clusters.NETWORK)).isEmpty();
        assertThat(blueprint.groups(true)).isEmpty();
        assertThat(blueprint.bucket()).isEmpty();
        Golden.assertSame("made-for-every-key.json", JsonWriter.pretty(made(blueprint)));
    }

    @Test
    void makesAGroupForEmrsOwnAccessInPrivateSubnetsOnly() {
        ClusterResources blueprint = blueprint(Clusters.root());

        assertThat(blueprint.groups(false))
                .extracting(SecurityGroupSpec::part)
                .containsExactly(Part.PRIMARY, Part.CORE);
        assertThat(blueprint.groups(true))
                .extracting(SecurityGroupSpec::name)
                .containsExactly(
                        "emrelay-1a2b3c4d-us-east-1-demo-primary",
                        "emrelay-1a2b3c4d-us-east-1-demo-core",
                        "emrelay-1a2b3c4d-us-east-1-demo-access");
    }

    private static Map<String, Object> made(ClusterResources blueprint) {
        Map<String, Object> made = new LinkedHashMap<>();
        blueprint.serviceRole(Clusters.NETWORK).ifPresent(role -> made.put("service_role", role(role)));
        blueprint.nodeRole().ifPresent(role -> made.put("node_role", role(role)));
        blueprint.groups(false).forEach(group -> made.put(group.name(), group.description()));
        blueprint.bucket().ifPresent(bucket -> made.put(bucket.name(), bucket.policy()));
        blueprint
                .securityConfiguration()
                .ifPresent(configuration ->
                        made.put("security_configuration " + configuration.name(), configuration.document()));
        made.put("tags", blueprint.tags());
        return made;
    }

    private static Map<String, Object> role(RoleSpec role) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", role.name());
        document.put("trust", role.trust());
        document.put("policy", role.policy());
        document.put("attached", role.attached());
        document.put("boundary", String.valueOf(role.boundary()));
        return document;
    }
}
