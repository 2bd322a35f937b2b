package org.emrelay.jobs.churn.features;

/**
 * The last days before the cutoff set against those before them.
 *
 * @param recentDays at least one
 * @param earlierDays at least one where there are any, so that a user's first hour is not taken for a habit
 */
record Trend(double recentDays, double earlierDays) {

    static Trend of(double daysObserved, int trendDays) {
        double recent = Math.max(1, Math.min(trendDays, daysObserved));
        double earlier = daysObserved > trendDays ? Math.max(1, daysObserved - trendDays) : 0;
        return new Trend(recent, earlier);
    }

    double perDay(double recent) {
        return recent / recentDays;
    }

    /**
     * From -1 (it has ended) over 0 (as before, or nothing to compare with) to 1 (it is new): the difference of the daily
     * rates over their sum.
     */
    double change(double recent, double earlier) {
        if (earlierDays == 0) {
            return 0;
        }
        double now = recent / recentDays;
        double then = earlier / earlierDays;
        return now + then == 0 ? 0 : (now - then) / (now + then);
    }
}
