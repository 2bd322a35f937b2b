package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.emrelay.runner.model.InstanceFleet.Role;
import org.emrelay.runner.model.InstanceHardware;
import org.emrelay.runner.model.InstanceTypeConfig;
import org.emrelay.runner.model.InstanceTypeConfig.BidPrice;
import org.emrelay.runner.model.InstanceTypeConfig.DollarsAnHour;
import org.emrelay.runner.model.InstanceTypeConfig.PercentOfOnDemand;
import org.emrelay.runner.model.InstanceTypeConfig.Volume;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/** Reads the types of machine that a fleet may be made of, with their weights, price limits and disks. */
final class InstanceTypeParser {
    private static final Pattern TYPE = Pattern.compile(
            "[a-z][a-z0-9]*(-[a-z0-9]+)*\\.(nano|micro|small|medium|large|[0-9]*xlarge|metal(-[0-9]+xl)?)");
    private static final Pattern DOLLARS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,10})?");
    private static final Pattern NOTHING = Pattern.compile("0+(\\.0+)?");

    private final ClusterFields fields;
    private final Problems problems;
    private final ConfigurationsParser configurations;

    InstanceTypeParser(ClusterFields fields, ConfigurationsParser configurations) {
        this.fields = fields;
        this.problems = fields.problems();
        this.configurations = configurations;
    }

    List<InstanceTypeConfig> read(
            List<ClusterFile.TypeEntry> entries, Role role, int onDemand, int spot, String fleetPath) {
        String path = fleetPath + ".InstanceTypeConfigs";
        List<InstanceTypeConfig> types = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            InstanceTypeConfig type = type(entries.get(i), role, path + "[" + i + "]");
            if (!seen.add(type.type())) {
                problems.error(
                        path + "[" + i + "].InstanceType",
                        "'" + RecordBinder.shortened(type.type()) + "' stands twice in this fleet.");
            }
            checkWeight(type, onDemand, spot, path + "[" + i + "].WeightedCapacity");
            types.add(type);
        }
        if (types.isEmpty()) {
            problems.error(path, "the fleet names no instance type.");
        }
        return types;
    }

    private InstanceTypeConfig type(ClusterFile.TypeEntry entry, Role role, String path) {
        String name = Objects.requireNonNullElse(entry.instanceType(), "");
        checkType(entry.instanceType(), path + ".InstanceType");
        Integer weight = entry.weightedCapacity();
        if (role == Role.MASTER && weight != null && weight != 1) {
            problems.error(path + ".WeightedCapacity", "must be 1 in the primary fleet, not " + weight + ".");
            weight = 1;
        }
        ClusterFile.EbsEntry ebs = entry.ebsConfiguration();
        return new InstanceTypeConfig(
                name,
                fields.within(weight, 1, 1_000_000, 1, path + ".WeightedCapacity"),
                spotLimit(entry, path),
                ebs == null ? List.of() : volumes(ebs.ebsBlockDeviceConfigs(), path + ".EbsConfiguration"),
                ebs == null ? null : ebs.ebsOptimized(),
                configurations.read(entry.configurations(), path + ".Configurations"),
                fields.matching(
                        entry.customAmiId(), SoftwareParser.IMAGE, SoftwareParser.AN_IMAGE, path + ".CustomAmiId"),
                priority(entry.priority(), path + ".Priority"));
    }

    private void checkType(@Nullable String type, String path) {
        if (type != null && !TYPE.matcher(type).matches()) {
            problems.error(
                    path,
                    "'" + RecordBinder.shortened(type) + "' is not an instance type, such as m5.xlarge.",
                    Suggestion.sentence(type, InstanceHardware.knownTypes()));
        }
    }

    /** EMR starts whole machines, so a heavy one makes the fleet dearer than its target says. */
    private void checkWeight(InstanceTypeConfig type, int onDemand, int spot, String path) {
        int target = onDemand > 0 && spot > 0 ? Math.min(onDemand, spot) : Math.max(onDemand, spot);
        if (target > 0 && type.weight() > target) {
            problems.warning(
                    path,
                    "one " + type.type() + " gives " + type.weight() + " units, but only " + target + " "
                            + (target == 1 ? "is" : "are") + " asked for: EMR starts more than the target.",
                    "Raise the fleet's target to " + type.weight() + " or more, or lower the weight.");
        }
    }

    private @Nullable BidPrice spotLimit(ClusterFile.TypeEntry entry, String path) {
        String dollars = entry.bidPrice();
        Double percent = entry.bidPriceAsPercentage();
        if (dollars != null && percent != null) {
            problems.error(
                    path + ".BidPrice",
                    "stands beside BidPriceAsPercentageOfOnDemandPrice; EMR takes one of the two.",
                    "Remove one.");
        }
        if (dollars != null) {
            boolean price = DOLLARS.matcher(dollars).matches()
                    && !NOTHING.matcher(dollars).matches();
            if (!price) {
                problems.error(
                        path + ".BidPrice",
                        "'" + RecordBinder.shortened(dollars) + "' is not a price in dollars, such as 0.25.");
            }
            return new DollarsAnHour(dollars);
        }
        if (percent != null && !(percent > 0 && percent <= 1_000)) {
            problems.error(
                    path + ".BidPriceAsPercentageOfOnDemandPrice",
                    "must be above 0 and at most 1000, not " + percent + ".",
                    "100 is the on-demand price, the most that a spot machine ever costs.");
        }
        return percent == null ? null : new PercentOfOnDemand(percent);
    }

    private @Nullable Double priority(@Nullable Double priority, String path) {
        if (priority != null && !(priority >= 0 && priority <= 1_000_000)) {
            problems.error(path, "must be from 0 to 1000000, not " + priority + ".");
        }
        return priority;
    }

    private List<Volume> volumes(List<ClusterFile.DeviceEntry> entries, String parent) {
        List<Volume> volumes = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            String path = parent + ".EbsBlockDeviceConfigs[" + i + "]";
            ClusterFile.VolumeEntry entry = entries.get(i).volumeSpecification();
            if (entry != null) {
                int perInstance =
                        fields.within(entries.get(i).volumesPerInstance(), 1, 25, 1, path + ".VolumesPerInstance");
                volumes.add(new VolumeParser(fields, entry, path + ".VolumeSpecification").read(perInstance));
            }
        }
        return volumes;
    }
}
