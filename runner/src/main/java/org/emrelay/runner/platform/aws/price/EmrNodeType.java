package org.emrelay.runner.platform.aws.price;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Cluster.RootVolume;
import org.emrelay.runner.model.EmrRelease;
import org.emrelay.runner.model.InstanceTypeConfig;
import org.emrelay.runner.model.InstanceTypeConfig.Volume;
import org.jspecify.annotations.Nullable;

/**
 * An instance type with the EBS volumes that EMR attaches to each instance.
 *
 * <p>The defaults are those of the EMR Management Guide, "Instance storage options and behavior in Amazon EMR".
 *
 * @param volumes the root volume and those for data
 */
public record EmrNodeType(String type, List<Volume> volumes) {
    private static final int DEFAULT_ROOT_GIB = 15;
    private static final int OLD_ROOT_GIB = 10;

    /** By instance size: number and GiB of the gp2 volumes. */
    private static final Map<String, Volume> DEFAULTS = Map.ofEntries(
            entry("large", 1, 32),
            entry("xlarge", 2, 32),
            entry("2xlarge", 4, 32),
            entry("4xlarge", 4, 64),
            entry("8xlarge", 4, 128),
            entry("9xlarge", 4, 144),
            entry("10xlarge", 4, 160),
            entry("12xlarge", 4, 192),
            entry("16xlarge", 4, 256),
            entry("18xlarge", 4, 288),
            entry("24xlarge", 4, 384));

    /** A guess for sizes that are not documented: the one of AWS's EMR Advisor. */
    private static final Volume DEFAULT_OF_OTHER_SIZES = gp2(4, 128);

    /** Families with instance store that the letter d after the generation does not reveal. */
    private static final Set<String> INSTANCE_STORE = Set.of(
            "c1", "c3", "cc2", "cg1", "cr1", "d2", "d3", "d3en", "dl1", "f1", "f2", "g2", "g5", "g6", "g6e", "gr6",
            "h1", "hs1", "i2", "i3", "i3en", "i4g", "i4i", "i7i", "i7ie", "i8g", "im4gn", "is4gen", "m1", "m2", "m3",
            "p4d", "p4de", "p5", "p5e", "p5en", "r3", "trn1", "trn1n", "x1", "x1e", "z1d");

    public EmrNodeType {
        Objects.requireNonNull(type, "type");
        volumes = List.copyOf(volumes);
    }

    /** The nodes of a cluster file. */
    public static EmrNodeType of(Cluster cluster, InstanceTypeConfig type) {
        return of(
                type.type(),
                type.volumes(),
                cluster.software().rootVolume(),
                cluster.software().release());
    }

    /**
     * The nodes of a cluster that exists.
     *
     * @param data the volumes in addition to the root volume; empty for EMR's default
     * @param root null for EMR's default
     */
    public static EmrNodeType of(String type, List<Volume> data, @Nullable RootVolume root, EmrRelease release) {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(rootVolume(root, release));
        volumes.addAll(data.isEmpty() ? defaultVolumes(type) : data);
        return new EmrNodeType(type, volumes);
    }

    /** A custom AMI may have another type of root volume, which only EC2 knows. */
    private static Volume rootVolume(@Nullable RootVolume root, EmrRelease release) {
        Integer gibibytes = root == null ? null : root.gibibytes();
        int defaultGib = release.isAtLeast(6, 10) ? DEFAULT_ROOT_GIB : OLD_ROOT_GIB;
        return new Volume(
                release.isAtLeast(6, 15) ? "gp3" : "gp2",
                gibibytes == null ? defaultGib : gibibytes,
                root == null ? null : root.iops(),
                root == null ? null : root.throughputMibPerSecond(),
                1);
    }

    /** Only instances without instance store get volumes for data. */
    private static List<Volume> defaultVolumes(String type) {
        int dot = type.indexOf('.');
        String family = type.substring(0, Math.max(0, dot));
        return INSTANCE_STORE.contains(family) || family.matches("[a-z]+[0-9]+[a-z]*d[a-z]*")
                ? List.of()
                : List.of(DEFAULTS.getOrDefault(type.substring(dot + 1), DEFAULT_OF_OTHER_SIZES));
    }

    private static Map.Entry<String, Volume> entry(String size, int count, int gibibytes) {
        return Map.entry(size, gp2(count, gibibytes));
    }

    private static Volume gp2(int count, int gibibytes) {
        return new Volume("gp2", gibibytes, null, null, count);
    }
}
