package org.emrelay.jobs.churn.events;

import org.emrelay.jobs.random.KeyedRandom;

/**
 * The constant traits of a user: activity levels at neutral satisfaction.
 *
 * <p>Users differ far more in these than in satisfaction, so counts alone predict churn poorly.
 *
 * @param sessionsPerDay sessions per day
 * @param songsPerSession songs per session
 * @param baseSatisfaction satisfaction without any annoyance
 * @param likeFactor factor for thumbs up
 * @param dislikeFactor factor for thumbs down
 * @param friendFactor factor for added friends
 * @param settingsFactor factor for views of settings, help and similar pages
 * @param advertFactor factor for adverts while on the free level
 * @param errorFactor factor for errors
 */
record UserTraits(
        double sessionsPerDay,
        double songsPerSession,
        double baseSatisfaction,
        double likeFactor,
        double dislikeFactor,
        double friendFactor,
        double settingsFactor,
        double advertFactor,
        double errorFactor) {

    static UserTraits of(KeyedRandom random) {
        return new UserTraits(
                0.34 * lognormalFactor(random, 0.85),
                72 * lognormalFactor(random, 0.65),
                0.25 * random.nextGaussian(),
                lognormalFactor(random, 0.55),
                lognormalFactor(random, 0.45),
                lognormalFactor(random, 0.7),
                lognormalFactor(random, 0.5),
                lognormalFactor(random, 0.45),
                lognormalFactor(random, 0.8));
    }

    /** Draws a lognormal factor with mean 1. */
    private static double lognormalFactor(KeyedRandom random, double deviation) {
        return StrictMath.exp(deviation * random.nextGaussian() - deviation * deviation / 2);
    }
}
