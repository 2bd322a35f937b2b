package org.emrelay.runner.export.cloudformation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.export.ExportedPipeline.NodeRole;
import org.emrelay.runner.export.Reference;
import org.emrelay.runner.export.ReferenceText;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec.Purpose;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.aws.iam.StepAccessPolicy;
import org.emrelay.runner.platform.emr.spec.SecurityConfigurationSpec;

/** The CloudFormation resources that a cluster needs: roles, security groups, and a security configuration. */
public final class ClusterResourcesTemplate {
    /** The role of EMR itself, and the one of the nodes with its instance profile. */
    private static final String SERVICE_ROLE = "ServiceRole";

    private static final String INGRESS = "AWS::EC2::SecurityGroupIngress";
    private static final String NODE_ROLE = "NodeRole";
    private static final String NODE_PROFILE = "NodeProfile";
    private static final String SECURITY_CONFIGURATION = "SecurityConfiguration";

    /** What clusters and steps may refer to, apart from the ID of a run. */
    public static final List<Reference> OUTPUTS = List.of(
            Reference.BUCKET,
            Reference.DEPLOYMENT,
            Reference.REGION,
            Reference.SUBNETS,
            Reference.SERVICE_ROLE,
            Reference.NODE_PROFILE,
            Reference.PRIMARY_GROUP,
            Reference.CORE_GROUP,
            Reference.ACCESS_GROUP,
            Reference.SECURITY_CONFIGURATION);

    private final ExportedPipeline pipeline;
    private final Map<String, Object> resources = new LinkedHashMap<>();

    private ClusterResourcesTemplate(ExportedPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** The resources, by their logical IDs. */
    public static Map<String, Object> resources(ExportedPipeline pipeline) {
        return new ClusterResourcesTemplate(pipeline).compose();
    }

    /** The parameters that the resources have, and every cluster needs. */
    public static Map<String, Object> parameters(ExportedPipeline pipeline) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put(
                "Bucket",
                new JsonMap()
                        .with("Type", "String")
                        .with("Description", "The bucket with the uploaded files, for outputs and logs")
                        .with("Default", pipeline.bucket().orElse(null)));
        parameters.put(
                "Subnets",
                new JsonMap()
                        .with("Type", "List<AWS::EC2::Subnet::Id>")
                        .with("Description", "The subnets of the cluster; EMR chooses one of them")
                        .with("Default", pipeline.subnets().isEmpty() ? null : String.join(",", pipeline.subnets())));
        if (!pipeline.resources().groups().isEmpty()) {
            parameters.put(
                    "Vpc",
                    new JsonMap().with("Type", "AWS::EC2::VPC::Id").with("Description", "The VPC of the subnets"));
        }
        return parameters;
    }

    private Map<String, Object> compose() {
        ExportedPipeline.Resources specs = pipeline.resources();
        specs.nodeRole().ifPresent(this::addNodeRole);
        specs.serviceRole().ifPresent(role -> add(SERVICE_ROLE, "AWS::IAM::Role", role(role, "-service", Map.of())));
        specs.groups().forEach(this::addGroup);
        addRules();
        specs.securityConfiguration().ifPresent(this::addSecurityConfiguration);
        return resources;
    }

    private void add(String id, String type, Map<String, Object> properties) {
        resources.put(
                id,
                new JsonMap()
                        .with("Type", type)
                        .with(
                                "Properties",
                                Objects.requireNonNull(ReferenceText.replace(properties, new CloudFormationText()))));
    }

    private void addNodeRole(NodeRole node) {
        add(NODE_ROLE, "AWS::IAM::Role", role(node.role(), "-nodes", node.stepAccess()));
        // EMR wants an instance profile with the name of its role.
        add(
                NODE_PROFILE,
                "AWS::IAM::InstanceProfile",
                new JsonMap()
                        .with("InstanceProfileName", deployment("-nodes"))
                        .with("Roles", List.of(Map.of("Ref", NODE_ROLE))));
    }

    private static Map<String, Object> role(RoleSpec role, String suffix, Map<String, Object> stepAccess) {
        List<Map<String, Object>> policies = new ArrayList<>();
        policies.add(policy(RoleSpec.INLINE_POLICY_NAME, role.inlinePolicy()));
        if (!stepAccess.isEmpty()) {
            policies.add(policy(StepAccessPolicy.NAME, stepAccess));
        }
        return new JsonMap()
                .with("RoleName", deployment(suffix))
                .with("AssumeRolePolicyDocument", role.trustPolicy())
                .with("Policies", policies)
                .with("ManagedPolicyArns", role.managedPolicies().isEmpty() ? null : role.managedPolicies())
                .with("PermissionsBoundary", role.permissionsBoundary())
                .with("Tags", tags(role.tags()));
    }

    private static Map<String, Object> policy(String name, Map<String, Object> document) {
        return new JsonMap().with("PolicyName", name).with("PolicyDocument", document);
    }

    private static Object deployment(String suffix) {
        return Map.of("Fn::Sub", "${AWS::StackName}" + suffix);
    }

    /** The tags of a resource that a template adds, as CloudFormation has them. */
    public static Object tags(ExportedPipeline pipeline) {
        return Objects.requireNonNull(
                ReferenceText.replace(tags(pipeline.resources().tags()), new CloudFormationText()));
    }

    private static List<JsonMap> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> new JsonMap().with("Key", tag.getKey()).with("Value", tag.getValue()))
                .toList();
    }

    private static String id(Purpose purpose) {
        return switch (purpose) {
            case PRIMARY -> "PrimaryGroup";
            case CORE -> "CoreGroup";
            case SERVICE_ACCESS -> "AccessGroup";
        };
    }

    private void addGroup(SecurityGroupSpec group) {
        JsonMap properties = new JsonMap()
                .with("GroupDescription", group.description())
                .with("VpcId", Map.of("Ref", "Vpc"))
                .with("Tags", tags(group.tags()));
        if (group.purpose() == Purpose.SERVICE_ACCESS) {
            // Without a rule of its own, a group allows all egress.
            properties.put(
                    "SecurityGroupEgress",
                    Stream.of(Purpose.PRIMARY, Purpose.CORE)
                            .map(nodes -> new JsonMap()
                                    .with("DestinationSecurityGroupId", groupId(nodes))
                                    .with("Description", "EMR to the nodes")
                                    .with("IpProtocol", "tcp")
                                    .with("FromPort", SecurityGroupSpec.EMR_TO_NODES_PORT)
                                    .with("ToPort", SecurityGroupSpec.EMR_TO_NODES_PORT))
                            .toList());
        }
        add(id(group.purpose()), "AWS::EC2::SecurityGroup", properties);
    }

    /**
     * The rules that EMR would add, which CloudFormation could not delete then: groups that refer to each other cannot be deleted before
     * their rules.
     */
    private void addRules() {
        List<Purpose> created = pipeline.resources().groups().stream()
                .map(SecurityGroupSpec::purpose)
                .toList();
        List<Purpose> nodes = created.stream()
                .filter(purpose -> purpose != Purpose.SERVICE_ACCESS)
                .toList();
        for (Purpose to : nodes) {
            for (Purpose from : nodes) {
                addRule(to, from, "Tcp", "Between the nodes of the cluster", 0, 65_535);
                addRule(to, from, "Udp", "Between the nodes of the cluster", 0, 65_535);
                addRule(to, from, "Icmp", "Between the nodes of the cluster", -1, -1);
            }
        }
        if (created.contains(Purpose.SERVICE_ACCESS)) {
            int toNodes = SecurityGroupSpec.EMR_TO_NODES_PORT;
            nodes.forEach(to -> addRule(to, Purpose.SERVICE_ACCESS, "Tcp", "EMR to the nodes", toNodes, toNodes));
            int toEmr = SecurityGroupSpec.PRIMARY_TO_EMR_PORT;
            addRule(Purpose.SERVICE_ACCESS, Purpose.PRIMARY, "Tcp", "The primary node to EMR", toEmr, toEmr);
        }
    }

    /** The logical IDs of the rules among resources. */
    static List<String> rules(Map<String, Object> resources) {
        return resources.entrySet().stream()
                .filter(resource -> resource.getValue() instanceof Map<?, ?> map && INGRESS.equals(map.get("Type")))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void addRule(Purpose to, Purpose from, String protocol, String description, int fromPort, int toPort) {
        add(
                id(to) + "From" + id(from) + protocol,
                INGRESS,
                new JsonMap()
                        .with("GroupId", groupId(to))
                        .with("SourceSecurityGroupId", groupId(from))
                        .with("Description", description)
                        .with("IpProtocol", protocol.toLowerCase(Locale.ROOT))
                        .with("FromPort", fromPort)
                        .with("ToPort", toPort));
    }

    private static Object groupId(Purpose purpose) {
        return Map.of("Fn::GetAtt", List.of(id(purpose), "GroupId"));
    }

    private void addSecurityConfiguration(SecurityConfigurationSpec specification) {
        add(
                SECURITY_CONFIGURATION,
                "AWS::EMR::SecurityConfiguration",
                new JsonMap()
                        .with("Name", Map.of("Ref", "AWS::StackName"))
                        .with("SecurityConfiguration", specification.document()));
    }

    /** The values that other exports need of a stack with the resources, by the names of its outputs. */
    public static Map<String, Object> outputs(ExportedPipeline pipeline) {
        Map<String, Object> outputs = new LinkedHashMap<>();
        OUTPUTS.stream()
                .filter(reference -> isUsed(reference, pipeline))
                .forEach(reference -> outputs.put(outputName(reference), Map.of("Value", value(reference))));
        return outputs;
    }

    private static Object value(Reference reference) {
        return reference.isList()
                ? Map.of("Fn::Join", List.of(",", new CloudFormationText().list(reference)))
                : CloudFormationText.of(reference.token());
    }

    private static boolean isUsed(Reference reference, ExportedPipeline pipeline) {
        return isUsed(reference, pipeline.cluster())
                || pipeline.steps().stream().anyMatch(step -> isUsed(reference, step.arguments()));
    }

    private static boolean isUsed(Reference reference, Object document) {
        if (document instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(value -> isUsed(reference, value));
        } else if (document instanceof List<?> list) {
            return list.stream().anyMatch(value -> isUsed(reference, value));
        }
        return document instanceof String text && ReferenceText.of(text).has(reference);
    }

    /** The name of the output with the value of a reference, in words without separators. */
    public static String outputName(Reference reference) {
        return switch (reference) {
            case BUCKET -> "Bucket";
            case DEPLOYMENT -> "Deployment";
            case REGION -> "Region";
            case SUBNETS -> "Subnets";
            case SERVICE_ROLE -> SERVICE_ROLE;
            case NODE_PROFILE -> NODE_PROFILE;
            case PRIMARY_GROUP -> "PrimaryGroup";
            case CORE_GROUP -> "CoreGroup";
            case ACCESS_GROUP -> "AccessGroup";
            case SECURITY_CONFIGURATION -> SECURITY_CONFIGURATION;
            default -> throw new IllegalArgumentException("no output: " + reference);
        };
    }
}
