package org.emrelay.runner.platform.emr.blueprint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterNetwork.SecurityGroups;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.model.InstanceTypeConfig;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupIds;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets.Subnet;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.s3.BucketSpec;

/** Shows a blueprint before anything of it exists: a line for each thing that is made, and what is given beside it. */
public final class ResourcePlanReport {
    private static final String LATER = "(known after create)";
    private static final String CREATION = "<creation>";
    private static final int KIND = 23;

    private final ClusterResources blueprint;
    private final BootstrapScripts scripts;
    private final List<Line> made = new ArrayList<>();
    private final List<Line> given = new ArrayList<>();

    /** One thing: what kind, its name, and what is worth knowing of it. */
    private record Line(String kind, String name, String detail, Map<String, Object> documents) {}

    public ResourcePlanReport(ClusterResources blueprint, BootstrapScripts scripts) {
        this.blueprint = Objects.requireNonNull(blueprint, "blueprint");
        this.scripts = Objects.requireNonNull(scripts, "scripts");
        addBucket();
        addRoles();
        addGroups();
        addSecurityConfiguration();
        made.add(new Line(
                "cluster",
                blueprint.names().cluster(CREATION),
                "id " + LATER + "; " + blueprint.cluster().software().release() + ", "
                        + String.join(", ", blueprint.cluster().software().applications()),
                Map.of("request", request())));
    }

    private void addBucket() {
        blueprint
                .bucket()
                .ifPresentOrElse(
                        bucket -> made.add(new Line(
                                "bucket",
                                bucket.name(),
                                "no public access, TLS only, SSE-S3, logs kept for " + BucketSpec.LOGS_KEPT_DAYS
                                        + " days",
                                Map.of("policy", bucket.policy()))),
                        () -> given.add(plain("bucket", blueprint.bucketName(), "")));
        scripts.uploads()
                .forEach(upload -> made.add(plain("object", blueprint.keyPrefix() + upload.path(), "uploaded")));
    }

    private void addRoles() {
        Cluster cluster = blueprint.cluster();
        blueprint
                .serviceRole(network())
                .ifPresentOrElse(
                        role -> made.add(role(role, "for EMR, with its own policy")),
                        () -> given.add(plain(
                                "service role", String.valueOf(cluster.access().serviceRole()), "")));
        blueprint
                .nodeRole()
                .ifPresentOrElse(
                        role -> {
                            String attached =
                                    role.attached().isEmpty() ? "" : ", and " + String.join(", ", role.attached());
                            made.add(role(role, "for the nodes, with its own policy" + attached));
                            made.add(plain("instance profile", role.name(), ""));
                        },
                        () -> given.add(plain(
                                "instance profile",
                                String.valueOf(cluster.access().instanceProfile()),
                                "")));
    }

    private static Line role(RoleSpec role, String detail) {
        Map<String, Object> documents = new LinkedHashMap<>();
        documents.put("trust", role.trust());
        documents.put("policy", role.policy());
        documents.put("attached_policies", role.attached());
        if (role.boundary() != null) {
            documents.put("permissions_boundary", role.boundary());
        }
        return new Line("role", role.name(), detail, documents);
    }

    private void addGroups() {
        SecurityGroups groups = blueprint.cluster().network().securityGroups();
        if (groups == null) {
            for (SecurityGroupSpec group : blueprint.groups(true)) {
                boolean access = group.part() == SecurityGroupSpec.Part.ACCESS;
                String detail = access
                        ? "in private subnets only: in " + SecurityGroupSpec.TO_SERVICE + " from the primary node, out "
                                + SecurityGroupSpec.FROM_SERVICE + " to all nodes"
                        : "nobody from outside comes in";
                made.add(plain("security group", group.name(), "id " + LATER + "; " + detail));
            }
        } else {
            given.add(plain("security group", groups.primary(), ""));
            given.add(plain("security group", groups.core(), ""));
            if (groups.serviceAccess() != null) {
                given.add(plain("security group", groups.serviceAccess(), ""));
            }
        }
        blueprint.cluster().network().subnets().forEach(subnet -> given.add(plain("subnet", subnet, "")));
        if (blueprint.cluster().network().subnets().isEmpty()) {
            given.add(plain("subnets", "those of the default VPC", LATER));
        }
    }

    private void addSecurityConfiguration() {
        String key = blueprint.cluster().access().diskEncryptionKey();
        String detail = "IMDSv2" + (key == null ? "" : ", disks encrypted with " + key);
        blueprint
                .securityConfiguration()
                .ifPresentOrElse(
                        draft -> made.add(new Line(
                                "security configuration", draft.name(), detail, Map.of("document", draft.document()))),
                        () -> given.add(plain(
                                "security configuration",
                                String.valueOf(blueprint.cluster().access().securityConfiguration()),
                                "")));
    }

    private static Line plain(String kind, String name, String detail) {
        return new Line(kind, name, detail, Map.of());
    }

    private Map<String, Object> request() {
        SecurityGroups groups = blueprint.cluster().network().securityGroups();
        SecurityGroupIds ids = groups == null
                ? new SecurityGroupIds(LATER, LATER, null)
                : new SecurityGroupIds(groups.primary(), groups.core(), groups.serviceAccess());
        String workspace = "s3://" + blueprint.bucketName() + "/" + blueprint.keyPrefix();
        return blueprint.runJobFlow(network(), ids, CREATION, scripts.uris(workspace));
    }

    private VpcSubnets network() {
        AwsScope site = blueprint.names().site();
        List<String> subnets = blueprint.cluster().network().subnets();
        List<Subnet> shown = (subnets.isEmpty() ? List.of(LATER) : subnets)
                .stream()
                        .map(id -> new Subnet(id, site.arn("ec2", "subnet/" + id)))
                        .toList();
        return new VpcSubnets(LATER, shown, false);
    }

    /** As lines for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        made.forEach(line -> append(text, "+", line));
        for (InstanceFleet fleet : blueprint.cluster().fleets()) {
            text.append("      ").append(fleet(fleet)).append('\n');
        }
        given.forEach(line -> append(text, "=", line));
        text.append("\nTo create: ")
                .append(made.size())
                .append(", given: ")
                .append(given.size())
                .append(".\n");
        return text.toString();
    }

    private static void append(StringBuilder text, String sign, Line line) {
        text.append("  ").append(sign).append(' ').append(line.kind());
        text.append(" ".repeat(Math.max(1, KIND - line.kind().length()))).append(line.name());
        text.append(line.detail().isEmpty() ? "" : ": " + line.detail()).append('\n');
    }

    private static String fleet(InstanceFleet fleet) {
        List<String> wanted = new ArrayList<>();
        if (fleet.onDemandCapacity() > 0) {
            wanted.add(fleet.onDemandCapacity() + " on demand");
        }
        if (fleet.spotCapacity() > 0) {
            wanted.add(fleet.spotCapacity() + " spot");
        }
        String types = fleet.types().stream().map(InstanceTypeConfig::type).collect(Collectors.joining(", "));
        boolean single = fleet.capacity() == 1;
        return "fleet " + fleet.name() + ": " + String.join(" and ", wanted) + (single ? " unit" : " units") + " of "
                + types;
    }

    /** For programs, with every document in full. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("creates", made.stream().map(ResourcePlanReport::document).toList());
        document.put("given", given.stream().map(ResourcePlanReport::document).toList());
        return document;
    }

    private static Map<String, Object> document(Line line) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", line.kind());
        document.put("name", line.name());
        document.put("detail", line.detail());
        document.putAll(line.documents());
        return document;
    }
}
