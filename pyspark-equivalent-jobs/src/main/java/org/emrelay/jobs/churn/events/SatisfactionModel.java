package org.emrelay.jobs.churn.events;

import org.emrelay.jobs.random.KeyedRandom;

/**
 * The hidden satisfaction of a user, which drives churn.
 *
 * <p>It moves slowly towards a level set by recent experience, is occasionally changed by events outside the
 * service, and influences all behavior. A user who churns has been dissatisfied for some time.
 */
final class SatisfactionModel {
    private static final double SATISFACTION_DAYS = 14;
    private static final double RESOLVE_DAYS = 12;
    private static final double BASELINE_DAYS = 35;
    private static final double DAILY_NOISE = 0.13;
    private static final double SHOCKS_PER_DAY = 1 / 90.0;
    private static final double BASE_HAZARD = 0.00057;
    private static final double STEEPNESS = 2.45;
    private static final double MAX_HAZARD = 0.12;

    private final UserTraits traits;
    private double satisfaction;
    /** Follows satisfaction with a delay: users take time to decide. */
    private double resolve;
    /** The long-term average of satisfaction. */
    private double baseline;

    SatisfactionModel(UserTraits traits, RecentActivity recent, boolean isPaying, KeyedRandom random) {
        this.traits = traits;
        satisfaction = targetSatisfaction(recent, isPaying, 0) + 0.5 * random.nextGaussian();
        baseline = satisfaction;
        resolve = Math.max(0.15, satisfaction);
    }

    double satisfaction() {
        return Math.max(-3, Math.min(2.5, satisfaction));
    }

    /** Returns the deviation from the baseline, which makes visits more or less frequent. */
    double deviation() {
        return Math.max(-2.5, Math.min(1, satisfaction - baseline));
    }

    void endDay(RecentActivity recent, boolean isPaying, int friends, KeyedRandom random) {
        satisfaction += (targetSatisfaction(recent, isPaying, friends) - satisfaction) / SATISFACTION_DAYS
                + DAILY_NOISE * random.nextGaussian();
        if (random.nextDouble() < SHOCKS_PER_DAY) {
            satisfaction += random.nextBoolean(65) ? -1.3 : 1.0;
        }
        baseline += (satisfaction - baseline) / BASELINE_DAYS;
        resolve += (satisfaction - resolve) / RESOLVE_DAYS;
    }

    private double targetSatisfaction(RecentActivity recent, boolean isPaying, int friends) {
        return traits.baseSatisfaction() + 0.5 * Math.min(1, friends / 4.0) - annoyance(recent, isPaying);
    }

    /**
     * What annoys depends on the user: adverts annoy heavy users; errors and an unused subscription annoy paying
     * users.
     */
    private static double annoyance(RecentActivity recent, boolean isPaying) {
        double dislikes =
                Math.min(1.5, 0.8 * Math.max(0, recent.dislikedShare() / PageViewMix.DISLIKES_PER_SONG - 1.5));
        if (isPaying) {
            double errors = Math.min(2, 18 * recent.errors());
            double unusedSubscription = 3 * Math.max(0, 1 - recent.songs() / 5);
            return dislikes + errors + unusedSubscription;
        }
        double density = recent.adverts() / (recent.songs() + 0.5) / PageViewMix.ADVERTS_PER_SONG;
        double heavyUse = Math.max(0, Math.min(1, (recent.songs() - 5) / 10));
        return dislikes + Math.min(3.5, 4 * heavyUse * Math.max(0, density - 0.75));
    }

    /** Returns the probability of churning today. Users who neither pay nor visit often rarely bother to cancel. */
    double churnProbability(RecentActivity recent, boolean isPaying) {
        double hazard = BASE_HAZARD * StrictMath.exp(-STEEPNESS * resolve);
        double activityFactor = isPaying ? 1 : 0.25 + 0.75 * Math.min(1, recent.songs() / 10);
        return Math.min(MAX_HAZARD, hazard * activityFactor);
    }
}
