package org.emrelay.runner.fakeaws.emr;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Provisions the instances of fleets, up to the available capacity. */
final class FleetProvisioner {
    private final EmrState emr;
    private final FakeCluster cluster;

    FleetProvisioner(EmrState emr, FakeCluster cluster) {
        this.emr = emr;
        this.cluster = cluster;
    }

    void provisionOnDemand() {
        cluster.fleets.forEach(fleet -> provision(fleet, false, fleet.targetOnDemand));
    }

    void provisionSpot() {
        cluster.fleets.forEach(
                fleet -> provision(fleet, true, Math.min(fleet.targetSpot, cluster.script.spotCapacity())));
    }

    /** Moves the missing spot capacity to the on-demand target and provisions it. */
    void switchToOnDemand(FakeFleet fleet) {
        int missing = fleet.targetSpot - fleet.provisioned(true);
        fleet.targetSpot -= missing;
        fleet.targetOnDemand += missing;
        provision(fleet, false, fleet.targetOnDemand);
    }

    /** Adds instances until their weighted capacity reaches the target, which the last one may exceed. */
    private void provision(FakeFleet fleet, boolean spot, int target) {
        Tree type = firstOfferedType(fleet);
        int weight = type.number("WeightedCapacity", 1);
        while (fleet.provisioned(spot) < target) {
            int ordinal = cluster.fleets.stream()
                    .mapToInt(each -> each.instances.size())
                    .sum();
            fleet.instances.add(new FakeInstance(
                    emr.ids.emrId("ci"),
                    emr.ids.ec2Id("i"),
                    type.text("InstanceType", ""),
                    spot,
                    weight,
                    emr.now(),
                    ordinal));
        }
    }

    private Tree firstOfferedType(FakeFleet fleet) {
        List<Tree> types = fleet.config.trees("InstanceTypeConfigs");
        return types.stream()
                .filter(type -> emr.ec2.instanceTypes().isOffered(type.text("InstanceType", ""), cluster.zone))
                .findFirst()
                .orElseThrow();
    }

    /** The first subnet whose zone offers a type of every fleet, else the first subnet. */
    static String chooseSubnet(EmrState emr, Tree instances) {
        List<String> subnets = RunJobFlowValidator.subnets(instances);
        return subnets.stream()
                .filter(subnet -> canProvision(emr, instances, zone(emr, subnet)))
                .findFirst()
                .orElse(subnets.get(0));
    }

    static boolean canProvision(EmrState emr, Tree instances, String zone) {
        return instances.trees("InstanceFleets").stream()
                .allMatch(fleet -> fleet.trees("InstanceTypeConfigs").stream()
                        .anyMatch(type -> emr.ec2.instanceTypes().isOffered(type.text("InstanceType", ""), zone)));
    }

    static String zone(EmrState emr, String subnet) {
        return Objects.requireNonNull(emr.ec2.subnets().get(subnet)).zone();
    }
}
