package org.emrelay.jobs.churn.features;

/** Shares of what may be nothing. */
final class Ratio {
    private Ratio() {}

    /** Nothing of nothing is 0; something of nothing is unknown (NaN): not the same as none at all. */
    static double of(long part, long whole) {
        return of((double) part, (double) whole);
    }

    /** The same of what is no whole number. */
    static double of(double part, double whole) {
        return part == 0 ? 0 : whole == 0 ? Double.NaN : part / whole;
    }
}
