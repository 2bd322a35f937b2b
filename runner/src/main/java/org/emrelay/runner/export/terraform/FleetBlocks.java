package org.emrelay.runner.export.terraform;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Converts instance fleets to the blocks of Terraform's AWS provider. */
record FleetBlocks(Obstacles obstacles) {
    private static final String STRATEGY = "AllocationStrategy";
    private static final String STRATEGY_ATTRIBUTE = "allocation_strategy";

    /** Adds a fleet's attributes and blocks to the block of the fleet. */
    HclBlock fill(HclBlock block, RequestKeys fleet) {
        fleet.take("InstanceFleetType");
        block.with("name", fleet.take("Name"))
                .with("target_on_demand_capacity", unlessZero(fleet.take("TargetOnDemandCapacity")))
                .with("target_spot_capacity", unlessZero(fleet.take("TargetSpotCapacity")));
        fleet.takeObjects("InstanceTypeConfigs").forEach(type -> block.with(type(type)));
        RequestKeys launch = fleet.takeObject("LaunchSpecifications");
        if (!launch.isEmpty()) {
            block.with(launch(launch));
        }
        obstacles.addRemaining(fleet);
        return block;
    }

    private static @Nullable Object unlessZero(@Nullable Object number) {
        return Integer.valueOf(0).equals(number) ? null : number;
    }

    private HclBlock type(RequestKeys type) {
        Object dollars = type.take("BidPrice");
        Object percent = type.take("BidPriceAsPercentageOfOnDemandPrice");
        HclBlock block = new HclBlock("instance_type_configs")
                .with("instance_type", type.take("InstanceType"))
                .with("weighted_capacity", type.take("WeightedCapacity"))
                .with("bid_price", dollars);
        if (dollars != null) {
            // Else the provider sends its default of 100 too, and EMR takes only one of them.
            block.with("bid_price_as_percentage_of_on_demand_price", 0);
        } else {
            block.with("bid_price_as_percentage_of_on_demand_price", percent);
        }
        addVolumes(block, type);
        for (RequestKeys configuration : type.takeObjects("Configurations")) {
            block.with(new HclBlock("configurations")
                    .with("classification", configuration.take("Classification"))
                    .with("properties", configuration.take("Properties")));
            obstacles.addRemaining(configuration);
        }
        obstacles.addRemaining(type);
        return block;
    }

    private void addVolumes(HclBlock block, RequestKeys type) {
        RequestKeys ebs = type.takeObject("EbsConfiguration");
        List<RequestKeys> devices = ebs.takeObjects("EbsBlockDeviceConfigs");
        if (devices.size() > 1) {
            obstacles.add("Terraform's AWS provider ignores " + ebs.path("EbsBlockDeviceConfigs")
                    + " with several elements. Keep one of them, with VolumesPerInstance.");
        }
        for (RequestKeys device : devices) {
            RequestKeys volume = device.takeObject("VolumeSpecification");
            block.with(new HclBlock("ebs_config")
                    .with("type", volume.take("VolumeType"))
                    .with("size", volume.take("SizeInGB"))
                    .with("iops", volume.take("Iops"))
                    .with("volumes_per_instance", device.take("VolumesPerInstance")));
            obstacles.addRemaining(volume);
            obstacles.addRemaining(device);
        }
        obstacles.addRemaining(ebs);
    }

    private HclBlock launch(RequestKeys launch) {
        HclBlock block = new HclBlock("launch_specifications");
        RequestKeys onDemand = launch.takeObject("OnDemandSpecification");
        if (!onDemand.isEmpty()) {
            block.with(new HclBlock("on_demand_specification").with(STRATEGY_ATTRIBUTE, onDemand.take(STRATEGY)));
            obstacles.addRemaining(onDemand);
        }
        RequestKeys spot = launch.takeObject("SpotSpecification");
        if (!spot.isEmpty()) {
            Object strategy = spot.take(STRATEGY);
            if (strategy == null) {
                obstacles.add("Terraform's AWS provider needs " + spot.path(STRATEGY)
                        + ". Add it to the cluster file, such as price-capacity-optimized.");
            }
            block.with(new HclBlock("spot_specification")
                    .with(STRATEGY_ATTRIBUTE, Objects.requireNonNullElse(strategy, ""))
                    .with("timeout_action", spot.take("TimeoutAction"))
                    .with("timeout_duration_minutes", spot.take("TimeoutDurationMinutes")));
            obstacles.addRemaining(spot);
        }
        obstacles.addRemaining(launch);
        return block;
    }
}
