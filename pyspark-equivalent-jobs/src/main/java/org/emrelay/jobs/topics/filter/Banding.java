package org.emrelay.jobs.topics.filter;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.emrelay.jobs.random.KeyedRandom;

/**
 * Groups MinHash values into bands, to select the texts to compare.
 *
 * <p>Two texts are compared if they agree in all rows of a band. Spark's own similarity join compares texts that agree in any single
 * value: among a million posts, these include all pairs that happen to share a frequent phrase. With three rows per band, dissimilar
 * texts rarely match: at a similarity of 0.1, one pair in a thousand per band.
 *
 * @param rows the number of hash values in a band
 * @param bands the number of bands, so that a pair of texts at the threshold is missed with a probability of at most 5 %
 */
record Banding(int rows, int bands) implements Serializable {
    private static final double MISSED = 0.05;
    private static final double SELECTIVE = 0.7;

    Banding {
        if (rows < 1 || bands < 1) {
            throw new IllegalArgumentException("rows and bands must be at least 1, not " + rows + " and " + bands);
        }
    }

    static Banding of(double similarity) {
        int rows = similarity >= SELECTIVE ? 3 : 2;
        double agrees = StrictMath.pow(similarity, rows);
        double bands = StrictMath.ceil(StrictMath.log(MISSED) / StrictMath.log(1 - agrees));
        return new Banding(rows, (int) Math.max(1, bands));
    }

    int hashTables() {
        return rows * bands;
    }

    /** Returns the probability that two texts of this similarity agree in at least one band. */
    double probability(double similarity) {
        return 1 - StrictMath.pow(1 - StrictMath.pow(similarity, rows), bands);
    }

    /** Returns the key of a band, from the one-element vectors of Spark's MinHash. */
    long key(int band, List<Vector> hashes) {
        long key = KeyedRandom.mix(band + 1L);
        for (int row = band * rows; row < (band + 1) * rows; row++) {
            key = KeyedRandom.mix(key ^ (long) hashes.get(row).apply(0));
        }
        return key;
    }
}
