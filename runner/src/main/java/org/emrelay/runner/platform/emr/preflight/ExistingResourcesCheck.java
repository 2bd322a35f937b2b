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

/** Looks whether the security groups and the security configuration that the cluster file names are there, and the groups where the nodes will be. */
final class ExistingResourcesCheck {
    private final AwsContext aws;
    private final Cluster cluster;

    ExistingResourcesCheck(AwsContext aws, Cluster cluster) {
        this.aws = aws;
        this.cluster = cluster;
    }

    /** Each given group by the key that names it. */
    private Map<String, String> groups() {
        ClusterNetwork network = cluster.network();
        Map<String, String> keys = new LinkedHashMap<>();
        ClusterNetwork.SecurityGroups groups = network.securityGroups();
        if (groups != null) {
            keys.put(groups.primary(), "EmrManagedMasterSecurityGroup");
            keys.putIfAbsent(groups.core(), "EmrManagedSlaveSecurityGroup");
            if (groups.serviceAccess() != null) {
                keys.putIfAbsent(groups.serviceAccess(), "ServiceAccessSecurityGroup");
            }
        }
        network.additionalPrimaryGroups().forEach(id -> keys.putIfAbsent(id, "AdditionalMasterSecurityGroups"));
        network.additionalCoreGroups().forEach(id -> keys.putIfAbsent(id, "AdditionalSlaveSecurityGroups"));
        return keys;
    }

    /** The VPC of each given group that is there; empty when none is given. */
    Optional<Map<String, String>> vpcs() {
        Map<String, String> keys = groups();
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        // By a filter: EC2 fails a request that names a group that is not there, and tells of one only.
        Filter filter = Filter.builder().name("group-id").values(keys.keySet()).build();
        List<SecurityGroup> found = aws.patience()
                .askBriefly(
                        "look at the given security groups",
                        () -> aws.clients().ec2().describeSecurityGroups(request -> request.filters(filter)))
                .securityGroups();
        return Optional.of(found.stream().collect(Collectors.toMap(SecurityGroup::groupId, SecurityGroup::vpcId)));
    }

    /** @param vpc the subnets' own; null when it is not known */
    void judge(Map<String, String> vpcs, @Nullable String vpc, Consumer<String> error) {
        groups().forEach((id, key) -> {
            String its = vpcs.get(id);
            if (its == null) {
                error.accept(key + ": there is no security group '" + id + "' in this region. Name one that is there,"
                        + " or remove the security groups' keys to have them made.");
            } else if (vpc != null && !its.equals(vpc)) {
                error.accept(key + ": the security group " + id + " is of the VPC " + its + ", and the subnets are of "
                        + vpc + ". Name groups and subnets of one VPC.");
            }
        });
    }

    boolean securityConfiguration(Consumer<String> error) {
        String name = cluster.access().securityConfiguration();
        if (name == null) {
            return true;
        }
        try {
            aws.patience()
                    .askBriefly(
                            "look at the security configuration " + name,
                            () -> aws.clients().emr().describeSecurityConfiguration(request -> request.name(name)));
            return true;
        } catch (AwsException fault) {
            if (fault.is(Kind.ABSENT)) {
                error.accept("SecurityConfiguration: there is no '" + name + "' in this region. Name one that is there,"
                        + " or remove the key to have one made.");
                return false;
            }
            throw fault;
        }
    }
}
