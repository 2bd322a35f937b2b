package org.emrelay.runner.fakeaws.emr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** An instance fleet and its instances. */
final class FakeFleet {
    final String id;
    final Tree config;
    final Instant createdAt;
    final List<FakeInstance> instances = new ArrayList<>();
    String state = "PROVISIONING";
    int targetOnDemand;
    int targetSpot;

    @Nullable
    Instant readyAt;

    @Nullable
    Instant endedAt;

    FakeFleet(String id, Tree config, Instant createdAt) {
        this.id = id;
        this.config = config;
        this.createdAt = createdAt;
        this.targetOnDemand = config.number("TargetOnDemandCapacity", 0);
        this.targetSpot = config.number("TargetSpotCapacity", 0);
    }

    String type() {
        return config.text("InstanceFleetType", "");
    }

    Tree spotSpecification() {
        return config.tree("LaunchSpecifications").tree("SpotSpecification");
    }

    int provisioned(boolean spot) {
        return instances.stream()
                .filter(instance -> instance.spot == spot && !instance.state.equals("TERMINATED"))
                .mapToInt(instance -> instance.weight)
                .sum();
    }

    boolean isFilled() {
        return provisioned(false) >= targetOnDemand && provisioned(true) >= targetSpot;
    }

    void shrinkToNothing() {
        targetOnDemand = 0;
        targetSpot = 0;
        instances.forEach(instance -> instance.state = "TERMINATED");
    }

    void transitionTo(String newState, Instant at) {
        if (state.equals("TERMINATED")) {
            return;
        }
        state = newState;
        if (newState.equals("RUNNING")) {
            readyAt = at;
        } else if (newState.equals("TERMINATED")) {
            endedAt = at;
        }
        for (FakeInstance instance : instances) {
            instance.state = newState.equals("TERMINATING") ? instance.state : newState;
            instance.readyAt = newState.equals("RUNNING") ? at : instance.readyAt;
            instance.endedAt = newState.equals("TERMINATED") ? at : instance.endedAt;
        }
    }

    Fields fields() {
        Fields reason = state.equals("TERMINATED")
                ? Fields.of("Code", "CLUSTER_TERMINATED").and("Message", "Cluster terminated.")
                : Fields.none();
        Fields timeline = Fields.of("CreationDateTime", createdAt)
                .and("ReadyDateTime", readyAt)
                .and("EndDateTime", endedAt);
        return Fields.of("Id", id)
                .and("Name", config.text("Name"))
                .and(
                        "Status",
                        Fields.of("State", state)
                                .and("StateChangeReason", reason)
                                .and("Timeline", timeline))
                .and("InstanceFleetType", type())
                .and("TargetOnDemandCapacity", targetOnDemand)
                .and("TargetSpotCapacity", targetSpot)
                .and("ProvisionedOnDemandCapacity", provisioned(false))
                .and("ProvisionedSpotCapacity", provisioned(true))
                .and("InstanceTypeSpecifications", instanceTypeFields())
                .and("LaunchSpecifications", config.raw("LaunchSpecifications"));
    }

    /** One for each volume that RunJobFlow asked for. */
    private static List<Fields> blockDevices(Tree ebs) {
        List<Fields> devices = new ArrayList<>();
        for (Tree device : ebs.trees("EbsBlockDeviceConfigs")) {
            for (int i = 0; i < device.number("VolumesPerInstance", 1); i++) {
                devices.add(Fields.of("Device", "/dev/sd" + (char) ('b' + devices.size()))
                        .and("VolumeSpecification", device.raw("VolumeSpecification")));
            }
        }
        return devices;
    }

    private List<Fields> instanceTypeFields() {
        return config.trees("InstanceTypeConfigs").stream()
                .map(type -> Fields.of("InstanceType", type.text("InstanceType"))
                        .and("WeightedCapacity", type.number("WeightedCapacity", 1))
                        .and("BidPrice", type.text("BidPrice"))
                        .and("BidPriceAsPercentageOfOnDemandPrice", type.raw("BidPriceAsPercentageOfOnDemandPrice"))
                        .and("Configurations", type.raw("Configurations"))
                        .and("CustomAmiId", type.text("CustomAmiId"))
                        .and("Priority", type.raw("Priority"))
                        .and("EbsBlockDevices", blockDevices(type.tree("EbsConfiguration")))
                        .and("EbsOptimized", type.tree("EbsConfiguration").isTrue("EbsOptimized")))
                .toList();
    }
}
