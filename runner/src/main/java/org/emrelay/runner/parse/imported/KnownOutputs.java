package org.emrelay.runner.parse.imported;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The outputs of all steps, by step and by location. */
final class KnownOutputs {
    private final List<String> names;
    private final List<Optional<OutputFinder.Found>> outputs;
    private final Map<String, Integer> writers = new HashMap<>();

    /** The locations that contain an output. */
    private final Set<String> containers = new HashSet<>();

    /** @param names the names of the steps, in the order of their outputs */
    KnownOutputs(List<String> names, List<Optional<OutputFinder.Found>> outputs) {
        this.names = List.copyOf(names);
        this.outputs = List.copyOf(outputs);
        for (int i = 0; i < outputs.size(); i++) {
            int writer = i;
            outputs.get(i).ifPresent(output -> {
                writers.putIfAbsent(output.location(), writer);
                containers.addAll(Locations.withParents(output.location()));
            });
        }
    }

    String name(int step) {
        return names.get(step);
    }

    Optional<OutputFinder.Found> of(int step) {
        return outputs.get(step);
    }

    /** The step whose output is at the location, or contains it. */
    Optional<Locations.Match<Integer>> writer(String location) {
        return Locations.nearest(Locations.normalized(location), writers);
    }

    /** Whether an output is within the location. */
    boolean isWithin(String location) {
        return containers.contains(Locations.normalized(location));
    }
}
