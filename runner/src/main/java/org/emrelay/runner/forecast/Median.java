package org.emrelay.runner.forecast;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The median of observations, which is robust against outliers such as a run on a busy day. */
final class Median {
    private Median() {}

    /** Returns the median, or the upper median of an even number of observations. Empty without observations. */
    static <T extends Comparable<T>> Optional<T> of(Collection<T> observations) {
        List<T> sorted = observations.stream().sorted().toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
    }
}
