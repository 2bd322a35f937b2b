package org.emrelay.runner.parse;

import java.util.List;
import java.util.regex.Pattern;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Cluster.SecurityGroups;
import org.jspecify.annotations.Nullable;

/** Parses subnets, key pair and security groups. */
record NetworkParser(Problems problems) {
    private static final Pattern SUBNET = Pattern.compile("subnet-([0-9a-f]{8}|[0-9a-f]{17})");
    private static final Pattern GROUP = Pattern.compile("sg-([0-9a-f]{8}|[0-9a-f]{17})");
    private static final Pattern KEY_NAME = Pattern.compile("\\S(.{0,253}\\S)?");
    private static final String SUBNET_DESCRIPTION = "the id of a subnet, such as subnet-0123456789abcdef0";
    private static final String GROUP_DESCRIPTION = "the id of a security group, such as sg-0123456789abcdef0";
    private static final int SHORT_ID_LENGTH = "subnet-".length() + 8;

    Cluster.Network parse(ClusterFile file) {
        List<String> subnets = problems.allMatching(file.ec2SubnetIds(), SUBNET, SUBNET_DESCRIPTION, "Ec2SubnetIds");
        warnOfShortSubnetIds(subnets);
        return new Cluster.Network(
                subnets,
                problems.matching(file.ec2KeyName(), KEY_NAME, "the name of an EC2 key pair", "Ec2KeyName"),
                securityGroups(file),
                groups(file.additionalMasterSecurityGroups(), "AdditionalMasterSecurityGroups"),
                groups(file.additionalSlaveSecurityGroups(), "AdditionalSlaveSecurityGroups"));
    }

    /** EC2 has not issued 8-digit ids since 2018; today they mostly occur in copied files. */
    private void warnOfShortSubnetIds(List<String> subnets) {
        List<String> shortIds = subnets.stream()
                .filter(subnet -> subnet.length() == SHORT_ID_LENGTH)
                .toList();
        if (!shortIds.isEmpty()) {
            problems.warning(
                    "Ec2SubnetIds",
                    String.join(", ", shortIds)
                            + " may belong to another account: EC2 has not issued such short ids since 2018.",
                    "Specify subnets of your own account, or remove the key to use its default VPC.");
        }
    }

    private List<String> groups(List<String> ids, String path) {
        return problems.allMatching(ids, GROUP, GROUP_DESCRIPTION, path);
    }

    /** EMR accepts either no managed security groups or all of them. */
    private @Nullable SecurityGroups securityGroups(ClusterFile file) {
        String primary = file.emrManagedMasterSecurityGroup();
        String core = file.emrManagedSlaveSecurityGroup();
        String serviceAccess = file.serviceAccessSecurityGroup();
        checkGroup(primary, "EmrManagedMasterSecurityGroup");
        checkGroup(core, "EmrManagedSlaveSecurityGroup");
        checkGroup(serviceAccess, "ServiceAccessSecurityGroup");
        if (primary == null && core == null && serviceAccess == null) {
            return null;
        }
        requireGroup(primary, "EmrManagedMasterSecurityGroup");
        requireGroup(core, "EmrManagedSlaveSecurityGroup");
        if (serviceAccess != null && file.ec2SubnetIds().isEmpty()) {
            problems.warning(
                    "ServiceAccessSecurityGroup",
                    "applies to private subnets only, but without Ec2SubnetIds the public subnets of the default VPC"
                            + " are used.",
                    "Set Ec2SubnetIds to private subnets, or remove this key.");
        }
        return primary == null || core == null ? null : new SecurityGroups(primary, core, serviceAccess);
    }

    private void checkGroup(@Nullable String group, String path) {
        problems.matching(group, GROUP, GROUP_DESCRIPTION, path);
    }

    private void requireGroup(@Nullable String group, String path) {
        if (group == null) {
            problems.error(
                    path,
                    "required key is missing: EMR accepts either all managed security groups or none.",
                    "Set both EmrManagedMasterSecurityGroup and EmrManagedSlaveSecurityGroup, or no group at all.");
        }
    }
}
