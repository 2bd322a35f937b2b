package org.emrelay.runner.platform.emr.spec;

import static org.emrelay.runner.platform.emr.spec.RunJobFlowJson.put;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        if (type.bidPrice() instanceof InstanceTypeConfig.UsDollarsPerHour limit) {
            document.put("BidPrice", limit.usDollars());
        } else if (type.bidPrice() instanceof InstanceTypeConfig.PercentOfOnDemand limit) {
            document.put("BidPriceAsPercentageOfOnDemandPrice", limit.percent());
        }
        put(document, "Priority", type.priority());
        put(document, "CustomAmiId", type.customAmiId());
        if (!type.volumes().isEmpty() || type.ebsOptimized() != null) {
            Map<String, Object> ebs = new LinkedHashMap<>();
            put(ebs, "EbsOptimized", type.ebsOptimized());
            ebs.put(
                    "EbsBlockDeviceConfigs",
                    type.volumes().stream().map(InstanceFleetJson::volume).toList());
            document.put("EbsConfiguration", ebs);
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
        put(specification, "Iops", volume.iops());
        put(specification, "Throughput", volume.throughputMibPerSecond());
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
            specification.put("TimeoutAction", spot.timeoutAction().toString());
            put(specification, "AllocationStrategy", Objects.toString(spot.strategy(), null));
            document.put("SpotSpecification", specification);
        }
        if (onDemand != null) {
            Map<String, Object> specification = new LinkedHashMap<>();
            specification.put("AllocationStrategy", onDemand.strategy().toString());
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
            put(specification, "AllocationStrategy", Objects.toString(spot.strategy(), null));
            document.put("SpotResizeSpecification", specification);
        }
        if (onDemand != null) {
            Map<String, Object> specification = new LinkedHashMap<>();
            put(specification, "TimeoutDurationMinutes", onDemand.timeoutMinutes());
            put(specification, "AllocationStrategy", Objects.toString(onDemand.strategy(), null));
            put(specification, "CapacityReservationOptions", reservation(onDemand.reservation()));
            document.put("OnDemandResizeSpecification", specification);
        }
        return document;
    }

    private static @Nullable Map<String, Object> reservation(@Nullable CapacityReservation reservation) {
        if (reservation == null) {
            return null;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        put(document, "UsageStrategy", reservation.useReservationsFirst() ? "use-capacity-reservations-first" : null);
        put(document, "CapacityReservationPreference", reservation.preference());
        put(document, "CapacityReservationResourceGroupArn", reservation.resourceGroupArn());
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
