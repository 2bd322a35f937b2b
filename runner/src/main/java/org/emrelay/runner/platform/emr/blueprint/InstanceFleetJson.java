package org.emrelay.runner.platform.emr.blueprint;

import static org.emrelay.runner.platform.emr.blueprint.RunJobFlowJson.put;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.EmrEnum;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.model.InstanceFleet.CapacityReservation;
import org.emrelay.runner.model.InstanceFleet.OnDemandLaunch;
import org.emrelay.runner.model.InstanceFleet.OnDemandResize;
import org.emrelay.runner.model.InstanceFleet.SpotLaunch;
import org.emrelay.runner.model.InstanceFleet.SpotResize;
import org.emrelay.runner.model.InstanceTypeConfig;
import org.jspecify.annotations.Nullable;

/** Writes a fleet down in EMR's own names. */
final class InstanceFleetJson {
    private InstanceFleetJson() {}

    static Map<String, Object> of(InstanceFleet fleet) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Name", fleet.name());
        document.put("InstanceFleetType", fleet.role().name());
        document.put("TargetOnDemandCapacity", fleet.onDemandCapacity());
        document.put("TargetSpotCapacity", fleet.spotCapacity());
        document.put(
                "InstanceTypeConfigs",
                fleet.types().stream().map(InstanceFleetJson::type).toList());
        Map<String, Object> launch = launch(fleet.spotLaunch(), fleet.onDemandLaunch());
        put(document, "LaunchSpecifications", launch.isEmpty() ? null : launch);
        Map<String, Object> resize = resize(fleet.spotResize(), fleet.onDemandResize());
        put(document, "ResizeSpecifications", resize.isEmpty() ? null : resize);
        return document;
    }

    private static Map<String, Object> type(InstanceTypeConfig type) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("InstanceType", type.type());
        document.put("WeightedCapacity", type.weight());
        if (type.spotLimit() instanceof InstanceTypeConfig.DollarsAnHour limit) {
            document.put("BidPrice", limit.usDollars());
        } else if (type.spotLimit() instanceof InstanceTypeConfig.PercentOfOnDemand limit) {
            document.put("BidPriceAsPercentageOfOnDemandPrice", limit.percent());
        }
        put(document, "Priority", type.priority());
        put(document, "CustomAmiId", type.customImage());
        if (!type.volumes().isEmpty() || type.volumesOptimized() != null) {
            Map<String, Object> disks = new LinkedHashMap<>();
            put(disks, "EbsOptimized", type.volumesOptimized());
            disks.put(
                    "EbsBlockDeviceConfigs",
                    type.volumes().stream().map(InstanceFleetJson::volume).toList());
            document.put("EbsConfiguration", disks);
        }
        if (!type.configurations().isEmpty()) {
            document.put("Configurations", configurations(type.configurations()));
        }
        return document;
    }

    private static Map<String, Object> volume(InstanceTypeConfig.Volume volume) {
        Map<String, Object> specification = new LinkedHashMap<>();
        specification.put("VolumeType", volume.type());
        specification.put("SizeInGB", volume.gibibytes());
        put(specification, "Iops", volume.operationsPerSecond());
        put(specification, "Throughput", volume.throughputMebibytes());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("VolumeSpecification", specification);
        document.put("VolumesPerInstance", volume.perInstance());
        return document;
    }

    private static Map<String, Object> launch(@Nullable SpotLaunch spot, @Nullable OnDemandLaunch onDemand) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (spot != null) {
            Map<String, Object> specification = new LinkedHashMap<>();
            specification.put("TimeoutDurationMinutes", spot.timeoutMinutes());
            specification.put("TimeoutAction", spot.timeoutAction().emrName());
            put(specification, "AllocationStrategy", word(spot.strategy()));
            document.put("SpotSpecification", specification);
        }
        if (onDemand != null) {
            Map<String, Object> specification = new LinkedHashMap<>();
            specification.put("AllocationStrategy", onDemand.strategy().emrName());
            put(specification, "CapacityReservationOptions", reservation(onDemand.reservation()));
            document.put("OnDemandSpecification", specification);
        }
        return document;
    }

    private static Map<String, Object> resize(@Nullable SpotResize spot, @Nullable OnDemandResize onDemand) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (spot != null) {
            Map<String, Object> specification = new LinkedHashMap<>();
            put(specification, "TimeoutDurationMinutes", spot.timeoutMinutes());
            put(specification, "AllocationStrategy", word(spot.strategy()));
            document.put("SpotResizeSpecification", specification);
        }
        if (onDemand != null) {
            Map<String, Object> specification = new LinkedHashMap<>();
            put(specification, "TimeoutDurationMinutes", onDemand.timeoutMinutes());
            put(specification, "AllocationStrategy", word(onDemand.strategy()));
            put(specification, "CapacityReservationOptions", reservation(onDemand.reservation()));
            document.put("OnDemandResizeSpecification", specification);
        }
        return document;
    }

    private static @Nullable String word(@Nullable EmrEnum word) {
        return word == null ? null : word.emrName();
    }

    private static @Nullable Map<String, Object> reservation(@Nullable CapacityReservation reservation) {
        if (reservation == null) {
            return null;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        put(document, "UsageStrategy", reservation.reservedFirst() ? "use-capacity-reservations-first" : null);
        put(document, "CapacityReservationPreference", reservation.preference());
        put(document, "CapacityReservationResourceGroupArn", reservation.resourceGroup());
        return document;
    }

    static List<Map<String, Object>> configurations(List<Configuration> configurations) {
        return configurations.stream().map(InstanceFleetJson::configuration).toList();
    }

    private static Map<String, Object> configuration(Configuration configuration) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Classification", configuration.classification());
        document.put("Properties", configuration.properties());
        if (!configuration.nested().isEmpty()) {
            document.put("Configurations", configurations(configuration.nested()));
        }
        return document;
    }
}
