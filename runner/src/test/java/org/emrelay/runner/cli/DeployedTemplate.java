package org.emrelay.runner.cli;

import static org.emrelay.runner.cli.TemplateValues.list;
import static org.emrelay.runner.cli.TemplateValues.map;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.SdkClients;
import org.emrelay.runner.json.JsonWriter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.iam.IamClient;

/** The roles, security groups and the security configuration of an exported template, created as CloudFormation would. */
final class DeployedTemplate implements AutoCloseable {
    private static final String STACK = "exported";

    private final Map<String, Object> template;
    private final SdkClients clients;
    private final TemplateValues values = new TemplateValues();
    private final Deque<Runnable> deletions = new ArrayDeque<>();

    DeployedTemplate(String text, SdkClients clients, String bucket) {
        this.template = TemplateValues.parse(text);
        this.clients = clients;
        List<Subnet> subnets = clients.ec2().describeSubnets(request -> {}).subnets();
        values.put("AWS::StackName", STACK);
        values.put("AWS::Partition", "aws");
        values.put("AWS::Region", "us-east-1");
        values.put("AWS::AccountId", "123456789012");
        values.put("Bucket", bucket);
        values.put("DefinitionKey", "scripts/state-machine.asl.json");
        values.put("Vpc", subnets.get(0).vpcId());
        values.put("Subnets", subnets.stream().map(Subnet::subnetId).toList());
        map(template.get("Resources")).forEach((id, resource) -> create(id, map(resource)));
    }

    /** The values of the outputs, by their names. */
    Map<String, Object> outputs() {
        return map(values.resolve(template.get("Outputs")));
    }

    Object resolve(Object value) {
        return values.resolve(value);
    }

    private void create(String id, Map<String, Object> resource) {
        Map<String, Object> properties = map(values.resolve(resource.get("Properties")));
        switch (String.valueOf(resource.get("Type"))) {
            case "AWS::IAM::Role" -> createRole(id, properties);
            case "AWS::IAM::InstanceProfile" -> createProfile(id, properties);
            case "AWS::EC2::SecurityGroup" -> createGroup(id, properties);
            case "AWS::EC2::SecurityGroupIngress" -> createRule(properties);
            case "AWS::EMR::SecurityConfiguration" -> createConfiguration(id, properties);
            // Of the orchestrators themselves, which run without IAM here.
            default -> values.put(id, "arn:aws:of:" + id);
        }
    }

    private void createRole(String id, Map<String, Object> properties) {
        String name = String.valueOf(properties.get("RoleName"));
        IamClient iam = clients.iam();
        iam.createRole(request -> request.roleName(name)
                .assumeRolePolicyDocument(JsonWriter.line(properties.get("AssumeRolePolicyDocument"))));
        List<String> policies = new ArrayList<>();
        for (Object policy : list(properties.get("Policies"))) {
            String policyName = String.valueOf(map(policy).get("PolicyName"));
            policies.add(policyName);
            iam.putRolePolicy(request -> request.roleName(name)
                    .policyName(policyName)
                    .policyDocument(JsonWriter.line(map(policy).get("PolicyDocument"))));
        }
        values.put(id, name);
        values.put(id + ".Arn", "arn:aws:iam::123456789012:role/" + name);
        deletions.push(() -> {
            policies.forEach(policy ->
                    iam.deleteRolePolicy(request -> request.roleName(name).policyName(policy)));
            iam.deleteRole(request -> request.roleName(name));
        });
    }

    private void createProfile(String id, Map<String, Object> properties) {
        String name = String.valueOf(properties.get("InstanceProfileName"));
        String role = String.valueOf(list(properties.get("Roles")).get(0));
        clients.iam().createInstanceProfile(request -> request.instanceProfileName(name));
        clients.iam()
                .addRoleToInstanceProfile(
                        request -> request.instanceProfileName(name).roleName(role));
        values.put(id, name);
        deletions.push(() -> {
            clients.iam()
                    .removeRoleFromInstanceProfile(
                            request -> request.instanceProfileName(name).roleName(role));
            clients.iam().deleteInstanceProfile(request -> request.instanceProfileName(name));
        });
    }

    private void createGroup(String id, Map<String, Object> properties) {
        String group = clients.ec2()
                .createSecurityGroup(request -> request.groupName(STACK + "-" + id)
                        .description(String.valueOf(properties.get("GroupDescription")))
                        .vpcId(String.valueOf(properties.get("VpcId"))))
                .groupId();
        tag(group, properties);
        values.put(id, group);
        values.put(id + ".GroupId", group);
        deletions.push(() -> clients.ec2().deleteSecurityGroup(request -> request.groupId(group)));
    }

    private void tag(String resource, Map<String, Object> properties) {
        clients.ec2()
                .createTags(request -> request.resources(resource)
                        .tags(list(properties.get("Tags")).stream()
                                .map(tag -> software.amazon.awssdk.services.ec2.model.Tag.builder()
                                        .key(String.valueOf(map(tag).get("Key")))
                                        .value(String.valueOf(map(tag).get("Value")))
                                        .build())
                                .toList()));
    }

    private void createRule(Map<String, Object> properties) {
        String group = String.valueOf(properties.get("GroupId"));
        IpPermission permission = IpPermission.builder()
                .ipProtocol(String.valueOf(properties.get("IpProtocol")))
                .fromPort(((Number) properties.get("FromPort")).intValue())
                .toPort(((Number) properties.get("ToPort")).intValue())
                .userIdGroupPairs(UserIdGroupPair.builder()
                        .groupId(String.valueOf(properties.get("SourceSecurityGroupId")))
                        .build())
                .build();
        clients.ec2()
                .authorizeSecurityGroupIngress(request -> request.groupId(group).ipPermissions(permission));
        deletions.push(() -> clients.ec2()
                .revokeSecurityGroupIngress(request -> request.groupId(group).ipPermissions(permission)));
    }

    private void createConfiguration(String id, Map<String, Object> properties) {
        String name = String.valueOf(properties.get("Name"));
        clients.emr()
                .createSecurityConfiguration(request -> request.name(name)
                        .securityConfiguration(JsonWriter.line(properties.get("SecurityConfiguration"))));
        values.put(id, name);
        deletions.push(() -> clients.emr().deleteSecurityConfiguration(request -> request.name(name)));
    }

    /** Deletes everything, in the order in which CloudFormation does. */
    @Override
    public void close() {
        while (!deletions.isEmpty()) {
            deletions.pop().run();
        }
    }
}
