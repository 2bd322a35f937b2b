package org.emrelay.jobs.churn.features;

/** Ratios with a defined result for a zero denominator. */
final class SafeRatio {
    private SafeRatio() {}

    /** Returns 0 for 0/0 and NaN (unknown) for x/0. */
    static double of(long part, long whole) {
        return of((double) part, (double) whole);
    }

    static double of(double part, double whole) {
        return part == 0 ? 0 : whole == 0 ? Double.NaN : part / whole;
    }
}
