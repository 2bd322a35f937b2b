package org.emrelay.runner.platform.emr.preflight;

import java.util.List;
import java.util.function.Consumer;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterNetwork.SecurityGroups;
import org.emrelay.runner.platform.aws.client.AwsContext;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.emr.model.BlockPublicAccessConfiguration;
import software.amazon.awssdk.services.emr.model.PortRange;

/** Finds public ingress rules in existing security groups: EMR's block public access rejects such clusters. */
final class SecurityGroupIngressCheck {
    private final AwsContext aws;
    private final Cluster cluster;
    private final List<PortRange> permitted;

    SecurityGroupIngressCheck(AwsContext aws, Cluster cluster, BlockPublicAccessConfiguration configuration) {
        this.aws = aws;
        this.cluster = cluster;
        this.permitted = configuration.permittedPublicSecurityGroupRuleRanges();
    }

    boolean checkNoPublicIngress(Consumer<String> errors) {
        SecurityGroups existing = cluster.network().securityGroups();
        if (existing == null) {
            return true;
        }
        List<SecurityGroup> publicGroups = aws
                .retry()
                .callBriefly(
                        "describe the given security groups",
                        () -> aws.clients()
                                .ec2()
                                .describeSecurityGroups(
                                        request -> request.groupIds(existing.primary(), existing.core())))
                .securityGroups()
                .stream()
                .filter(group -> group.ipPermissions().stream().anyMatch(this::isPublicIngress))
                .toList();
        for (SecurityGroup group : publicGroups) {
            errors.accept("Security group " + group.groupId()
                    + " allows ingress from the whole internet, and EMR's block public access in this account rejects that."
                    + " Remove the rule; connect to the nodes with Systems Manager (\"session_manager\": true).");
        }
        return publicGroups.isEmpty();
    }

    private boolean isPublicIngress(IpPermission permission) {
        boolean isPublic = permission.ipRanges().stream().anyMatch(range -> "0.0.0.0/0".equals(range.cidrIp()))
                || permission.ipv6Ranges().stream().anyMatch(range -> "::/0".equals(range.cidrIpv6()));
        return isPublic && permitted.stream().noneMatch(range -> contains(range, permission));
    }

    private static boolean contains(PortRange range, IpPermission permission) {
        Integer last = range.maxRange() == null ? range.minRange() : range.maxRange();
        return permission.fromPort() != null
                && permission.toPort() != null
                && range.minRange() <= permission.fromPort()
                && permission.toPort() <= last;
    }
}
