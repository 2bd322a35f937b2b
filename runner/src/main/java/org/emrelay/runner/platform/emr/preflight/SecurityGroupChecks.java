package org.emrelay.runner.platform.emr.preflight;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.emr.model.BlockPublicAccessConfiguration;
import software.amazon.awssdk.services.emr.model.PortRange;

/** Checks the security groups given in the cluster file: their VPC, and EMR's block public access. */
record SecurityGroupChecks(AwsContext aws, Cluster cluster, Consumer<String> errors) {
    /** Maps each given security group to the key in the cluster file that names it. */
    private Map<String, String> keysBySecurityGroup() {
        Cluster.Network network = cluster.network();
        Map<String, String> keysById = new LinkedHashMap<>();
        Cluster.SecurityGroups groups = network.securityGroups();
        if (groups != null) {
            keysById.put(groups.primary(), "EmrManagedMasterSecurityGroup");
            keysById.putIfAbsent(groups.core(), "EmrManagedSlaveSecurityGroup");
            if (groups.serviceAccess() != null) {
                keysById.putIfAbsent(groups.serviceAccess(), "ServiceAccessSecurityGroup");
            }
        }
        network.additionalPrimaryGroups().forEach(id -> keysById.putIfAbsent(id, "AdditionalMasterSecurityGroups"));
        network.additionalCoreGroups().forEach(id -> keysById.putIfAbsent(id, "AdditionalSlaveSecurityGroups"));
        return keysById;
    }

    /** Returns the VPC of each given security group that exists; empty if none is given. */
    Optional<Map<String, String>> findVpcs() {
        Map<String, String> keysById = keysBySecurityGroup();
        if (keysById.isEmpty()) {
            return Optional.empty();
        }
        // Uses a filter: with group ids, DescribeSecurityGroups fails on the first id that does not exist.
        Filter filter =
                Filter.builder().name("group-id").values(keysById.keySet()).build();
        List<SecurityGroup> found = aws.callBriefly(
                        "describe the given security groups",
                        () -> aws.ec2().describeSecurityGroups(request -> request.filters(filter)))
                .securityGroups();
        return Optional.of(found.stream().collect(Collectors.toMap(SecurityGroup::groupId, SecurityGroup::vpcId)));
    }

    /** @param vpcId the VPC of the subnets; null if unknown */
    void checkSecurityGroups(Map<String, String> vpcIdsByGroup, @Nullable String vpcId) {
        keysBySecurityGroup().forEach((id, key) -> {
            String groupVpcId = vpcIdsByGroup.get(id);
            if (groupVpcId == null) {
                errors.accept(key + ": security group '" + id + "' does not exist in this region. Give an existing one,"
                        + " or remove the security group keys to create them.");
            } else if (vpcId != null && !groupVpcId.equals(vpcId)) {
                errors.accept(key + ": security group " + id + " is in VPC " + groupVpcId + ", but the subnets are in "
                        + vpcId + ". Give security groups and subnets of one VPC.");
            }
        });
    }

    /**
     * Finds public ingress rules, unless the account allows them: EMR rejects clusters with them. Security groups
     * created by this program have none.
     */
    void checkPublicIngress() {
        Cluster.SecurityGroups given = cluster.network().securityGroups();
        if (given == null) {
            return;
        }
        BlockPublicAccessConfiguration configuration = aws.callBriefly(
                        "get EMR's block public access configuration",
                        () -> aws.emr().getBlockPublicAccessConfiguration(request -> {}))
                .blockPublicAccessConfiguration();
        if (!Boolean.TRUE.equals(configuration.blockPublicSecurityGroupRules())) {
            return;
        }
        List<PortRange> permitted = configuration.permittedPublicSecurityGroupRuleRanges();
        aws
                .callBriefly(
                        "describe the given security groups",
                        () -> aws.ec2()
                                .describeSecurityGroups(request -> request.groupIds(given.primary(), given.core())))
                .securityGroups()
                .stream()
                .filter(group -> group.ipPermissions().stream().anyMatch(rule -> isPublicIngress(rule, permitted)))
                .forEach(group -> errors.accept("Security group " + group.groupId()
                        + " allows ingress from the whole internet, and EMR's block public access in this account"
                        + " rejects that. Remove the rule; connect to the nodes with Systems Manager"
                        + " (\"session_manager\": true)."));
    }

    private static boolean isPublicIngress(IpPermission rule, List<PortRange> permitted) {
        boolean isPublic = rule.ipRanges().stream().anyMatch(range -> "0.0.0.0/0".equals(range.cidrIp()))
                || rule.ipv6Ranges().stream().anyMatch(range -> "::/0".equals(range.cidrIpv6()));
        return isPublic && permitted.stream().noneMatch(range -> contains(range, rule));
    }

    private static boolean contains(PortRange range, IpPermission permission) {
        Integer last = range.maxRange() == null ? range.minRange() : range.maxRange();
        return permission.fromPort() != null
                && permission.toPort() != null
                && range.minRange() <= permission.fromPort()
                && permission.toPort() <= last;
    }
}
