package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

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
import org.emrelay.runner.model.InstanceTypeConfig.PercentOfOnDemand;
import org.emrelay.runner.model.InstanceTypeConfig.UsDollarsPerHour;
import org.emrelay.runner.model.InstanceTypeConfig.Volume;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/** Parses the instance types of a fleet with their weights, bid prices and EBS volumes. */
record InstanceTypeParser(Problems problems, ConfigurationsParser configurations) {
    private static final Pattern TYPE = Pattern.compile(
            "[a-z][a-z0-9]*(-[a-z0-9]+)*\\.(nano|micro|small|medium|large|[0-9]*xlarge|metal(-[0-9]+xl)?)");
    private static final int MAX_GIB = 16_384;
    private static final Pattern DOLLARS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,10})?");
    private static final Pattern ZERO = Pattern.compile("0+(\\.0+)?");

    List<InstanceTypeConfig> parse(
            List<ClusterFile.TypeEntry> entries, Role role, int onDemand, int spot, String fleetPath) {
        String path = fleetPath + ".InstanceTypeConfigs";
        List<InstanceTypeConfig> types = new ArrayList<>();
        Set<String> seenTypes = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            InstanceTypeConfig type = type(entries.get(i), role, path + "[" + i + "]");
            if (!seenTypes.add(type.type())) {
                problems.error(
                        path + "[" + i + "].InstanceType", quoted(type.type()) + " is listed twice in this fleet.");
            }
            checkWeight(type, onDemand, spot, path + "[" + i + "].WeightedCapacity");
            types.add(type);
        }
        if (types.isEmpty()) {
            problems.error(path, "the fleet has no instance types.");
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
                problems.inRange(weight, 1, 1_000_000, 1, path + ".WeightedCapacity"),
                bidPrice(entry, path),
                ebs == null ? List.of() : volumes(ebs.ebsBlockDeviceConfigs(), path + ".EbsConfiguration"),
                ebs == null ? null : ebs.ebsOptimized(),
                configurations.parse(entry.configurations(), path + ".Configurations"),
                problems.matching(
                        entry.customAmiId(),
                        SoftwareParser.AMI_ID,
                        SoftwareParser.AMI_DESCRIPTION,
                        path + ".CustomAmiId"),
                priority(entry.priority(), path + ".Priority"));
    }

    private void checkType(@Nullable String type, String path) {
        if (type != null && !TYPE.matcher(type).matches()) {
            problems.error(
                    path,
                    quoted(type) + " is not an instance type, such as m5.xlarge.",
                    Suggestion.didYouMean(type, InstanceHardware.knownTypes()));
        }
    }

    /** EMR starts whole instances, so a large weight makes the fleet exceed its target and cost more. */
    private void checkWeight(InstanceTypeConfig type, int onDemand, int spot, String path) {
        int target = onDemand > 0 && spot > 0 ? Math.min(onDemand, spot) : Math.max(onDemand, spot);
        if (target > 0 && type.weight() > target) {
            problems.warning(
                    path,
                    "one " + type.type() + " provides " + type.weight() + " units, but the target is " + target
                            + ": EMR starts more than the target.",
                    "Raise the fleet's target to " + type.weight() + " or more, or lower the weight.");
        }
    }

    private @Nullable BidPrice bidPrice(ClusterFile.TypeEntry entry, String path) {
        String dollars = entry.bidPrice();
        Double percent = entry.bidPriceAsPercentageOfOnDemandPrice();
        if (dollars != null && percent != null) {
            problems.error(
                    path + ".BidPrice",
                    "cannot be combined with BidPriceAsPercentageOfOnDemandPrice.",
                    "Remove one of them.");
        }
        if (dollars != null) {
            boolean price =
                    DOLLARS.matcher(dollars).matches() && !ZERO.matcher(dollars).matches();
            if (!price) {
                problems.error(path + ".BidPrice", quoted(dollars) + " is not a price in USD, such as 0.25.");
            }
            return new UsDollarsPerHour(dollars);
        }
        if (percent != null && !(percent > 0 && percent <= 1_000)) {
            problems.error(
                    path + ".BidPriceAsPercentageOfOnDemandPrice",
                    "must be greater than 0 and at most 1000, not " + percent + ".",
                    "100 is the on-demand price, which spot prices never exceed.");
        }
        return percent == null ? null : new PercentOfOnDemand(percent);
    }

    private @Nullable Double priority(@Nullable Double priority, String path) {
        if (priority != null && !(priority >= 0 && priority <= 1_000_000)) {
            problems.error(path, "must be between 0 and 1000000, not " + priority + ".");
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
                        problems.inRange(entries.get(i).volumesPerInstance(), 1, 25, 1, path + ".VolumesPerInstance");
                volumes.add(volume(entry, perInstance, path + ".VolumeSpecification"));
            }
        }
        return volumes;
    }

    /** The limits depend on the volume type. */
    private Volume volume(ClusterFile.VolumeEntry entry, int perInstance, String path) {
        String type = Objects.requireNonNullElse(
                problems.oneOf(
                        entry.volumeType(),
                        List.of("gp3", "gp2", "io1", "st1", "sc1", "standard"),
                        path + ".VolumeType"),
                "gp3");
        int minimumGib = type.equals("st1") || type.equals("sc1") ? 125 : 1;
        return new Volume(
                type,
                problems.inRange(entry.sizeInGb(), minimumGib, MAX_GIB, minimumGib, path + ".SizeInGB"),
                iops(entry.iops(), type, path),
                throughput(entry.throughput(), type, path),
                perInstance);
    }

    private @Nullable Integer iops(@Nullable Integer iops, String type, String path) {
        if (type.equals("io1")) {
            if (iops == null) {
                problems.error(path + ".Iops", "required key is missing: io1 volumes need it.");
            }
            return problems.optionalInRange(iops, 100, 64_000, path + ".Iops");
        }
        if (iops != null && !type.equals("gp3")) {
            problems.error(path + ".Iops", "applies to gp3 and io1 volumes only, not " + type + ".", "Remove it.");
            return null;
        }
        return problems.optionalInRange(iops, 3_000, 16_000, path + ".Iops");
    }

    private @Nullable Integer throughput(@Nullable Integer throughput, String type, String path) {
        if (throughput != null && !type.equals("gp3")) {
            problems.error(path + ".Throughput", "applies to gp3 volumes only, not " + type + ".", "Remove it.");
            return null;
        }
        return problems.optionalInRange(throughput, 125, 1_000, path + ".Throughput");
    }
}
