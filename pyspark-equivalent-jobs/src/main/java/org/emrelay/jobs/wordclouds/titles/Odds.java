package org.emrelay.jobs.wordclouds.titles;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.emrelay.jobs.random.Dice;

/** Chooses one of several things, each by its weight. */
final class Odds<T> {
    private final List<T> choices;
    private final double[] upTo;

    private Odds(List<T> choices, IntToDoubleFunction weightAt) {
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to choose from");
        }
        this.choices = List.copyOf(choices);
        this.upTo = new double[choices.size()];
        double sum = 0;
        for (int index = 0; index < upTo.length; index++) {
            sum += weightAt.applyAsDouble(index);
            upTo[index] = sum;
        }
    }

    static <T> Odds<T> weighted(List<T> choices, ToDoubleFunction<T> weight) {
        return new Odds<>(choices, index -> weight.applyAsDouble(choices.get(index)));
    }

    /** The first choices are by far the most frequent, as words are in any text. */
    static <T> Odds<T> steep(List<T> choices) {
        return new Odds<>(choices, index -> 1.0 / (index + 2));
    }

    /** The first are more likely than the last, but none so much that it would stand out everywhere. */
    static <T> Odds<T> gentle(List<T> choices) {
        return new Odds<>(choices, index -> 1.0 / (index + 21));
    }

    T choose(Dice dice) {
        int found = Arrays.binarySearch(upTo, dice.unit() * upTo[upTo.length - 1]);
        int index = found < 0 ? -found - 1 : found + 1;
        // Rounding can carry the largest draw up to the very end.
        return choices.get(Math.min(index, upTo.length - 1));
    }
}
