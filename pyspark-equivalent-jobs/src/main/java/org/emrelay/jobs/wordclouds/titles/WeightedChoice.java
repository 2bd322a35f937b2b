package org.emrelay.jobs.wordclouds.titles;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.emrelay.jobs.random.KeyedRandom;

/** Draws elements at random according to their weights. */
final class WeightedChoice<T> {
    private final List<T> choices;
    private final double[] cumulativeWeights;

    private WeightedChoice(List<T> choices, IntToDoubleFunction weightAt) {
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("choices must not be empty");
        }
        this.choices = List.copyOf(choices);
        this.cumulativeWeights = new double[choices.size()];
        double sum = 0;
        for (int index = 0; index < cumulativeWeights.length; index++) {
            sum += weightAt.applyAsDouble(index);
            cumulativeWeights[index] = sum;
        }
    }

    static <T> WeightedChoice<T> weighted(List<T> choices, ToDoubleFunction<T> weight) {
        return new WeightedChoice<>(choices, index -> weight.applyAsDouble(choices.get(index)));
    }

    /** Gives the n-th choice the weight 1 / (n + 1): a few dominate, as in the word frequencies of any text. */
    static <T> WeightedChoice<T> skewed(List<T> choices) {
        return new WeightedChoice<>(choices, index -> 1.0 / (index + 2));
    }

    /** Gives the n-th choice the weight 1 / (n + 20): earlier choices are more likely, but none dominates. */
    static <T> WeightedChoice<T> nearlyUniform(List<T> choices) {
        return new WeightedChoice<>(choices, index -> 1.0 / (index + 21));
    }

    T choose(KeyedRandom random) {
        int found = Arrays.binarySearch(
                cumulativeWeights, random.nextDouble() * cumulativeWeights[cumulativeWeights.length - 1]);
        int index = found < 0 ? -found - 1 : found + 1;
        // Rounding can push the largest draw past the last weight.
        return choices.get(Math.min(index, cumulativeWeights.length - 1));
    }
}
