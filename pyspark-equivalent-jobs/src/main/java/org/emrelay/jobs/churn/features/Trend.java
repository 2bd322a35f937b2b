package org.emrelay.jobs.churn.features;

/**
 * Compares the recent days before the cutoff with the earlier ones.
 *
 * @param recentDays at least 1
 * @param earlierDays 0, or at least 1, so the first hour of a user does not count as a habit
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
     * Returns the relative change of the daily rate: (recent - earlier) / (recent + earlier).
     *
     * <p>It ranges from -1 (stopped) to 1 (new); 0 means unchanged or nothing to compare with.
     */
    double change(double recent, double earlier) {
        if (earlierDays == 0) {
            return 0;
        }
        double recentRate = recent / recentDays;
        double earlierRate = earlier / earlierDays;
        return recentRate + earlierRate == 0 ? 0 : (recentRate - earlierRate) / (recentRate + earlierRate);
    }
}
