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

/** Looks for rules of given groups that let the whole internet in, for EMR then refuses the cluster. */
final class SecurityGroupIngressCheck {
    private final AwsContext aws;
    private final Cluster cluster;
    private final List<PortRange> permitted;

    SecurityGroupIngressCheck(AwsContext aws, Cluster cluster, BlockPublicAccessConfiguration configuration) {
        this.aws = aws;
        this.cluster = cluster;
        this.permitted = configuration.permittedPublicSecurityGroupRuleRanges();
    }

    boolean letNobodyIn(Consumer<String> error) {
        SecurityGroups given = cluster.network().securityGroups();
        if (given == null) {
            return true;
        }
        List<SecurityGroup> open = aws
                .patience()
                .askBriefly(
                        "look at the given security groups",
                        () -> aws.clients()
                                .ec2()
                                .describeSecurityGroups(request -> request.groupIds(given.primary(), given.core())))
                .securityGroups()
                .stream()
                .filter(group -> group.ipPermissions().stream().anyMatch(this::isRefused))
                .toList();
        for (SecurityGroup group : open) {
            error.accept("The security group " + group.groupId()
                    + " lets the whole internet in, and this account's block-public-access lets EMR refuse it. Take that"
                    + " rule away; the nodes are reached by Systems Manager (\"session_manager\": true).");
        }
        return open.isEmpty();
    }

    private boolean isRefused(IpPermission permission) {
        boolean everybody = permission.ipRanges().stream().anyMatch(range -> "0.0.0.0/0".equals(range.cidrIp()))
                || permission.ipv6Ranges().stream().anyMatch(range -> "::/0".equals(range.cidrIpv6()));
        return everybody && permitted.stream().noneMatch(range -> holds(range, permission));
    }

    private static boolean holds(PortRange range, IpPermission permission) {
        Integer last = range.maxRange() == null ? range.minRange() : range.maxRange();
        return permission.fromPort() != null
                && permission.toPort() != null
                && range.minRange() <= permission.fromPort()
                && permission.toPort() <= last;
    }
}
