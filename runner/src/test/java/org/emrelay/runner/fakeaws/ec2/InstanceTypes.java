package org.emrelay.runner.fakeaws.ec2;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The instance types of a region and the zones that offer them. */
public final class InstanceTypes {
    private final Map<String, Type> types = new LinkedHashMap<>();
    private final Map<String, Set<String>> zones = new LinkedHashMap<>();

    /** An instance type with its attributes and spot price. */
    public record Type(String name, int cores, int memoryMib, String architecture, BigDecimal spotPrice) {
        public Type {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(architecture, "architecture");
            Objects.requireNonNull(spotPrice, "spotPrice");
        }

        public String family() {
            return name.substring(0, name.indexOf('.'));
        }
    }

    InstanceTypes(String region) {
        for (String family : List.of("m4", "m5", "m5a", "m5d", "c5", "r5", "m6i", "m6a", "r6i", "c6i", "m7i")) {
            addFamily(region, family, "x86_64");
        }
        for (String family : List.of("m6g", "r6g", "c6g")) {
            addFamily(region, family, "arm64");
        }
    }

    private void addFamily(String region, String family, String architecture) {
        int ratio = family.startsWith("c") ? 2 : family.startsWith("r") ? 8 : 4;
        List<String> sizes = List.of("large", "xlarge", "2xlarge", "4xlarge", "8xlarge");
        for (int i = 0; i < sizes.size(); i++) {
            int cores = 2 << i;
            BigDecimal price = BigDecimal.valueOf(16L * cores + ratio, 3);
            add(new Type(family + "." + sizes.get(i), cores, cores * ratio * 1024, architecture, price));
            offer(family + "." + sizes.get(i), region + "a", region + "b", region + "c");
        }
    }

    public void add(Type type) {
        types.put(type.name(), type);
        zones.put(type.name(), new TreeSet<>());
    }

    /** Offers a type in these zones only. */
    public void offer(String type, String... inZones) {
        zones.put(type, new TreeSet<>(List.of(inZones)));
    }

    public boolean knows(String type) {
        return types.containsKey(type);
    }

    /** Offers the types of these families in no zone, as in regions that never got them. */
    public void withdraw(String... families) {
        types.values().stream()
                .filter(type -> List.of(families).contains(type.family()))
                .forEach(type -> offer(type.name()));
    }

    public boolean isOfferedSomewhere(String type) {
        return !zonesOf(type).isEmpty();
    }

    public Type type(String name) {
        return Objects.requireNonNull(types.get(name), name);
    }

    public boolean isOffered(String type, String zone) {
        return zonesOf(type).contains(zone);
    }

    Set<String> zonesOf(String type) {
        return zones.getOrDefault(type, Set.of());
    }

    public List<Type> all() {
        return List.copyOf(types.values());
    }
}
