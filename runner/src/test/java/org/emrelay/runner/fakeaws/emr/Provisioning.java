package org.emrelay.runner.fakeaws.emr;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Gives fleets their machines, as capacity allows. */
final class Provisioning {
    private final EmrState emr;
    private final EmrCluster cluster;

    Provisioning(EmrState emr, EmrCluster cluster) {
        this.emr = emr;
        this.cluster = cluster;
    }

    void fillOnDemand() {
        cluster.fleets.forEach(fleet -> fill(fleet, false, fleet.targetOnDemand));
    }

    void fillSpot() {
        cluster.fleets.forEach(fleet -> fill(fleet, true, Math.min(fleet.targetSpot, cluster.script.spotAvailable())));
    }

    /** What spot could not give is taken on demand; the targets change with it. */
    void switchToOnDemand(Fleet fleet) {
        int missing = fleet.targetSpot - fleet.provisioned(true);
        fleet.targetSpot -= missing;
        fleet.targetOnDemand += missing;
        fill(fleet, false, fleet.targetOnDemand);
    }

    /** A machine counts as much as its type's weight, so that the last one may exceed the target. */
    private void fill(Fleet fleet, boolean spot, int target) {
        Tree type = offered(fleet);
        int weight = type.number("WeightedCapacity", 1);
        while (fleet.provisioned(spot) < target) {
            int number = cluster.fleets.stream()
                    .mapToInt(each -> each.machines.size())
                    .sum();
            fleet.machines.add(new Machine(
                    emr.identifiers.emr("ci"),
                    emr.identifiers.ec2("i"),
                    type.text("InstanceType", ""),
                    spot,
                    weight,
                    emr.now(),
                    number));
        }
    }

    private Tree offered(Fleet fleet) {
        List<Tree> types = fleet.config.trees("InstanceTypeConfigs");
        return types.stream()
                .filter(type -> emr.ec2.instanceTypes().isOffered(type.text("InstanceType", ""), cluster.zone))
                .findFirst()
                .orElseThrow();
    }

    /** A zone in which every fleet has at least one type, among those of the given subnets; the first one otherwise. */
    static String chosenSubnet(EmrState emr, Tree instances) {
        List<String> subnets = RunJobFlowCheck.subnets(instances);
        return subnets.stream()
                .filter(subnet -> isPossible(emr, instances, zone(emr, subnet)))
                .findFirst()
                .orElse(subnets.get(0));
    }

    static boolean isPossible(EmrState emr, Tree instances, String zone) {
        return instances.trees("InstanceFleets").stream()
                .allMatch(fleet -> fleet.trees("InstanceTypeConfigs").stream()
                        .anyMatch(type -> emr.ec2.instanceTypes().isOffered(type.text("InstanceType", ""), zone)));
    }

    static String zone(EmrState emr, String subnet) {
        return Objects.requireNonNull(emr.ec2.subnets().get(subnet)).zone();
    }
}
