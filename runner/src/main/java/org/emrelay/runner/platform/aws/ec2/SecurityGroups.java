package org.emrelay.runner.platform.aws.ec2;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.RefusedException;
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

/** Creates, finds and deletes EC2 security groups and their rules. */
public record SecurityGroups(AwsContext aws) {
    private static final Duration PROPAGATION_BUDGET = Duration.ofMinutes(2);

    /** EC2 deletes the network interfaces of terminated instances minutes later; until then the group is in use. */
    public static final Duration INTERFACE_DELETION_BUDGET = Duration.ofMinutes(15);

    /** Creates a group and returns its ID. Reuses a group left by an earlier creation of the same cluster. */
    public String create(SecurityGroupSpec spec, String vpcId, OwnerTags ownerTags) {
        TagSpecification tags = TagSpecification.builder()
                .resourceType(ResourceType.SECURITY_GROUP)
                .tags(spec.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
        CreateSecurityGroupRequest request = CreateSecurityGroupRequest.builder()
                .groupName(spec.name())
                .description(spec.description())
                .vpcId(vpcId)
                .tagSpecifications(tags)
                .build();
        try {
            return aws.call(
                            "create the security group " + spec.name(),
                            () -> aws.ec2().createSecurityGroup(request))
                    .groupId();
        } catch (AwsException fault) {
            if (!fault.is(Kind.ALREADY_EXISTS)) {
                throw fault;
            }
            // EC2 may not show a group at once that an earlier attempt of this call created.
            return adopt(spec, vpcId, ownerTags)
                    .or(() -> aws.retry().poll(0, PROPAGATION_BUDGET, () -> adopt(spec, vpcId, ownerTags)))
                    .orElseThrow(() -> fault);
        }
    }

    private Optional<String> adopt(SecurityGroupSpec spec, String vpcId, OwnerTags ownerTags) {
        List<SecurityGroup> found = describe(List.of(filter("group-name", spec.name()), filter("vpc-id", vpcId)));
        for (SecurityGroup group : found) {
            if (!ownerTags.matches(tagsOf(group))) {
                throw RefusedException.notOwned(
                        "The security group " + spec.name() + " (" + group.groupId() + ")", ownerTags);
            }
        }
        return found.stream().map(SecurityGroup::groupId).findFirst();
    }

    static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    public static Map<String, String> tagsOf(SecurityGroup group) {
        return group.tags().stream().collect(Collectors.toMap(Tag::key, tag -> Objects.toString(tag.value(), "")));
    }

    private List<SecurityGroup> describe(List<Filter> filters) {
        return aws.call(
                        "describe the security groups",
                        () -> aws.ec2().describeSecurityGroups(request -> request.filters(filters)))
                .securityGroups();
    }

    /** All groups created for a cluster, found by their tags. */
    public List<SecurityGroup> findOwned(OwnerTags ownerTags) {
        return describe(ownerTags.tags().entrySet().stream()
                .map(tag -> filter("tag:" + tag.getKey(), tag.getValue()))
                .toList());
    }

    /** Allows the primary node to reach EMR (TCP 9443). */
    public void allowIngressFrom(String group, String source) {
        applyRule(
                "allow ingress from " + source + " to the security group " + group,
                () -> aws.ec2()
                        .authorizeSecurityGroupIngress(request -> request.groupId(group)
                                .ipPermissions(tcp(SecurityGroupSpec.PRIMARY_TO_EMR_PORT, source))));
    }

    /** Allows EMR to reach the nodes (TCP 8443). */
    public void allowEgressTo(String group, String destination) {
        applyRule(
                "allow egress from the security group " + group + " to " + destination,
                () -> aws.ec2()
                        .authorizeSecurityGroupEgress(request -> request.groupId(group)
                                .ipPermissions(tcp(SecurityGroupSpec.EMR_TO_NODES_PORT, destination))));
    }

    /** Revokes the rule that EC2 adds to every new group: all egress is allowed. */
    public void revokeDefaultEgress(String group) {
        IpPermission allTraffic = IpPermission.builder()
                .ipProtocol("-1")
                .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                .build();
        applyRule(
                "revoke the default egress rule of the security group " + group,
                () -> aws.ec2()
                        .revokeSecurityGroupEgress(
                                request -> request.groupId(group).ipPermissions(allTraffic)));
    }

    private static IpPermission tcp(int port, String group) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .userIdGroupPairs(UserIdGroupPair.builder().groupId(group).build())
                .build();
    }

    /** Changes a rule; succeeds when it is already as wanted. */
    private <T> void applyRule(String operation, Supplier<T> call) {
        try {
            aws.create(operation, fault -> fault.code().equals("InvalidGroup.NotFound"), PROPAGATION_BUDGET, call);
        } catch (AwsException fault) {
            if (!fault.code().equals("InvalidPermission.NotFound")) {
                throw fault;
            }
        }
    }

    /**
     * Revokes all ingress rules, including those that EMR added. Groups that reference each other cannot be deleted.
     */
    public void revokeIngress(SecurityGroup group) {
        if (!group.ipPermissions().isEmpty()) {
            aws.delete(
                    "revoke the ingress rules of the security group " + group.groupId(),
                    INTERFACE_DELETION_BUDGET,
                    () -> aws.ec2()
                            .revokeSecurityGroupIngress(
                                    request -> request.groupId(group.groupId()).ipPermissions(group.ipPermissions())));
        }
    }

    /** Revokes the egress rules that reference other groups. */
    public void revokeEgressToGroups(SecurityGroup group) {
        List<IpPermission> referencing = group.ipPermissionsEgress().stream()
                .filter(permission -> !permission.userIdGroupPairs().isEmpty())
                .toList();
        if (!referencing.isEmpty()) {
            aws.delete(
                    "revoke the egress rules of the security group " + group.groupId(),
                    INTERFACE_DELETION_BUDGET,
                    () -> aws.ec2()
                            .revokeSecurityGroupEgress(
                                    request -> request.groupId(group.groupId()).ipPermissions(referencing)));
        }
    }

    /**
     * Deletes a group.
     *
     * @param conflictBudget how long to retry while the group is in use
     */
    public void delete(String group, Duration conflictBudget) {
        aws.delete(
                "delete the security group " + group,
                conflictBudget,
                () -> aws.ec2().deleteSecurityGroup(request -> request.groupId(group)));
    }
}
