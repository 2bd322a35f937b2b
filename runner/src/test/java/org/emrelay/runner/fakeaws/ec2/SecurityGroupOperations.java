package org.emrelay.runner.fakeaws.ec2;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Creates, describes and deletes security groups. */
final class SecurityGroupOperations {
    private static final Pattern VALID_NAME = Pattern.compile("[a-zA-Z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{1,255}");

    private final Ec2State ec2;

    SecurityGroupOperations(Ec2State ec2) {
        this.ec2 = ec2;
    }

    void addTo(Operations operations) {
        operations
                .add("CreateSecurityGroup", this::create)
                .add("DescribeSecurityGroups", this::describe)
                .add("DeleteSecurityGroup", this::delete);
    }

    private Fields create(Tree request) {
        String name = requiredText(request, "GroupName");
        String description = requiredText(request, "GroupDescription");
        String vpc = requestedVpc(request);
        if (name.startsWith("sg-")) {
            throw new AwsError(
                    400,
                    "InvalidParameterValue",
                    "Invalid value '" + name + "' for groupName. Group names may not be in the format sg-*.");
        }
        if (ec2.groups.values().stream().anyMatch(group -> group.name.equals(name) && group.vpc.equals(vpc))) {
            throw new AwsError(
                    400,
                    "InvalidGroup.Duplicate",
                    "The security group '" + name + "' already exists for VPC '" + vpc + "'");
        }
        Map<String, String> tags = TagOperations.fromSpecifications(request, "security-group");
        SecurityGroup group = new SecurityGroup(ec2.ids.ec2Id("sg"), name, description, vpc);
        group.tags.putAll(tags);
        Permission allowAll = Permission.all(Permission.PeerType.CIDR, "0.0.0.0/0");
        group.rules.add(new SecurityGroupRule(ec2.ids.ec2Id("sgr"), true, allowAll, null, false));
        group.createdAt = ec2.clock.instant();
        ec2.groups.put(group.id, group);
        return Fields.of("return", true)
                .and("groupId", group.id)
                .and("securityGroupArn", arn(group))
                .and("tagSet", Fields.tags(group.tags, "key", "value"));
    }

    private static String requiredText(Tree request, String key) {
        String value = request.text(key);
        if (value == null) {
            throw new AwsError(400, "MissingParameter", "The request must contain the parameter " + key);
        }
        if (!VALID_NAME.matcher(value).matches()) {
            throw new AwsError(
                    400,
                    "InvalidParameterValue",
                    "Invalid value '" + value
                            + "' for " + key + ". Valid values are 1 to 255 characters of a-z, A-Z, 0-9, spaces and"
                            + " ._-:/()#,@[]+=&;{}!$*");
        }
        return value;
    }

    private String requestedVpc(Tree request) {
        String id = request.text("VpcId");
        if (id != null) {
            if (!ec2.vpcs.containsKey(id)) {
                throw new AwsError(400, "InvalidVpcID.NotFound", "The vpc ID '" + id + "' does not exist");
            }
            return id;
        }
        return ec2.vpcs.values().stream()
                .filter(vpc -> vpc.isDefault)
                .map(Vpc::id)
                .findFirst()
                .orElseThrow(() -> new AwsError(400, "VPCIdNotSpecified", "No default VPC for this user"));
    }

    private String arn(SecurityGroup group) {
        return ec2.identity.arn("ec2", "security-group/" + group.id);
    }

    private Fields describe(Tree request) {
        Filters<SecurityGroup> filters = new Filters<SecurityGroup>(group -> group.tags)
                .on("group-id", group -> group.id)
                .on("group-name", group -> group.name)
                .on("vpc-id", group -> group.vpc)
                .on("owner-id", group -> ec2.identity.accountId())
                .on("description", group -> group.description)
                .onAny("ip-permission.group-id", group -> referencedGroups(group, false))
                .onAny("egress.ip-permission.group-id", group -> referencedGroups(group, true));
        DescribeOperation<SecurityGroup> listing = new DescribeOperation<>(
                "securityGroupInfo",
                "GroupId",
                group -> group.id,
                Ec2State::noSuchGroup,
                filters,
                group -> group.fields(ec2.identity.accountId(), arn(group)));
        return listing.describe(request, withRequestedNames(request));
    }

    /** Applies the GroupName parameter, which EC2 resolves in the default VPC only. */
    private List<SecurityGroup> withRequestedNames(Tree request) {
        List<String> names = request.texts("GroupName");
        List<SecurityGroup> all =
                ec2.groups.values().stream().filter(ec2::isReadable).toList();
        if (names.isEmpty()) {
            return all;
        }
        List<SecurityGroup> inDefaultVpc = all.stream()
                .filter(group -> names.contains(group.name) && ec2.vpcs.get(group.vpc).isDefault)
                .toList();
        for (String name : names) {
            if (inDefaultVpc.stream().noneMatch(group -> group.name.equals(name))) {
                throw Ec2State.noSuchGroup(name);
            }
        }
        return inDefaultVpc;
    }

    private static List<String> referencedGroups(SecurityGroup group, boolean egress) {
        return group.rules.stream()
                .filter(rule -> rule.egress == egress && rule.permission.peerType() == Permission.PeerType.GROUP)
                .map(rule -> rule.permission.peer())
                .toList();
    }

    private Fields delete(Tree request) {
        SecurityGroup group = ec2.group(request.text("GroupId", ""));
        if (group.name.equals("default")) {
            throw new AwsError(
                    400,
                    "CannotDelete",
                    "the specified group: \"" + group.id + "\" name: \"default\" cannot be deleted by a user");
        }
        boolean isReferenced =
                ec2.groups.values().stream().anyMatch(other -> other != group && other.references(group.id));
        if (isReferenced || ec2.isInUse(group.id)) {
            throw new AwsError(400, "DependencyViolation", "resource " + group.id + " has a dependent object");
        }
        ec2.groups.remove(group.id);
        return Fields.of("return", true).and("groupId", group.id);
    }
}
