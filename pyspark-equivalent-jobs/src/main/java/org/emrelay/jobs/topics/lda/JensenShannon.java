package org.emrelay.jobs.topics.lda;

/** Jensen–Shannon divergence in bits: 0 for equal distributions, 1 for distributions without a common outcome. */
public final class JensenShannon {
    private JensenShannon() {}

    /** Returns the contribution of one outcome to the divergence of two distributions. */
    public static double part(double one, double other) {
        double mean = (one + other) / 2;
        return (distance(one, mean) + distance(other, mean)) / 2;
    }

    private static double distance(double probability, double mean) {
        return probability <= 0 ? 0 : probability * Math.log(probability / mean) / Math.log(2);
    }
}
