package org.emrelay.runner.parse;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.model.InstanceTypeConfig.Volume;
import org.jspecify.annotations.Nullable;

/** Parses one EBS volume specification; the limits depend on the volume type. */
final class VolumeParser {
    private static final int MAX_GIB = 16_384;

    private final ClusterFieldValidator validator;
    private final ClusterFile.VolumeEntry entry;
    private final String path;

    VolumeParser(ClusterFieldValidator validator, ClusterFile.VolumeEntry entry, String path) {
        this.validator = validator;
        this.entry = entry;
        this.path = path;
    }

    Volume parse(int perInstance) {
        String type = Objects.requireNonNullElse(
                validator.oneOf(
                        entry.volumeType(),
                        List.of("gp3", "gp2", "io1", "st1", "sc1", "standard"),
                        path + ".VolumeType"),
                "gp3");
        int minimumGib = type.equals("st1") || type.equals("sc1") ? 125 : 1;
        return new Volume(
                type,
                validator.inRange(entry.sizeInGb(), minimumGib, MAX_GIB, minimumGib, path + ".SizeInGB"),
                iops(type),
                throughput(type),
                perInstance);
    }

    private @Nullable Integer iops(String type) {
        Integer iops = entry.iops();
        if (type.equals("io1")) {
            if (iops == null) {
                validator.problems().error(path + ".Iops", "required key is missing: io1 volumes need it.");
            }
            return validator.optionalInRange(iops, 100, 64_000, path + ".Iops");
        }
        if (iops != null && !type.equals("gp3")) {
            validator
                    .problems()
                    .error(path + ".Iops", "applies to gp3 and io1 volumes only, not " + type + ".", "Remove it.");
            return null;
        }
        return validator.optionalInRange(iops, 3_000, 16_000, path + ".Iops");
    }

    private @Nullable Integer throughput(String type) {
        if (entry.throughput() != null && !type.equals("gp3")) {
            validator
                    .problems()
                    .error(path + ".Throughput", "applies to gp3 volumes only, not " + type + ".", "Remove it.");
            return null;
        }
        return validator.optionalInRange(entry.throughput(), 125, 1_000, path + ".Throughput");
    }
}
