package org.emrelay.jobs.churn.events;

import java.util.Arrays;
import org.emrelay.jobs.random.Dice;

/** Chooses among things ranked by how popular they are: the n-th has a weight of (n + shift)^-steepness. */
final class Popularity {
    private final double[] upTo;

    Popularity(int things, double shift, double steepness) {
        upTo = new double[things];
        double sum = 0;
        for (int rank = 0; rank < things; rank++) {
            sum += StrictMath.pow(rank + 1 + shift, -steepness);
            upTo[rank] = sum;
        }
    }

    /** A rank, from 0. */
    int choose(Dice dice) {
        int found = Arrays.binarySearch(upTo, dice.unit() * upTo[upTo.length - 1]);
        int rank = found < 0 ? -found - 1 : found + 1;
        // Rounding can carry the largest draw up to the very end.
        return Math.min(rank, upTo.length - 1);
    }
}
