package org.emrelay.runner.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The vCPUs and memory of an EC2 instance type.
 * A bundled table covers the families commonly used for Spark, so that no AWS call is needed.
 *
 * @param yarnMebibytes EMR's default for {@code yarn.nodemanager.resource.memory-mb}, without HBase
 */
public record InstanceHardware(
        String type, Architecture architecture, int virtualCpus, long mebibytes, long yarnMebibytes) {

    /** The processor architecture, which native code must match. */
    public enum Architecture {
        X86_64("x86"),
        ARM_64("Graviton");

        private final String label;

        Architecture(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** EMR's table of defaults has 2 GB more for these types than its rule yields. */
    private static final Set<String> EXCEPTIONS = Set.of("m6g.12xlarge", "m6gd.12xlarge", "m6i.12xlarge");

    private static final Map<String, InstanceHardware> BY_TYPE = table();

    public InstanceHardware {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(architecture, "architecture");
    }

    /** Empty for a type that is not in the table. */
    public static Optional<InstanceHardware> of(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    public static List<String> knownTypes() {
        return List.copyOf(BY_TYPE.keySet());
    }

    /**
     * Derives the architecture from the type's name, and so covers types that are not in the table.
     * Graviton families have a g right after the generation ({@code m6g}, {@code c7gn}, {@code im4gn}).
     */
    public static Architecture architectureOf(String type) {
        String family = type.substring(0, Math.max(0, type.indexOf('.')));
        return family.equals("a1") || family.matches("[a-z]+[0-9]+g[a-z]*") ? Architecture.ARM_64 : Architecture.X86_64;
    }

    /**
     * As of November 2026. Each line: the 64ths of the nominal memory that the operating system sees, the MiB per
     * vCPU, the families, and their sizes in units of four vCPUs.
     * EMR counts all of the memory for older families and 61/64 of it for newer ones.
     */
    private static Map<String, InstanceHardware> table() {
        Map<String, InstanceHardware> types = new LinkedHashMap<>();
        add(types, 64, 4096, "m4", "1 2 4 10 16");
        add(types, 64, 4096, "m5 m5a m5d", "1 2 4 8 12 16 24");
        add(types, 61, 4096, "m6g m6gd m7g m7gd", "1 2 4 8 12 16");
        add(types, 61, 4096, "m6i m6id m6in m6idn", "1 2 4 8 12 16 24 32");
        add(types, 61, 4096, "m6a m7a", "1 2 4 8 12 16 24 32 48");
        add(types, 61, 4096, "m7i m8g", "1 2 4 8 12 16 24 48");
        add(types, 64, 1920, "c4", "1 2 4");
        add(types, 64, 2048, "c5 c5d", "1 2 4 9 18");
        add(types, 64, 2048, "c5", "12 24");
        add(types, 61, 2048, "c5a c5ad", "1 2 4 8 16 24");
        add(types, 61, 2048, "c6g c6gd c6gn c7g c7gd c7gn", "1 2 4 8 12 16");
        add(types, 61, 2048, "c6i c6id c6in", "1 2 4 8 12 16 24 32");
        add(types, 61, 2048, "c6a c7a", "1 2 4 8 12 16 24 32 48");
        add(types, 61, 2048, "c7i c8g", "1 2 4 8 12 16 24 48");
        add(types, 64, 7808, "r4 i3", "1 2 4 8 16");
        add(types, 64, 8192, "r5 r5a r5d", "1 2 4 8 12 16 24");
        add(types, 61, 8192, "r5b r5dn", "1 2 4 8 12 16 24");
        add(types, 61, 8192, "r6g r6gd r7g r7gd", "1 2 4 8 12 16");
        add(types, 61, 8192, "r6i r6id r6in r6idn", "1 2 4 8 12 16 24 32");
        add(types, 61, 8192, "r6a r7a", "1 2 4 8 12 16 24 32 48");
        add(types, 61, 8192, "r7i r8g", "1 2 4 8 12 16 24 48");
        add(types, 64, 8192, "i3en", "1 2 3 6 12 24");
        return Collections.unmodifiableMap(types);
    }

    private static void add(
            Map<String, InstanceHardware> types, int visible64ths, int mebibytesPerCpu, String families, String sizes) {
        for (String family : families.split(" ", -1)) {
            for (int size : Arrays.stream(sizes.split(" ", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray()) {
                String type = family + "." + (size == 1 ? "" : size) + "xlarge";
                long mebibytes = 4L * size * mebibytesPerCpu;
                types.put(
                        type,
                        new InstanceHardware(
                                type,
                                architectureOf(type),
                                4 * size,
                                mebibytes,
                                yarnMemory(type, mebibytes, visible64ths)));
            }
        }
    }

    /** EMR reserves a quarter of the memory for the system, at least 2 GB and at most 8 GB, in steps of 256 MB. */
    private static long yarnMemory(String type, long mebibytes, int visible64ths) {
        if (EXCEPTIONS.contains(type)) {
            return 181_248;
        }
        long visible = mebibytes * visible64ths / 64 / 256 * 256;
        return visible - Math.max(2048, Math.min(8192, visible / 4));
    }
}
