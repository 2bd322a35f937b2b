package org.emrelay.runner.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Cluster.SecurityGroups;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.model.InstanceTypeConfig;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets.Subnet;
import org.emrelay.runner.platform.aws.iam.BucketAccess;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.s3.BucketSpec;
import org.emrelay.runner.platform.emr.spec.BootstrapScripts;
import org.emrelay.runner.platform.emr.spec.ClusterResources;
import org.emrelay.runner.platform.emr.spec.PlanAccess;
import org.jspecify.annotations.Nullable;

/** Formats the plan of a cluster's AWS resources, both those to create and existing ones. */
public final class ResourcePlanReport {
    private static final String KNOWN_AFTER_CREATE = "(known after create)";
    private static final String CREATION_PLACEHOLDER = "<creation>";
    private static final int KIND_WIDTH = 23;

    private final ClusterResources resources;
    private final BootstrapScripts scripts;
    private final PlanAccess access;
    private final List<Line> created = new ArrayList<>();
    private final List<Line> existing = new ArrayList<>();

    /** One resource, with its documents for the JSON report. */
    private record Line(String kind, String name, String detail, Map<String, Object> documents) {}

    /** @param access the access that the nodes get for the steps */
    public ResourcePlanReport(ClusterResources resources, BootstrapScripts scripts, PlanAccess access) {
        this.resources = Objects.requireNonNull(resources, "resources");
        this.scripts = Objects.requireNonNull(scripts, "scripts");
        this.access = Objects.requireNonNull(access, "access");
        addBucket();
        addRoles();
        addGroups();
        addSecurityConfiguration();
        creates(
                "cluster",
                resources.names().cluster(CREATION_PLACEHOLDER),
                "id " + KNOWN_AFTER_CREATE + "; "
                        + resources.cluster().software().release() + ", "
                        + String.join(", ", resources.cluster().software().applications()),
                Map.of("request", request()));
    }

    private void creates(String kind, String name, String detail, Map<String, Object> documents) {
        created.add(new Line(kind, name, detail, documents));
    }

    private void exists(String kind, @Nullable String name) {
        existing.add(new Line(kind, String.valueOf(name), "", Map.of()));
    }

    private void addBucket() {
        resources
                .bucket()
                .ifPresentOrElse(
                        bucket -> creates(
                                "bucket",
                                bucket.name(),
                                "no public access, TLS only, SSE-S3, logs kept for " + BucketSpec.LOG_RETENTION_DAYS
                                        + " days",
                                Map.of("policy", bucket.policy())),
                        () -> exists("bucket", resources.bucketName()));
        scripts.uploads()
                .forEach(upload -> creates("object", resources.keyPrefix() + upload.path(), "uploaded", Map.of()));
    }

    private void addRoles() {
        Cluster.Iam iam = resources.cluster().iam();
        resources
                .serviceRole(placeholderSubnets())
                .ifPresentOrElse(
                        role -> createsRole(role, "for EMR, with an inline policy"),
                        () -> exists("service role", iam.serviceRole()));
        resources
                .nodeRole()
                .ifPresentOrElse(
                        role -> {
                            String managedPolicies = role.managedPolicies().isEmpty()
                                    ? ""
                                    : ", and " + String.join(", ", role.managedPolicies());
                            createsRole(role, "for the nodes, with an inline policy" + managedPolicies);
                            creates("instance profile", role.name(), "", Map.of());
                        },
                        () -> exists("instance profile", iam.instanceProfile()));
    }

    private void createsRole(RoleSpec role, String detail) {
        Map<String, Object> documents = new LinkedHashMap<>();
        documents.put("trust", role.trustPolicy());
        documents.put("policy", role.inlinePolicy());
        documents.put("attached_policies", role.managedPolicies());
        if (role.permissionsBoundary() != null) {
            documents.put("permissions_boundary", role.permissionsBoundary());
        }
        creates("role", role.name(), detail, documents);
    }

    private void addGroups() {
        SecurityGroups groups = resources.cluster().network().securityGroups();
        if (groups == null) {
            for (SecurityGroupSpec group : resources.securityGroups(true)) {
                boolean isServiceAccess = group.purpose() == SecurityGroupSpec.Purpose.SERVICE_ACCESS;
                String detail = isServiceAccess
                        ? "private subnets only: ingress " + SecurityGroupSpec.PRIMARY_TO_EMR_PORT
                                + " from the primary node, egress " + SecurityGroupSpec.EMR_TO_NODES_PORT
                                + " to all nodes"
                        : "no ingress from outside";
                creates("security group", group.name(), "id " + KNOWN_AFTER_CREATE + "; " + detail, Map.of());
            }
        } else {
            exists("security group", groups.primary());
            exists("security group", groups.core());
            if (groups.serviceAccess() != null) {
                exists("security group", groups.serviceAccess());
            }
        }
        resources.cluster().network().subnets().forEach(subnet -> exists("subnet", subnet));
        if (resources.cluster().network().subnets().isEmpty()) {
            existing.add(new Line("subnets", "default VPC", KNOWN_AFTER_CREATE, Map.of()));
        }
    }

    private void addSecurityConfiguration() {
        Cluster.Iam iam = resources.cluster().iam();
        String key = iam.diskEncryptionKey();
        String detail = "IMDSv2" + (key == null ? "" : ", EBS encrypted with " + key);
        resources
                .securityConfiguration()
                .ifPresentOrElse(
                        spec -> creates(
                                "security configuration", spec.name(), detail, Map.of("document", spec.document())),
                        () -> exists("security configuration", iam.securityConfiguration()));
    }

    private Map<String, Object> request() {
        SecurityGroups groups = resources.cluster().network().securityGroups();
        SecurityGroups ids = Objects.requireNonNullElseGet(
                groups, () -> new SecurityGroups(KNOWN_AFTER_CREATE, KNOWN_AFTER_CREATE, null));
        String workspace = "s3://" + resources.bucketName() + "/" + resources.keyPrefix();
        return resources.runJobFlow(placeholderSubnets(), ids, CREATION_PLACEHOLDER, scripts.uris(workspace));
    }

    private VpcSubnets placeholderSubnets() {
        AwsScope scope = resources.names().scope();
        List<String> subnets = resources.cluster().network().subnets();
        List<Subnet> placeholders = (subnets.isEmpty() ? List.of(KNOWN_AFTER_CREATE) : subnets)
                .stream()
                        .map(id -> new Subnet(id, scope.arn("ec2", "subnet/" + id)))
                        .toList();
        return new VpcSubnets(KNOWN_AFTER_CREATE, placeholders, false);
    }

    /** The plan as text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        created.forEach(line -> text.append(text("+", line)));
        resources.cluster().fleets().forEach(fleet -> text.append("      " + TerminalText.line(fleet(fleet)) + "\n"));
        existing.forEach(line -> text.append(text("=", line)));
        text.append(accessText());
        return text + "\nPlan: " + created.size() + " to create, " + existing.size() + " existing.\n";
    }

    private String accessText() {
        if (access.steps().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(
                resources.nodeRole().isPresent()
                        ? "\nThe steps give the nodes access to S3:\n"
                        : "\nThe instance profile must give the nodes access to S3:\n");
        access.steps()
                .forEach((location, steps) -> text.append("  "
                        + TerminalText.line(location.text() + " ("
                                + steps.stream().map(StepName::value).collect(Collectors.joining(", ")) + ")")
                        + "\n"));
        return text.toString();
    }

    private static String text(String sign, Line line) {
        String content = line.name() + (line.detail().isEmpty() ? "" : ": " + line.detail());
        return "  " + sign + " " + line.kind()
                + " ".repeat(Math.max(1, KIND_WIDTH - line.kind().length())) + TerminalText.line(content) + "\n";
    }

    private static String fleet(InstanceFleet fleet) {
        List<String> capacities = new ArrayList<>();
        if (fleet.onDemandCapacity() > 0) {
            capacities.add(fleet.onDemandCapacity() + " on-demand");
        }
        if (fleet.spotCapacity() > 0) {
            capacities.add(fleet.spotCapacity() + " spot");
        }
        String types = fleet.types().stream().map(InstanceTypeConfig::type).collect(Collectors.joining(", "));
        boolean isSingleUnit = fleet.capacity() == 1;
        return "fleet " + fleet.name() + ": " + String.join(" and ", capacities) + (isSingleUnit ? " unit" : " units")
                + " of " + types;
    }

    /** The plan as JSON, with all documents. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "creates", created.stream().map(ResourcePlanReport::document).toList());
        document.put(
                "given", existing.stream().map(ResourcePlanReport::document).toList());
        document.put(
                "access",
                access.steps().entrySet().stream()
                        .map(entry -> document(entry.getKey(), entry.getValue()))
                        .toList());
        return document;
    }

    private static Map<String, Object> document(BucketAccess location, List<StepName> steps) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("uri", location.uri());
        document.put("writes", location.writes());
        document.put("steps", steps.stream().map(StepName::value).toList());
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
