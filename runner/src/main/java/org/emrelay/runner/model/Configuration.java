package org.emrelay.runner.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An EMR configuration: a classification such as {@code spark-defaults} and its properties.
 */
public record Configuration(String classification, Map<String, String> properties, List<Configuration> nested) {
    public Configuration {
        Objects.requireNonNull(classification, "classification");
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        nested = List.copyOf(nested);
    }

    /** The properties of a classification whose names begin with a prefix; of each the first value. */
    public static Map<String, String> properties(
            List<Configuration> configurations, String classification, String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        configurations.stream()
                .filter(configuration -> configuration.classification().equals(classification))
                .forEach(configuration -> configuration.properties().forEach((key, value) -> {
                    if (key.startsWith(prefix)) {
                        found.putIfAbsent(key, value);
                    }
                }));
        return found;
    }

    /** The first value of a property among the configurations of a classification. */
    public static Optional<String> property(List<Configuration> configurations, String classification, String key) {
        return configurations.stream()
                .filter(configuration -> configuration.classification().equals(classification))
                .flatMap(configuration ->
                        Optional.ofNullable(configuration.properties().get(key)).stream())
                .findFirst();
    }
}
