package org.emrelay.jobs.learning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the numbers of a vector stand for; told by whatever made the vector, for a name does not show what belongs together.
 *
 * @param names of the places, no two alike
 * @param groups the places that are one thing people know, by its name: a category is all of its values
 */
public record FeaturePlaces(List<String> names, Map<String, int[]> groups) {
    public FeaturePlaces {
        names = List.copyOf(names);
        groups = new LinkedHashMap<>(groups);
    }
}
