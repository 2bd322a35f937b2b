package org.emrelay.runner.forecast;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The median of observations: one run on a busy day does not move it. */
final class Median {
    private Median() {}

    /** Of an even number, the higher one of the two in the middle. Empty without observations. */
    static <T extends Comparable<T>> Optional<T> of(Collection<T> observations) {
        List<T> sorted = observations.stream().sorted().toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
    }
}
