package org.sparkpipelines.jobs.wordclouds;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Chooses one of several things, each by its weight. */
final class Odds<T> {
    private final List<T> choices;
    private final double[] upTo;

    Odds(List<T> choices, ToDoubleFunction<T> weight) {
        this.choices = List.copyOf(choices);
        this.upTo = new double[choices.size()];
        double sum = 0;
        for (int index = 0; index < upTo.length; index++) {
            sum += weight.applyAsDouble(this.choices.get(index));
            upTo[index] = sum;
        }
    }

    /** The first choice is the most frequent, as words are in any text. */
    static <T> Odds<T> falling(List<T> choices) {
        double[] rank = {1};
        return new Odds<>(choices, choice -> 1 / ++rank[0]);
    }

    T choose(Dice dice) {
        int found = Arrays.binarySearch(upTo, dice.unit() * upTo[upTo.length - 1]);
        return choices.get(found < 0 ? -found - 1 : found + 1);
    }
}
