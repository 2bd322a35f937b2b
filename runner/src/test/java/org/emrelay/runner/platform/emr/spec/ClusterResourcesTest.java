package org.emrelay.runner.platform.emr.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.BootstrapAction;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Cluster.SecurityGroups;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec.Purpose;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.junit.jupiter.api.Test;

/** Compares the complete request and policies with reviewed golden files. */
final class ClusterResourcesTest {
    private static final SecurityGroups GROUPS = new SecurityGroups("sg-primary", "sg-core", null);

    private static ClusterResources resources(Cluster cluster) {
        return new ClusterResources(cluster, "demo", SampleClusters.SCOPE, DefaultKeys.NONE);
    }

    static String request(Cluster cluster) {
        List<String> scripts = new ArrayList<>();
        for (BootstrapAction action : cluster.software().bootstrapActions()) {
            scripts.add(
                    action.script() instanceof FileRef.Remote remote
                            ? remote.uri()
                            : "s3://bucket/bootstrap-emr/0123456789abcdef/" + action.name());
        }
        return JsonWriter.pretty(
                resources(cluster).runJobFlow(SampleClusters.subnets(cluster), GROUPS, "9f8e7d6c", scripts));
    }

    private static Object coreSite(String configurations) {
        Object all = resources(SampleClusters.small(configurations))
                .runJobFlow(SampleClusters.SUBNETS, GROUPS, "9f8e7d6c", List.of())
                .get("Configurations");
        return JsonWriter.line(all);
    }

    @Test
    void setsTheRegionOfS3aUnlessTheClusterFileDoes() {
        assertThat(coreSite("\"Configurations\": []"))
                .isEqualTo("[{\"Classification\":\"core-site\",\"Properties\":"
                        + "{\"fs.s3a.endpoint.region\":\"us-east-1\"}}]");
        assertThat(coreSite("\"Configurations\": [{\"Classification\": \"core-site\", \"Properties\":"
                        + " {\"io.file.buffer.size\": \"65536\"}}]"))
                .isEqualTo("[{\"Classification\":\"core-site\",\"Properties\":{\"io.file.buffer.size\":\"65536\","
                        + "\"fs.s3a.endpoint.region\":\"us-east-1\"}}]");
        assertThat(coreSite("\"Configurations\": [{\"Classification\": \"core-site\", \"Properties\":"
                        + " {\"fs.s3a.endpoint.region\": \"eu-west-1\"}}]"))
                .isEqualTo("[{\"Classification\":\"core-site\",\"Properties\":"
                        + "{\"fs.s3a.endpoint.region\":\"eu-west-1\"}}]");
    }

    @Test
    void requestsTheClusterOfTheRepositoryRoot() {
        GoldenFile.assertMatches("run-job-flow-root.json", request(SampleClusters.repositoryRoot()));
    }

    @Test
    void requestsALegacyCluster() {
        GoldenFile.assertMatches(
                "run-job-flow-legacy-form.json", request(SampleClusters.resource("cluster-legacy-form.json")));
    }

    @Test
    void requestsEveryKeyOfAClusterFile() {
        GoldenFile.assertMatches(
                "run-job-flow-every-key.json", request(SampleClusters.resource("cluster-with-every-key.json")));
    }

    @Test
    void createsAllResourcesThatTheFileDoesNotProvide() {
        GoldenFile.assertMatches(
                "resources-root.json", JsonWriter.pretty(created(resources(SampleClusters.repositoryRoot()))));
    }

    @Test
    void doesNotCreateProvidedResources() {
        ClusterResources resources = resources(SampleClusters.resource("cluster-with-every-key.json"));

        assertThat(resources.serviceRole(SampleClusters.SUBNETS)).isEmpty();
        assertThat(resources.securityGroups(true)).isEmpty();
        assertThat(resources.bucket()).isEmpty();
        GoldenFile.assertMatches("resources-every-key.json", JsonWriter.pretty(created(resources)));
    }

    @Test
    void createsAServiceAccessGroupOnlyInPrivateSubnets() {
        ClusterResources resources = resources(SampleClusters.repositoryRoot());

        assertThat(resources.securityGroups(false))
                .extracting(SecurityGroupSpec::purpose)
                .containsExactly(Purpose.PRIMARY, Purpose.CORE);
        assertThat(resources.securityGroups(true))
                .extracting(SecurityGroupSpec::name)
                .containsExactly(
                        "emrelay-1a2b3c4d-us-east-1-demo-primary",
                        "emrelay-1a2b3c4d-us-east-1-demo-core",
                        "emrelay-1a2b3c4d-us-east-1-demo-access");
    }

    private static Map<String, Object> created(ClusterResources resources) {
        Map<String, Object> created = new LinkedHashMap<>();
        resources.serviceRole(SampleClusters.SUBNETS).ifPresent(role -> created.put("service_role", role(role)));
        resources.nodeRole().ifPresent(role -> created.put("node_role", role(role)));
        resources.securityGroups(false).forEach(group -> created.put(group.name(), group.description()));
        resources.bucket().ifPresent(bucket -> created.put(bucket.name(), bucket.policy()));
        resources
                .securityConfiguration()
                .ifPresent(configuration ->
                        created.put("security_configuration " + configuration.name(), configuration.document()));
        created.put("tags", resources.tags());
        return created;
    }

    private static Map<String, Object> role(RoleSpec role) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", role.name());
        document.put("trust", role.trustPolicy());
        document.put("policy", role.inlinePolicy());
        document.put("attached", role.managedPolicies());
        document.put("boundary", String.valueOf(role.permissionsBoundary()));
        return document;
    }
}
