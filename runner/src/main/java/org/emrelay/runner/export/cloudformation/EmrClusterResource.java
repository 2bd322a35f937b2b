package org.emrelay.runner.export.cloudformation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.json.JsonMap;
import org.jspecify.annotations.Nullable;

/** Converts a RunJobFlow request to the properties of an {@code AWS::EMR::Cluster}. */
final class EmrClusterResource {
    /** Keys of the request that the resource does not have. */
    private static final Set<String> MISSING = Set.of("RepoUpgradeOnBoot");

    private static final String INSTANCES = "Instances";
    private static final String FLEETS = "InstanceFleets";
    private static final String CONFIGURATIONS = "Configurations";

    private EmrClusterResource() {}

    /** The keys that CloudFormation cannot express. */
    static List<String> missing(Map<String, Object> request) {
        return request.keySet().stream().filter(MISSING::contains).toList();
    }

    static Map<String, Object> properties(Map<String, Object> request) {
        Map<String, Object> properties = new LinkedHashMap<>();
        request.forEach((key, value) -> properties.put(
                key,
                switch (key) {
                    case INSTANCES -> instances(map(value));
                    case CONFIGURATIONS -> configurations(list(value));
                    // Steps depend on one another, and CloudFormation adds each after the one before it.
                    case "StepConcurrencyLevel" -> 1;
                    default -> value;
                }));
        return properties;
    }

    private static Map<String, Object> instances(Map<String, Object> request) {
        JsonMap instances = new JsonMap();
        List<Map<String, Object>> tasks = new ArrayList<>();
        for (Map<String, Object> fleet : list(request.get(FLEETS))) {
            Map<String, Object> converted = fleet(fleet);
            switch (String.valueOf(fleet.get("InstanceFleetType"))) {
                case "MASTER" -> instances.put("MasterInstanceFleet", converted);
                case "CORE" -> instances.put("CoreInstanceFleet", converted);
                default -> tasks.add(converted);
            }
        }
        instances.with("TaskInstanceFleets", tasks.isEmpty() ? null : tasks);
        request.forEach((key, value) -> {
            if (!key.equals(FLEETS)) {
                instances.put(key, value);
            }
        });
        return instances;
    }

    private static Map<String, Object> fleet(Map<String, Object> fleet) {
        Map<String, Object> converted = new LinkedHashMap<>(fleet);
        converted.remove("InstanceFleetType");
        converted.put(
                "InstanceTypeConfigs",
                list(fleet.get("InstanceTypeConfigs")).stream()
                        .map(EmrClusterResource::type)
                        .toList());
        return converted;
    }

    private static Map<String, Object> type(Map<String, Object> type) {
        Map<String, Object> converted = new LinkedHashMap<>(type);
        converted.computeIfPresent(CONFIGURATIONS, (key, value) -> configurations(list(value)));
        return converted;
    }

    private static List<Map<String, Object>> configurations(List<Map<String, Object>> configurations) {
        return configurations.stream()
                .map(configuration -> {
                    Map<String, Object> converted = new LinkedHashMap<>();
                    converted.put("Classification", configuration.get("Classification"));
                    converted.put("ConfigurationProperties", configuration.get("Properties"));
                    if (configuration.containsKey(CONFIGURATIONS)) {
                        converted.put(CONFIGURATIONS, configurations(list(configuration.get(CONFIGURATIONS))));
                    }
                    return converted;
                })
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(@Nullable Object value) {
        return (List<Map<String, Object>>) Objects.requireNonNull(value);
    }
}
