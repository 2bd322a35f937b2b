package org.emrelay.runner.fakeaws.emr;

import java.util.List;
import org.emrelay.runner.fakeaws.wire.Tree;

/** Rejects the instance fleets that EMR rejects. */
final class FleetValidator {
    private static final int MAX_TYPES = 30;
    private static final int MAX_TYPES_WITHOUT_STRATEGY = 5;

    private final EmrState emr;
    private final List<Tree> fleets;

    FleetValidator(EmrState emr, Tree instances) {
        this.emr = emr;
        this.fleets = instances.trees("InstanceFleets");
    }

    void validate() {
        if (fleets.isEmpty()) {
            throw EmrState.validation("This fake supports instance fleets only.");
        }
        if (count("MASTER") != 1) {
            throw EmrState.validation("Exactly one master instance fleet must be specified.");
        }
        if (count("CORE") > 1 || count("TASK") > 1) {
            throw EmrState.validation("At most one core and one task instance fleet may be specified.");
        }
        fleets.forEach(this::check);
    }

    private long count(String type) {
        return fleets.stream()
                .filter(fleet -> fleet.text("InstanceFleetType", "").equals(type))
                .count();
    }

    private void check(Tree fleet) {
        String type = fleet.text("InstanceFleetType", "");
        if (!List.of("MASTER", "CORE", "TASK").contains(type)) {
            throw EmrState.validation("1 validation error detected: Value '" + type
                    + "' at 'instances.instanceFleets.1.member.instanceFleetType' failed to satisfy constraint: Member"
                    + " must satisfy enum value set: [MASTER, CORE, TASK]");
        }
        int onDemand = fleet.number("TargetOnDemandCapacity", 0);
        int spot = fleet.number("TargetSpotCapacity", 0);
        if (type.equals("MASTER") && onDemand + spot != 1) {
            throw EmrState.validation("The target capacity of the master instance fleet must be 1.");
        }
        if (onDemand < 0 || spot < 0 || onDemand + spot == 0) {
            throw EmrState.validation("At least one of TargetOnDemandCapacity and TargetSpotCapacity must be greater"
                    + " than 0 for the instance fleet " + type + ".");
        }
        checkTypes(fleet, type);
        checkSpot(fleet.tree("LaunchSpecifications").tree("SpotSpecification"));
    }

    private void checkTypes(Tree fleet, String fleetType) {
        List<Tree> types = fleet.trees("InstanceTypeConfigs");
        Tree launch = fleet.tree("LaunchSpecifications");
        boolean hasStrategy = launch.tree("SpotSpecification").has("AllocationStrategy")
                || launch.tree("OnDemandSpecification").has("AllocationStrategy");
        int maxTypes = hasStrategy ? MAX_TYPES : MAX_TYPES_WITHOUT_STRATEGY;
        if (types.isEmpty() || types.size() > maxTypes) {
            throw EmrState.validation("The number of instance types of the instance fleet " + fleetType
                    + " must be between 1 and " + maxTypes + ".");
        }
        List<String> names =
                types.stream().map(each -> each.text("InstanceType", "")).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw EmrState.validation("An instance type is given twice for the instance fleet " + fleetType + ".");
        }
        for (Tree each : types) {
            String name = each.text("InstanceType", "");
            if (!emr.ec2.instanceTypes().isOfferedSomewhere(name)
                    || !Releases.supports(emr.ec2.instanceTypes(), name)) {
                throw EmrState.validation("Instance type '" + name + "' is not supported.");
            }
            if (fleetType.equals("MASTER") && each.number("WeightedCapacity", 1) != 1) {
                throw EmrState.validation("WeightedCapacity of the master instance fleet must be 1.");
            }
            if (each.has("BidPrice") && each.has("BidPriceAsPercentageOfOnDemandPrice")) {
                throw EmrState.validation(
                        "Only one of BidPrice and BidPriceAsPercentageOfOnDemandPrice may be specified.");
            }
        }
    }

    private static void checkSpot(Tree specification) {
        if (specification.isEmpty()) {
            return;
        }
        if (specification.has("BlockDurationMinutes")) {
            throw EmrState.validation(
                    "Spot blocks are no longer supported: BlockDurationMinutes must not be specified.");
        }
        int timeout = specification.number("TimeoutDurationMinutes", 0);
        if (timeout < 5 || timeout > 1440) {
            throw EmrState.validation("TimeoutDurationMinutes must be between 5 and 1440.");
        }
        if (!specification.text("TimeoutAction", "").matches("SWITCH_TO_ON_DEMAND|TERMINATE_CLUSTER")) {
            throw EmrState.validation("TimeoutAction must be SWITCH_TO_ON_DEMAND or TERMINATE_CLUSTER.");
        }
    }
}
