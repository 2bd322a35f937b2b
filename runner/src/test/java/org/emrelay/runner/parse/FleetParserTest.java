package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.ClusterFileFixture.CORE;
import static org.emrelay.runner.parse.ClusterFileFixture.PRIMARY;
import static org.emrelay.runner.parse.ClusterFileFixture.lines;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.InstanceFleet;
import org.emrelay.runner.model.InstanceFleet.OnDemandStrategy;
import org.emrelay.runner.model.InstanceFleet.Role;
import org.emrelay.runner.model.InstanceFleet.SpotLaunch;
import org.emrelay.runner.model.InstanceFleet.SpotStrategy;
import org.emrelay.runner.model.InstanceFleet.TimeoutAction;
import org.emrelay.runner.model.InstanceTypeConfig.PercentOfOnDemand;
import org.emrelay.runner.model.InstanceTypeConfig.UsDollarsPerHour;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FleetParserTest {
    private static final String ONE_TYPE = "\"InstanceTypeConfigs\": [{\"InstanceType\": \"m5.xlarge\"}]";

    @TempDir
    Path directory;

    private ClusterFileFixture file;

    @BeforeEach
    void setUp() {
        file = new ClusterFileFixture(directory);
    }

    @Test
    void fleetsKeepOrderAndGetDefaultNames() {
        Cluster cluster = file.withFleets(CORE, PRIMARY).usable().orElseThrow();
        assertThat(cluster.fleets()).extracting(InstanceFleet::role).containsExactly(Role.CORE, Role.MASTER);
        assertThat(cluster.fleets()).extracting(InstanceFleet::name).containsExactly("core", "primary");
        assertThat(cluster.fleets().get(0).spotLaunch()).isNull();
    }

    @Test
    void spotCapacityDefaultsToRecommendedStrategy() {
        Cluster cluster =
                file.withCore("\"TargetSpotCapacity\": 3, " + ONE_TYPE).usable().orElseThrow();
        assertThat(cluster.fleets().get(1).spotLaunch())
                .isEqualTo(
                        new SpotLaunch(20, TimeoutAction.SWITCH_TO_ON_DEMAND, SpotStrategy.PRICE_CAPACITY_OPTIMIZED));
    }

    @Test
    void parsesEveryKeyOfAFleet() {
        ParseResult<Cluster> result = file.withCore("""
                "Name": "workers", "TargetOnDemandCapacity": 4, "TargetSpotCapacity": 8,
                "InstanceTypeConfigs": [
                  {"InstanceType": "m5.xlarge", "WeightedCapacity": 4, "BidPrice": "0.25", "Priority": 1.5,
                   "CustomAmiId": "ami-01234567",
                   "EbsConfiguration": {"EbsOptimized": true, "EbsBlockDeviceConfigs": [
                     {"VolumesPerInstance": 2, "VolumeSpecification":
                       {"VolumeType": "gp3", "SizeInGB": 100, "Iops": 4000, "Throughput": 250}}]},
                   "Configurations": [{"Classification": "yarn-site", "Properties": {"a": "b"}}]},
                  {"InstanceType": "m5a.xlarge", "WeightedCapacity": 4, "BidPriceAsPercentageOfOnDemandPrice": 60}],
                "LaunchSpecifications": {
                  "SpotSpecification": {"TimeoutDurationMinutes": 5, "TimeoutAction": "TERMINATE_CLUSTER",
                                        "AllocationStrategy": "capacity-optimized-prioritized"},
                  "OnDemandSpecification": {"AllocationStrategy": "prioritized", "CapacityReservationOptions":
                    {"UsageStrategy": "use-capacity-reservations-first", "CapacityReservationPreference": "open"}}},
                "ResizeSpecifications": {
                  "SpotResizeSpecification": {"TimeoutDurationMinutes": 10, "AllocationStrategy": "diversified"},
                  "OnDemandResizeSpecification": {"TimeoutDurationMinutes": 30, "AllocationStrategy": "lowest-price"}}
                """);
        assertThat(lines(result)).isEmpty();
        InstanceFleet fleet = result.usable().orElseThrow().fleets().get(1);
        assertThat(fleet.capacity()).isEqualTo(12);
        assertThat(fleet.types().get(0).bidPrice()).isEqualTo(new UsDollarsPerHour("0.25"));
        assertThat(fleet.types().get(1).bidPrice()).isEqualTo(new PercentOfOnDemand(60));
        assertThat(fleet.types().get(0).volumes().get(0).perInstance()).isEqualTo(2);
        assertThat(fleet.types().get(0).configurations().get(0).properties()).containsEntry("a", "b");
        assertThat(fleet.onDemandLaunch().strategy()).isEqualTo(OnDemandStrategy.PRIORITIZED);
        assertThat(fleet.onDemandLaunch().reservation().useReservationsFirst()).isTrue();
        assertThat(fleet.spotResize().strategy()).isEqualTo(SpotStrategy.DIVERSIFIED);
        assertThat(fleet.onDemandResize().timeoutMinutes()).isEqualTo(30);
    }

    @Test
    void requiresOnePrimaryAndCoreFleetAndAllowsOneTaskFleet() {
        assertThat(lines(file.read("{\"InstanceFleets\": []}")))
                .containsExactly(
                        "InstanceFleets: the MASTER fleet is missing. Add one with TargetOnDemandCapacity 1.",
                        "InstanceFleets: the CORE fleet is missing. Add one: it runs HDFS and executors.");
        String task = CORE.replace("CORE", "TASK");
        assertThat(lines(file.withFleets(PRIMARY, PRIMARY, CORE, task, task)))
                .containsExactly(
                        "InstanceFleets: there are 2 MASTER fleets; EMR allows one.",
                        "InstanceFleets: there are 2 TASK fleets; EMR allows one.");
    }

    @Test
    void reportsUnknownFleetType() {
        assertThat(lines(file.withFleets(PRIMARY, CORE, CORE.replace("CORE", "TASKS"))))
                .containsExactly(
                        "InstanceFleets[2].InstanceFleetType: must be one of MASTER, CORE, TASK, not 'TASKS'. Did you"
                                + " mean 'TASK'?");
    }

    @Test
    void reportsMissingFleetsOnce() {
        assertThat(lines(file.read("{}"))).containsExactly("InstanceFleets: required key is missing.");
        assertThat(lines(file.read("{\"InstanceFleets\": 3}")))
                .containsExactly("InstanceFleets: must be a list, not the number 3.");
    }

    @Test
    void primaryFleetHasOneNode() {
        assertThat(lines(file.withFleets(PRIMARY.replace(": 1", ": 3"), CORE)))
                .containsExactly("InstanceFleets[0]: the primary fleet has a capacity of 3; it must be 1. Set"
                        + " TargetOnDemandCapacity to 1 and remove TargetSpotCapacity.");
        assertThat(lines(file.withFleets(PRIMARY.replace("OnDemand", "Spot"), CORE)))
                .containsExactly("warning: InstanceFleets[0].TargetSpotCapacity: if EC2 interrupts the Spot Instance of"
                        + " the primary node, the whole cluster terminates. Set TargetOnDemandCapacity to 1 instead.");
        assertThat(lines(file.withFleets(
                        PRIMARY.replace("\"m5.xlarge\"", "\"m5.xlarge\", \"WeightedCapacity\": 8"), CORE)))
                .containsExactly("InstanceFleets[0].InstanceTypeConfigs[0].WeightedCapacity: must be 1 in the primary"
                        + " fleet, not 8.");
    }

    @Test
    void fleetNeedsCapacity() {
        assertThat(lines(file.withCore("\"TargetSpotCapacity\": 0, " + ONE_TYPE)))
                .containsExactly("InstanceFleets[1]: the core fleet has no capacity. Set TargetOnDemandCapacity or"
                        + " TargetSpotCapacity.");
        assertThat(lines(file.withFleets(PRIMARY, CORE, "{\"InstanceFleetType\": \"TASK\", " + ONE_TYPE + "}")))
                .containsExactly("InstanceFleets[2]: the task fleet has no capacity. Set TargetOnDemandCapacity or"
                        + " TargetSpotCapacity, or remove the fleet.");
        assertThat(lines(file.withCore("\"TargetOnDemandCapacity\": -1, " + ONE_TYPE)))
                .containsExactly("InstanceFleets[1].TargetOnDemandCapacity: must be between 0 and 1000000, not -1.");
    }

    @Test
    void fleetNeedsDistinctInstanceTypes() {
        assertThat(lines(file.withCore("\"TargetOnDemandCapacity\": 1, \"InstanceTypeConfigs\": []")))
                .containsExactly("InstanceFleets[1].InstanceTypeConfigs: the fleet has no instance types.");
        assertThat(lines(file.withCore("\"TargetOnDemandCapacity\": 1, \"InstanceTypeConfigs\": ["
                        + "{\"InstanceType\": \"m5.xlarge\"}, {\"InstanceType\": \"m5.xlarge\"}]")))
                .containsExactly(
                        "InstanceFleets[1].InstanceTypeConfigs[1].InstanceType: 'm5.xlarge' is listed twice in this"
                                + " fleet.");
    }

    @Test
    void rejectsInvalidInstanceTypes() {
        String path = "InstanceFleets[1].InstanceTypeConfigs[0].InstanceType: ";
        assertThat(lines(file.withType("\"InstanceType\": \"m5.xlage\"")))
                .containsExactly(
                        path + "'m5.xlage' is not an instance type, such as m5.xlarge. Did you mean 'm5.xlarge'?");
        assertThat(lines(file.withType("\"InstanceType\": \"large machine, please\"")))
                .containsExactly(path + "'large machine, please' is not an instance type, such as m5.xlarge.");
        assertThat(lines(file.withType(""))).containsExactly(path + "required key is missing.");
        assertThat(lines(file.withType("\"InstanceType\": \"m7i-flex.2xlarge\"")))
                .isEmpty();
        assertThat(lines(file.withType("\"InstanceType\": \"c7i.metal-24xl\""))).isEmpty();
    }

    @Test
    void warnsOfWeightAboveTarget() {
        assertThat(lines(file.withType("\"InstanceType\": \"m5.2xlarge\", \"WeightedCapacity\": 8")))
                .containsExactly("warning: InstanceFleets[1].InstanceTypeConfigs[0].WeightedCapacity: one m5.2xlarge"
                        + " provides 8 units, but the target is 2: EMR starts more than the target. Raise the fleet's"
                        + " target to 8 or more, or lower the weight.");
        assertThat(lines(file.withType("\"InstanceType\": \"m5.xlarge\", \"WeightedCapacity\": 0")))
                .containsExactly(
                        "InstanceFleets[1].InstanceTypeConfigs[0].WeightedCapacity: must be between 1 and 1000000, not"
                                + " 0.");
    }

    @Test
    void checksBidPrices() {
        String path = "InstanceFleets[1].InstanceTypeConfigs[0].";
        assertThat(lines(file.withType("\"InstanceType\": \"m5.xlarge\", \"BidPrice\": \"1\","
                        + " \"BidPriceAsPercentageOfOnDemandPrice\": 100")))
                .containsExactly(path + "BidPrice: cannot be combined with BidPriceAsPercentageOfOnDemandPrice. Remove"
                        + " one of them.");
        assertThat(lines(file.withType("\"InstanceType\": \"m5.xlarge\", \"BidPrice\": \"cheap\"")))
                .containsExactly(path + "BidPrice: 'cheap' is not a price in USD, such as 0.25.");
        assertThat(lines(file.withType("\"InstanceType\": \"m5.xlarge\", \"BidPrice\": \"0.00\"")))
                .containsExactly(path + "BidPrice: '0.00' is not a price in USD, such as 0.25.");
        assertThat(lines(file.withType(
                        "\"InstanceType\": \"m5.xlarge\", \"BidPriceAsPercentageOfOnDemandPrice\": 1e99999999999")))
                .containsExactly(path + "BidPriceAsPercentageOfOnDemandPrice: must be greater than 0 and at most 1000,"
                        + " not Infinity. 100 is the on-demand price, which spot prices never exceed.");
        assertThat(lines(file.withType("\"InstanceType\": \"m5.xlarge\", \"Priority\": -1")))
                .containsExactly(path + "Priority: must be between 0 and 1000000, not -1.0.");
    }

    @Test
    void allowsFiveTypesWithoutAndThirtyWithAllocationStrategy() {
        assertThat(lines(file.withCore("\"TargetOnDemandCapacity\": 1, " + types(5))))
                .isEmpty();
        assertThat(lines(file.withCore("\"TargetOnDemandCapacity\": 1, " + types(6))))
                .containsExactly("InstanceFleets[1].InstanceTypeConfigs: there are 6 instance types; without an"
                        + " allocation strategy EMR allows at most 5. Set"
                        + " LaunchSpecifications.SpotSpecification.AllocationStrategy to price-capacity-optimized.");
        assertThat(lines(file.withCore("\"TargetSpotCapacity\": 1, " + types(30))))
                .isEmpty();
        assertThat(lines(file.withCore("\"TargetSpotCapacity\": 1, " + types(31))))
                .containsExactly(
                        "InstanceFleets[1].InstanceTypeConfigs: there are 31 instance types; EMR allows at most 30.");
    }

    @Test
    void checksSpotSpecification() {
        String path = "InstanceFleets[1].LaunchSpecifications.SpotSpecification.";
        assertThat(lines(file.withCore("\"TargetSpotCapacity\": 1, " + ONE_TYPE + """
                        , "LaunchSpecifications": {"SpotSpecification": {"TimeoutDurationMinutes": 4,
                          "TimeoutAction": "SWITCH_TO_ONDEMAND", "AllocationStrategy": "cheapest",
                          "BlockDurationMinutes": 60}}""")))
                .containsExactly(
                        "warning: " + path + "BlockDurationMinutes: EC2 discontinued Spot blocks in 2022 and EMR"
                                + " rejects this key; it is ignored. Remove it.",
                        path + "TimeoutAction: must be one of SWITCH_TO_ON_DEMAND, TERMINATE_CLUSTER, not"
                                + " 'SWITCH_TO_ONDEMAND'. Did you mean 'SWITCH_TO_ON_DEMAND'?",
                        path + "TimeoutDurationMinutes: must be between 5 and 1440, not 4.",
                        path + "AllocationStrategy: must be one of capacity-optimized, price-capacity-optimized,"
                                + " lowest-price, diversified, capacity-optimized-prioritized, not 'cheapest'.");
    }

    @Test
    void checksCapacityReservationOptions() {
        String path = "InstanceFleets[1].LaunchSpecifications.OnDemandSpecification.CapacityReservationOptions.";
        assertThat(lines(file.withCore("\"TargetOnDemandCapacity\": 1, " + ONE_TYPE + """
                        , "LaunchSpecifications": {"OnDemandSpecification": {"CapacityReservationOptions": {
                          "UsageStrategy": "always", "CapacityReservationPreference": "opened",
                          "CapacityReservationResourceGroupArn": "group"}}}""")))
                .containsExactly(
                        path + "UsageStrategy: must be use-capacity-reservations-first, not 'always'.",
                        path + "CapacityReservationPreference: must be one of open, none, not 'opened'. Did you mean"
                                + " 'open'?",
                        path + "CapacityReservationResourceGroupArn: 'group' is not the ARN of a resource group.");
    }

    @Test
    void warnsOfMixedArchitectures() {
        assertThat(lines(file.withFleets(PRIMARY, CORE.replace("m5.", "m6g."))))
                .containsExactly("warning: InstanceFleets: the fleets mix x86 (m5.xlarge) and Graviton (m6g.xlarge)"
                        + " instances. Every bootstrap action, custom AMI and native library in a jar must support"
                        + " both architectures; prefer instance types of one architecture.");
    }

    @Test
    void checksEbsVolumes() {
        String path = "InstanceFleets[1].InstanceTypeConfigs[0].EbsConfiguration.EbsBlockDeviceConfigs[0].";
        assertThat(lines(withVolume("{\"VolumeType\": \"gp5\", \"SizeInGB\": 0}")))
                .containsExactly(
                        path + "VolumeSpecification.VolumeType: must be one of gp3, gp2, io1, st1, sc1, standard, not"
                                + " 'gp5'. Did you mean 'gp2'?",
                        path + "VolumeSpecification.SizeInGB: must be between 1 and 16384, not 0.");
        assertThat(lines(withVolume("{\"VolumeType\": \"st1\", \"SizeInGB\": 100, \"Iops\": 1, \"Throughput\": 1}")))
                .containsExactly(
                        path + "VolumeSpecification.SizeInGB: must be between 125 and 16384, not 100.",
                        path + "VolumeSpecification.Iops: applies to gp3 and io1 volumes only, not st1. Remove it.",
                        path + "VolumeSpecification.Throughput: applies to gp3 volumes only, not st1. Remove it.");
        assertThat(lines(withVolume("{\"VolumeType\": \"io1\", \"SizeInGB\": 100}")))
                .containsExactly(path + "VolumeSpecification.Iops: required key is missing: io1 volumes need it.");
        assertThat(lines(withVolume("{\"VolumeType\": \"gp3\", \"SizeInGB\": 100, \"Iops\": 1}")))
                .containsExactly(path + "VolumeSpecification.Iops: must be between 3000 and 16000, not 1.");
    }

    private ParseResult<Cluster> withVolume(String volume) {
        return file.withType("\"InstanceType\": \"m5.xlarge\", \"EbsConfiguration\": {\"EbsBlockDeviceConfigs\": ["
                + "{\"VolumeSpecification\": " + volume + "}]}");
    }

    private static String types(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"InstanceType\": \"m" + (i + 50) + ".xlarge\"}")
                .collect(Collectors.joining(", ", "\"InstanceTypeConfigs\": [", "]"));
    }
}
