package org.emrelay.runner.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.export.ExportedPipeline.NodeRole;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.aws.iam.StepAccessPolicy;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.emr.spec.ClusterResources;
import org.emrelay.runner.platform.emr.spec.DefaultKeys;
import org.emrelay.runner.platform.emr.spec.PlanAccess;
import org.emrelay.runner.platform.emr.spec.SecurityConfigurationSpec;

/** The cluster of an export and its resources: what a run of our own creates, with references in place of names and IDs. */
final class ExportedCluster {
    private static final AwsScope SCOPE = new AwsScope(
            Reference.PARTITION.token(),
            Reference.REGION.token(),
            Reference.ACCOUNT.token(),
            Reference.DEPLOYMENT.token());

    /** Stands for the bucket where only a valid bucket name is read as one. */
    private static final String BUCKET = "emrelay-bucket-of-the-deployment";

    private static final RunId ANY_RUN = new RunId("20000101-000000-0000");
    private static final Cluster.SecurityGroups PUBLIC_GROUPS =
            new Cluster.SecurityGroups(Reference.PRIMARY_GROUP.token(), Reference.CORE_GROUP.token(), null);
    private static final Cluster.SecurityGroups PRIVATE_GROUPS = new Cluster.SecurityGroups(
            Reference.PRIMARY_GROUP.token(), Reference.CORE_GROUP.token(), Reference.ACCESS_GROUP.token());

    private final ExecutionPlan plan;
    private final Cluster cluster;
    private final String name;
    private final ClusterResources resources;
    private final VpcSubnets subnets;

    ExportedCluster(ExecutionPlan plan, Cluster cluster, boolean privateSubnets) {
        this.plan = plan;
        this.cluster = withBucket(cluster).stayingUp();
        this.name = Objects.requireNonNullElse(cluster.name(), plan.pipeline());
        this.resources = new ClusterResources(this.cluster, name, SCOPE, DefaultKeys.NONE);
        this.subnets = new VpcSubnets(
                Reference.VPC.token(),
                List.of(new VpcSubnets.Subnet(Reference.SUBNETS.token(), Reference.SUBNET_ARNS.token())),
                privateSubnets);
    }

    /** The bucket exists before the deployment, because the uploads are in it. */
    private static Cluster withBucket(Cluster cluster) {
        Cluster.Storage storage = cluster.storage();
        return cluster.withStorage(new Cluster.Storage(
                Reference.BUCKET.token(), storage.prefix(), storage.logUri(), storage.logEncryptionKey()));
    }

    /** @param scripts the URIs of the bootstrap scripts */
    Map<String, Object> request(List<String> scripts) {
        Cluster.SecurityGroups given = cluster.network().securityGroups();
        Map<String, Object> request = new LinkedHashMap<>(resources.runJobFlow(
                subnets,
                given != null ? given : subnets.privateSubnets() ? PRIVATE_GROUPS : PUBLIC_GROUPS,
                "",
                scripts));
        request.put("Name", name);
        if (cluster.iam().instanceProfile() == null) {
            request.put("JobFlowRole", Reference.NODE_PROFILE.token());
        }
        request.put(
                "Tags",
                tags().entrySet().stream()
                        .map(tag -> new JsonMap().with("Key", tag.getKey()).with("Value", tag.getValue()))
                        .toList());
        return named(request);
    }

    Optional<RoleSpec> serviceRole() {
        return resources.serviceRole(subnets).map(this::named);
    }

    Optional<NodeRole> nodeRole() {
        return resources.nodeRole().map(role -> new NodeRole(named(role), stepAccess()));
    }

    private Map<String, Object> stepAccess() {
        PlanAccess access = PlanAccess.of(
                plan.forRun(ANY_RUN), BUCKET + "/" + cluster.storage().prefix());
        return access.accesses().isEmpty()
                ? Map.of()
                : named(StepAccessPolicy.documentOf(access.accesses(), SCOPE.partition()));
    }

    List<SecurityGroupSpec> groups() {
        return resources.securityGroups(subnets.privateSubnets());
    }

    Optional<SecurityConfigurationSpec> securityConfiguration() {
        return resources.securityConfiguration();
    }

    Map<String, String> ownerTags() {
        return resources.names().ownerTags().tags();
    }

    /** Not those of our own clusters that name a creation and a workspace. */
    Map<String, String> tags() {
        return resources.tags();
    }

    private RoleSpec named(RoleSpec role) {
        return new RoleSpec(
                named(role.name()),
                named(role.trustPolicy()),
                named(role.inlinePolicy()),
                role.managedPolicies(),
                role.permissionsBoundary(),
                role.tags());
    }

    /** Replaces the names that our own resources would have, and the placeholders. */
    private Map<String, Object> named(Map<String, Object> document) {
        return ReferenceText.replaceAll(document, new ReferenceText.Format() {
            @Override
            public Object text(ReferenceText text) {
                return named(text.render(literal -> literal, Reference::token));
            }

            @Override
            public Object list(Reference reference) {
                return List.of(reference.token());
            }
        });
    }

    private String named(String text) {
        return text.replace(resources.names().serviceRole(), Reference.SERVICE_ROLE.token())
                .replace(resources.names().nodeRole(), Reference.NODE_ROLE.token())
                .replace(resources.names().securityConfiguration(), Reference.SECURITY_CONFIGURATION.token())
                .replace(BUCKET, Reference.BUCKET.token())
                .replace(ANY_RUN.value(), "*");
    }
}
