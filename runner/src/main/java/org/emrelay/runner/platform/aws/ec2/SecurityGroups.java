package org.emrelay.runner.platform.aws.ec2;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.NotOwnedException;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Security groups: made without any rule from outside, found by their tags, and removed with the rules that EMR has added. */
public final class SecurityGroups {
    private static final Duration SETTLING = Duration.ofMinutes(2);

    /** The network interfaces of machines that have ended go minutes after them. */
    private static final Duration INTERFACES_GO = Duration.ofMinutes(15);

    private final AwsContext aws;

    public SecurityGroups(AwsContext aws) {
        this.aws = aws;
    }

    /** Makes a group and tells its id; one that an earlier creation of this cluster left is taken up again. */
    public String create(SecurityGroupSpec draft, String vpc, OwnerTags ownership) {
        TagSpecification tags = TagSpecification.builder()
                .resourceType(ResourceType.SECURITY_GROUP)
                .tags(draft.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
        CreateSecurityGroupRequest request = CreateSecurityGroupRequest.builder()
                .groupName(draft.name())
                .description(draft.description())
                .vpcId(vpc)
                .tagSpecifications(tags)
                .build();
        try {
            return aws.patience()
                    .ask(
                            "create the security group " + draft.name(),
                            () -> aws.clients().ec2().createSecurityGroup(request))
                    .groupId();
        } catch (AwsException fault) {
            if (!fault.is(Kind.ALREADY_THERE)) {
                throw fault;
            }
            return adopt(draft, vpc, ownership).orElseThrow(() -> fault);
        }
    }

    private Optional<String> adopt(SecurityGroupSpec draft, String vpc, OwnerTags ownership) {
        List<SecurityGroup> found = describe(List.of(filter("group-name", draft.name()), filter("vpc-id", vpc)));
        for (SecurityGroup group : found) {
            if (!ownership.isIn(tags(group.tags()))) {
                throw new NotOwnedException("The security group " + draft.name() + " (" + group.groupId() + ")");
            }
        }
        return found.stream().map(SecurityGroup::groupId).findFirst();
    }

    static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    public static Map<String, String> tagsOf(SecurityGroup group) {
        return tags(group.tags());
    }

    static Map<String, String> tags(List<Tag> tags) {
        Map<String, String> found = new HashMap<>();
        tags.forEach(tag -> found.put(tag.key(), tag.value()));
        return found;
    }

    private List<SecurityGroup> describe(List<Filter> filters) {
        return aws.patience()
                .ask(
                        "look for security groups",
                        () -> aws.clients().ec2().describeSecurityGroups(request -> request.filters(filters)))
                .securityGroups();
    }

    /** All groups that were made for a cluster. */
    public List<SecurityGroup> find(OwnerTags ownership) {
        return describe(ownership.tags().entrySet().stream()
                .map(tag -> filter("tag:" + tag.getKey(), tag.getValue()))
                .toList());
    }

    /** Lets the primary node speak to EMR's side of a private subnet. */
    public void letIn(String group, String from) {
        once(
                "let " + from + " into the security group " + group,
                () -> aws.clients()
                        .ec2()
                        .authorizeSecurityGroupIngress(request ->
                                request.groupId(group).ipPermissions(tcp(SecurityGroupSpec.TO_SERVICE, from))));
    }

    /** Lets EMR's side speak to nodes. */
    public void letOut(String group, String to) {
        once(
                "let the security group " + group + " reach " + to,
                () -> aws.clients()
                        .ec2()
                        .authorizeSecurityGroupEgress(request ->
                                request.groupId(group).ipPermissions(tcp(SecurityGroupSpec.FROM_SERVICE, to))));
    }

    /** Takes the rule away that EC2 gives to every new group: that all may go out. */
    public void closeWayOut(String group) {
        IpPermission all = IpPermission.builder()
                .ipProtocol("-1")
                .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                .build();
        once(
                "close the way out of the security group " + group,
                () -> aws.clients()
                        .ec2()
                        .revokeSecurityGroupEgress(
                                request -> request.groupId(group).ipPermissions(all)));
    }

    private static IpPermission tcp(int port, String group) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .userIdGroupPairs(UserIdGroupPair.builder().groupId(group).build())
                .build();
    }

    /** A rule that is there, or gone, as wanted is fine. */
    private void once(String asked, Runnable call) {
        try {
            aws.patience().ask(asked, fault -> fault.code().equals("InvalidGroup.NotFound"), SETTLING, () -> {
                call.run();
                return Boolean.TRUE;
            });
        } catch (AwsException fault) {
            if (!fault.is(Kind.ALREADY_THERE) && !fault.code().equals("InvalidPermission.NotFound")) {
                throw fault;
            }
        }
    }

    /** Takes all rules in away, EMR's among them: groups that name one another cannot be removed. */
    public void revokeIngress(SecurityGroup group) {
        if (!group.ipPermissions().isEmpty()) {
            ifThere(
                    "take the rules of the security group " + group.groupId() + " away",
                    () -> aws.clients()
                            .ec2()
                            .revokeSecurityGroupIngress(
                                    request -> request.groupId(group.groupId()).ipPermissions(group.ipPermissions())));
        }
    }

    /** The rules out that name another group likewise. */
    public void revokeEgress(SecurityGroup group) {
        List<IpPermission> naming = group.ipPermissionsEgress().stream()
                .filter(IpPermission::hasUserIdGroupPairs)
                .filter(permission -> !permission.userIdGroupPairs().isEmpty())
                .toList();
        if (!naming.isEmpty()) {
            ifThere(
                    "take the rules of the security group " + group.groupId() + " away",
                    () -> aws.clients()
                            .ec2()
                            .revokeSecurityGroupEgress(
                                    request -> request.groupId(group.groupId()).ipPermissions(naming)));
        }
    }

    public void delete(String group) {
        ifThere(
                "remove the security group " + group,
                () -> aws.clients().ec2().deleteSecurityGroup(request -> request.groupId(group)));
    }

    private void ifThere(String asked, Runnable call) {
        try {
            aws.patience().ask(asked, fault -> fault.is(Kind.IN_USE), INTERFACES_GO, () -> {
                call.run();
                return Boolean.TRUE;
            });
        } catch (AwsException fault) {
            if (!fault.is(Kind.ABSENT)) {
                throw fault;
            }
        }
    }
}
