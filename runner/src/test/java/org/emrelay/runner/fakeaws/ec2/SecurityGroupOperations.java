package org.emrelay.runner.fakeaws.ec2;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Security groups themselves. */
final class SecurityGroupOperations {
    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{1,255}");

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
        String name = allowed(request, "GroupName");
        String description = allowed(request, "GroupDescription");
        String vpc = vpc(request);
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
        Map<String, String> tags = Tags.specified(request, "security-group");
        SecurityGroup group = new SecurityGroup(ec2.identifiers.ec2("sg"), name, description, vpc);
        group.tags.putAll(tags);
        Permission everything = Permission.all(Permission.Kind.CIDR, "0.0.0.0/0");
        group.rules.add(new Rule(ec2.identifiers.ec2("sgr"), true, everything, null, false));
        ec2.groups.put(group.id, group);
        return Fields.of("return", true)
                .and("groupId", group.id)
                .and("securityGroupArn", arn(group))
                .and("tagSet", Fields.tags(group.tags, "key", "value"));
    }

    private static String allowed(Tree request, String key) {
        String value = request.text(key);
        if (value == null) {
            throw new AwsError(400, "MissingParameter", "The request must contain the parameter " + key);
        }
        if (!ALLOWED.matcher(value).matches()) {
            throw new AwsError(
                    400,
                    "InvalidParameterValue",
                    "Invalid value '" + value
                            + "' for " + key + ". Valid values are 1 to 255 characters of a-z, A-Z, 0-9, spaces and"
                            + " ._-:/()#,@[]+=&;{}!$*");
        }
        return value;
    }

    private String vpc(Tree request) {
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
        return ec2.owner.arn("ec2", "security-group/" + group.id);
    }

    private Fields describe(Tree request) {
        Filters<SecurityGroup> filters = new Filters<SecurityGroup>(group -> group.tags)
                .on("group-id", group -> group.id)
                .on("group-name", group -> group.name)
                .on("vpc-id", group -> group.vpc)
                .on("owner-id", group -> ec2.owner.account())
                .on("description", group -> group.description)
                .onAny("ip-permission.group-id", group -> referred(group, false))
                .onAny("egress.ip-permission.group-id", group -> referred(group, true));
        Listing<SecurityGroup> listing = new Listing<>(
                "securityGroupInfo",
                "GroupId",
                group -> group.id,
                Ec2State::noSuchGroup,
                filters,
                group -> group.fields(ec2.owner.account(), arn(group)));
        return listing.of(request, named(request));
    }

    /** Names alone reach the default VPC's groups only. */
    private List<SecurityGroup> named(Tree request) {
        List<String> names = request.texts("GroupName");
        List<SecurityGroup> all = List.copyOf(ec2.groups.values());
        if (names.isEmpty()) {
            return all;
        }
        List<SecurityGroup> found = all.stream()
                .filter(group -> names.contains(group.name) && ec2.vpcs.get(group.vpc).isDefault)
                .toList();
        for (String name : names) {
            if (found.stream().noneMatch(group -> group.name.equals(name))) {
                throw Ec2State.noSuchGroup(name);
            }
        }
        return found;
    }

    private static List<String> referred(SecurityGroup group, boolean egress) {
        return group.rules.stream()
                .filter(rule -> rule.egress == egress && rule.permission.kind() == Permission.Kind.GROUP)
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
        boolean referred = ec2.groups.values().stream().anyMatch(other -> other != group && other.refersTo(group.id));
        if (referred || ec2.isInUse(group.id)) {
            throw new AwsError(400, "DependencyViolation", "resource " + group.id + " has a dependent object");
        }
        ec2.groups.remove(group.id);
        return Fields.of("return", true).and("groupId", group.id);
    }
}
