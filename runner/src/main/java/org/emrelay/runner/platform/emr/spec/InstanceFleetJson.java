package org.emrelay.runner.platform.emr.spec;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.json.JsonMap;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.model.InstanceFleet.CapacityReservation;
import org.emrelay.runner.model.InstanceFleet.OnDemandLaunch;
import org.emrelay.runner.model.InstanceFleet.OnDemandResize;
import org.emrelay.runner.model.InstanceFleet.SpotLaunch;
import org.emrelay.runner.model.InstanceFleet.SpotResize;
import org.emrelay.runner.model.InstanceTypeConfig;
import org.jspecify.annotations.Nullable;

/** Converts an instance fleet to EMR's JSON. */
final class InstanceFleetJson {
    private InstanceFleetJson() {}

    static Map<String, Object> of(InstanceFleet fleet) {
        return new JsonMap()
                .with("Name", fleet.name())
                .with("InstanceFleetType", fleet.role().name())
                .with("TargetOnDemandCapacity", fleet.onDemandCapacity())
                .with("TargetSpotCapacity", fleet.spotCapacity())
                .with(
                        "InstanceTypeConfigs",
                        fleet.types().stream().map(InstanceFleetJson::type).toList())
                .withUnlessEmpty("LaunchSpecifications", launch(fleet.spotLaunch(), fleet.onDemandLaunch()))
                .withUnlessEmpty("ResizeSpecifications", resize(fleet.spotResize(), fleet.onDemandResize()));
    }

    private static Map<String, Object> type(InstanceTypeConfig type) {
        JsonMap document = new JsonMap().with("InstanceType", type.type()).with("WeightedCapacity", type.weight());
        if (type.bidPrice() instanceof InstanceTypeConfig.UsDollarsPerHour limit) {
            document.put("BidPrice", limit.usDollars());
        } else if (type.bidPrice() instanceof InstanceTypeConfig.PercentOfOnDemand limit) {
            document.put("BidPriceAsPercentageOfOnDemandPrice", limit.percent());
        }
        return document.with("Priority", type.priority())
                .with("CustomAmiId", type.customAmiId())
                .with("EbsConfiguration", ebs(type))
                .with("Configurations", configurationsOrNull(type.configurations()));
    }

    private static @Nullable Map<String, Object> ebs(InstanceTypeConfig type) {
        return type.volumes().isEmpty() && type.ebsOptimized() == null
                ? null
                : new JsonMap()
                        .with("EbsOptimized", type.ebsOptimized())
                        .with(
                                "EbsBlockDeviceConfigs",
                                type.volumes().stream()
                                        .map(InstanceFleetJson::volume)
                                        .toList());
    }

    private static Map<String, Object> volume(InstanceTypeConfig.Volume volume) {
        JsonMap specification = new JsonMap()
                .with("VolumeType", volume.type())
                .with("SizeInGB", volume.gibibytes())
                .with("Iops", volume.iops())
                .with("Throughput", volume.throughputMibPerSecond());
        return new JsonMap()
                .with("VolumeSpecification", specification)
                .with("VolumesPerInstance", volume.perInstance());
    }

    private static Map<String, Object> launch(@Nullable SpotLaunch spot, @Nullable OnDemandLaunch onDemand) {
        JsonMap document = new JsonMap();
        if (spot != null) {
            document.with(
                    "SpotSpecification",
                    new JsonMap()
                            .with("TimeoutDurationMinutes", spot.timeoutMinutes())
                            .with("TimeoutAction", spot.timeoutAction().toString())
                            .with("AllocationStrategy", Objects.toString(spot.strategy(), null)));
        }
        if (onDemand != null) {
            document.with(
                    "OnDemandSpecification",
                    new JsonMap()
                            .with("AllocationStrategy", onDemand.strategy().toString())
                            .with("CapacityReservationOptions", reservation(onDemand.reservation())));
        }
        return document;
    }

    private static Map<String, Object> resize(@Nullable SpotResize spot, @Nullable OnDemandResize onDemand) {
        JsonMap document = new JsonMap();
        if (spot != null) {
            document.with(
                    "SpotResizeSpecification",
                    new JsonMap()
                            .with("TimeoutDurationMinutes", spot.timeoutMinutes())
                            .with("AllocationStrategy", Objects.toString(spot.strategy(), null)));
        }
        if (onDemand != null) {
            document.with(
                    "OnDemandResizeSpecification",
                    new JsonMap()
                            .with("TimeoutDurationMinutes", onDemand.timeoutMinutes())
                            .with("AllocationStrategy", Objects.toString(onDemand.strategy(), null))
                            .with("CapacityReservationOptions", reservation(onDemand.reservation())));
        }
        return document;
    }

    private static @Nullable Map<String, Object> reservation(@Nullable CapacityReservation reservation) {
        return reservation == null
                ? null
                : new JsonMap()
                        .with(
                                "UsageStrategy",
                                reservation.useReservationsFirst() ? "use-capacity-reservations-first" : null)
                        .with("CapacityReservationPreference", reservation.preference())
                        .with("CapacityReservationResourceGroupArn", reservation.resourceGroupArn());
    }

    static List<Map<String, Object>> configurations(List<Configuration> configurations) {
        return configurations.stream().map(InstanceFleetJson::configuration).toList();
    }

    private static @Nullable List<Map<String, Object>> configurationsOrNull(List<Configuration> configurations) {
        return configurations.isEmpty() ? null : configurations(configurations);
    }

    private static Map<String, Object> configuration(Configuration configuration) {
        return new JsonMap()
                .with("Classification", configuration.classification())
                .with("Properties", configuration.properties())
                .with("Configurations", configurationsOrNull(configuration.nested()));
    }
}
