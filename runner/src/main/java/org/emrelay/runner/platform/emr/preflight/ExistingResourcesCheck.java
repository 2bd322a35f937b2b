package org.emrelay.runner.platform.emr.preflight;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ClusterNetwork;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Checks that the security groups and security configuration given in the cluster file exist in the right VPC. */
final class ExistingResourcesCheck {
    private final AwsContext aws;
    private final Cluster cluster;

    ExistingResourcesCheck(AwsContext aws, Cluster cluster) {
        this.aws = aws;
        this.cluster = cluster;
    }

    /** Maps each given security group to the key in the cluster file that names it. */
    private Map<String, String> keysBySecurityGroup() {
        ClusterNetwork network = cluster.network();
        Map<String, String> keysById = new LinkedHashMap<>();
        ClusterNetwork.SecurityGroups groups = network.securityGroups();
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
        List<SecurityGroup> found = aws.retry()
                .callBriefly(
                        "describe the given security groups",
                        () -> aws.clients().ec2().describeSecurityGroups(request -> request.filters(filter)))
                .securityGroups();
        return Optional.of(found.stream().collect(Collectors.toMap(SecurityGroup::groupId, SecurityGroup::vpcId)));
    }

    /** @param vpcId the VPC of the subnets; null if unknown */
    void checkSecurityGroups(Map<String, String> vpcIdsByGroup, @Nullable String vpcId, Consumer<String> errors) {
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

    boolean checkSecurityConfiguration(Consumer<String> errors) {
        String name = cluster.iam().securityConfiguration();
        if (name == null) {
            return true;
        }
        try {
            aws.retry()
                    .callBriefly(
                            "describe security configuration " + name,
                            () -> aws.clients().emr().describeSecurityConfiguration(request -> request.name(name)));
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.NOT_FOUND)) {
                errors.accept(
                        "SecurityConfiguration: '" + name + "' does not exist in this region. Give an existing one,"
                                + " or remove the key to create one.");
                return false;
            }
            throw fault;
        }
    }
}
