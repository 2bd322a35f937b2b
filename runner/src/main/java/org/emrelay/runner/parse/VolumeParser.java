package org.emrelay.runner.parse;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.model.InstanceTypeConfig.Volume;
import org.jspecify.annotations.Nullable;

/** Reads one kind of disk; what EC2 takes depends on its type. */
final class VolumeParser {
    private static final int LARGEST = 16_384;

    private final ClusterFields fields;
    private final ClusterFile.VolumeEntry entry;
    private final String path;

    VolumeParser(ClusterFields fields, ClusterFile.VolumeEntry entry, String path) {
        this.fields = fields;
        this.entry = entry;
        this.path = path;
    }

    Volume read(int perInstance) {
        String type = Objects.requireNonNullElse(
                fields.oneOf(
                        entry.volumeType(),
                        List.of("gp3", "gp2", "io1", "st1", "sc1", "standard"),
                        path + ".VolumeType"),
                "gp3");
        int least = type.equals("st1") || type.equals("sc1") ? 125 : 1;
        return new Volume(
                type,
                fields.within(entry.sizeInGb(), least, LARGEST, least, path + ".SizeInGB"),
                operationsPerSecond(type),
                throughput(type),
                perInstance);
    }

    private @Nullable Integer operationsPerSecond(String type) {
        Integer iops = entry.iops();
        if (type.equals("io1")) {
            if (iops == null) {
                fields.problems().error(path + ".Iops", "this key is missing: a volume of type io1 needs it.");
            }
            return fields.optionallyWithin(iops, 100, 64_000, path + ".Iops");
        }
        if (iops != null && !type.equals("gp3")) {
            fields.problems()
                    .error(path + ".Iops", "is for volumes of type gp3 and io1, not " + type + ".", "Remove it.");
            return null;
        }
        return fields.optionallyWithin(iops, 3_000, 16_000, path + ".Iops");
    }

    private @Nullable Integer throughput(String type) {
        if (entry.throughput() != null && !type.equals("gp3")) {
            fields.problems()
                    .error(path + ".Throughput", "is for volumes of type gp3, not " + type + ".", "Remove it.");
            return null;
        }
        return fields.optionallyWithin(entry.throughput(), 125, 1_000, path + ".Throughput");
    }
}
