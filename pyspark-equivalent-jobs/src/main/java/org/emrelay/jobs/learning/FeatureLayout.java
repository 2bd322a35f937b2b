package org.emrelay.jobs.learning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Maps the slots of a feature vector to names and to source columns.
 *
 * <p>The vectorizer provides it, because slot names alone do not show which slots encode the same column.
 *
 * @param names unique slot names, in vector order
 * @param groups slot indices by source column: a categorical column owns all of its one-hot slots
 */
public record FeatureLayout(List<String> names, Map<String, int[]> groups) {
    public FeatureLayout {
        names = List.copyOf(names);
        groups = new LinkedHashMap<>(groups);
    }
}
