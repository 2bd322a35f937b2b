package org.emrelay.runner.fakeaws.emr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** An instance fleet and the machines it got. */
final class Fleet {
    final String id;
    final Tree config;
    final Instant created;
    final List<Machine> machines = new ArrayList<>();
    String state = "PROVISIONING";
    int targetOnDemand;
    int targetSpot;

    @Nullable
    Instant ready;

    @Nullable
    Instant ended;

    Fleet(String id, Tree config, Instant created) {
        this.id = id;
        this.config = config;
        this.created = created;
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
        return machines.stream()
                .filter(machine -> machine.spot == spot && !machine.state.equals("TERMINATED"))
                .mapToInt(machine -> machine.weight)
                .sum();
    }

    boolean isFilled() {
        return provisioned(false) >= targetOnDemand && provisioned(true) >= targetSpot;
    }

    void enter(String next, Instant at) {
        if (state.equals("TERMINATED")) {
            return;
        }
        state = next;
        if (next.equals("RUNNING")) {
            ready = at;
        } else if (next.equals("TERMINATED")) {
            ended = at;
        }
        for (Machine machine : machines) {
            machine.state = next.equals("TERMINATING") ? machine.state : next;
            machine.ready = next.equals("RUNNING") ? at : machine.ready;
            machine.ended = next.equals("TERMINATED") ? at : machine.ended;
        }
    }

    Fields fields() {
        Fields reason = state.equals("TERMINATED")
                ? Fields.of("Code", "CLUSTER_TERMINATED").and("Message", "Cluster terminated.")
                : Fields.none();
        Fields timeline = Fields.of("CreationDateTime", created)
                .and("ReadyDateTime", ready)
                .and("EndDateTime", ended);
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
                .and("InstanceTypeSpecifications", specifications())
                .and("LaunchSpecifications", config.raw("LaunchSpecifications"));
    }

    private List<Fields> specifications() {
        return config.trees("InstanceTypeConfigs").stream()
                .map(type -> Fields.of("InstanceType", type.text("InstanceType"))
                        .and("WeightedCapacity", type.number("WeightedCapacity", 1))
                        .and("BidPrice", type.text("BidPrice"))
                        .and("BidPriceAsPercentageOfOnDemandPrice", type.raw("BidPriceAsPercentageOfOnDemandPrice"))
                        .and("Configurations", type.raw("Configurations"))
                        .and("CustomAmiId", type.text("CustomAmiId"))
                        .and("Priority", type.raw("Priority"))
                        .and("EbsBlockDevices", List.of())
                        .and("EbsOptimized", type.tree("EbsConfiguration").truth("EbsOptimized")))
                .toList();
    }
}
