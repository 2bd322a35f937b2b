package org.sparkpipelines.jobs.churn.features;

/** Shares of what may be nothing. */
final class Ratio {
    private Ratio() {}

    /** 0 of nothing. */
    static double of(long part, long whole) {
        return whole == 0 ? 0 : part / (double) whole;
    }

    /** 0 of nothing. */
    static double of(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
