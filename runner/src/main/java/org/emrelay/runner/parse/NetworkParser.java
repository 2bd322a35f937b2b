package org.emrelay.runner.parse;

import java.util.List;
import java.util.regex.Pattern;
import org.emrelay.runner.model.ClusterNetwork;
import org.emrelay.runner.model.ClusterNetwork.SecurityGroups;
import org.jspecify.annotations.Nullable;

/** Reads where the nodes stand and who reaches them. */
final class NetworkParser {
    private static final Pattern SUBNET = Pattern.compile("subnet-([0-9a-f]{8}|[0-9a-f]{17})");
    private static final Pattern GROUP = Pattern.compile("sg-([0-9a-f]{8}|[0-9a-f]{17})");
    private static final Pattern KEY_NAME = Pattern.compile("\\S(.{0,253}\\S)?");
    private static final String A_SUBNET = "the id of a subnet, such as subnet-0123456789abcdef0";
    private static final String A_GROUP = "the id of a security group, such as sg-0123456789abcdef0";
    private static final int OLD_LENGTH = "subnet-".length() + 8;

    private final ClusterFields fields;
    private final Problems problems;

    NetworkParser(ClusterFields fields) {
        this.fields = fields;
        this.problems = fields.problems();
    }

    ClusterNetwork read(ClusterFile file) {
        List<String> subnets = fields.allMatching(file.ec2SubnetIds(), SUBNET, A_SUBNET, "Ec2SubnetIds");
        warnOfOldSubnets(subnets);
        return new ClusterNetwork(
                subnets,
                fields.matching(file.ec2KeyName(), KEY_NAME, "the name of an EC2 key pair", "Ec2KeyName"),
                securityGroups(file),
                groups(file.additionalMasterSecurityGroups(), "AdditionalMasterSecurityGroups"),
                groups(file.additionalSlaveSecurityGroups(), "AdditionalSlaveSecurityGroups"));
    }

    /** Ids of eight digits were last given in 2018: they mostly travel in files that were copied from somebody else. */
    private void warnOfOldSubnets(List<String> subnets) {
        List<String> old =
                subnets.stream().filter(subnet -> subnet.length() == OLD_LENGTH).toList();
        if (!old.isEmpty()) {
            problems.warning(
                    "Ec2SubnetIds",
                    String.join(", ", old) + " may not be yours: EC2 has given out no such short ids since 2018.",
                    "Name subnets of your own account, or remove the key to use its default VPC.");
        }
    }

    private List<String> groups(List<String> written, String path) {
        return fields.allMatching(written, GROUP, A_GROUP, path);
    }

    /** EMR's rule: all groups are its defaults, or all are the user's. */
    private @Nullable SecurityGroups securityGroups(ClusterFile file) {
        String primary = file.masterSecurityGroup();
        String core = file.slaveSecurityGroup();
        String access = file.serviceAccessSecurityGroup();
        checkGroup(primary, "EmrManagedMasterSecurityGroup");
        checkGroup(core, "EmrManagedSlaveSecurityGroup");
        checkGroup(access, "ServiceAccessSecurityGroup");
        if (primary == null && core == null && access == null) {
            return null;
        }
        checkTogether(primary, "EmrManagedMasterSecurityGroup");
        checkTogether(core, "EmrManagedSlaveSecurityGroup");
        if (access != null && file.ec2SubnetIds().isEmpty()) {
            problems.warning(
                    "ServiceAccessSecurityGroup",
                    "serves private subnets only, and the default VPC's, which are used here, are public.",
                    "Name the private subnets in Ec2SubnetIds, or remove this key.");
        }
        return primary == null || core == null ? null : new SecurityGroups(primary, core, access);
    }

    private void checkGroup(@Nullable String group, String path) {
        fields.matching(group, GROUP, A_GROUP, path);
    }

    private void checkTogether(@Nullable String group, String path) {
        if (group == null) {
            problems.error(
                    path,
                    "this key is missing: EMR takes either all security groups from you or none.",
                    "Name EmrManagedMasterSecurityGroup and EmrManagedSlaveSecurityGroup both, or no group at all.");
        }
    }
}
