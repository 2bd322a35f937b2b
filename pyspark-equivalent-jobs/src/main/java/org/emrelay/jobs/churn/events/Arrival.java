package org.emrelay.jobs.churn.events;

import org.emrelay.jobs.random.KeyedRandom;

/**
 * When and how a user enters the log.
 *
 * @param day the first day of the log on which the user may appear
 * @param registeredAt in milliseconds since 1970
 * @param isNew whether the user registers within the log
 * @param isSeenRegistering whether the log contains the registration; the published log lacks most of them
 */
record Arrival(int day, long registeredAt, boolean isNew, boolean isSeenRegistering, boolean isPaying) {
    private static final double NEW_USER_PROBABILITY = 0.17;
    private static final int SEEN_PERCENT = 11;
    private static final double MEAN_ACCOUNT_AGE_DAYS = 60;

    static Arrival of(LogPeriod period, UserTraits traits, KeyedRandom random) {
        // Heavy users are more likely to be subscribed already.
        double usage = StrictMath.log(traits.songsPerSession() * traits.sessionsPerDay() / 16);
        double payingProbability = 1 / (1 + StrictMath.exp(-0.8 * usage));
        boolean isPaying = random.nextDouble() < payingProbability;
        boolean isSeen = random.nextBoolean(SEEN_PERCENT);
        if (random.nextDouble() < NEW_USER_PROBABILITY) {
            long second = random.nextBelow(period.days() * LogPeriod.SECONDS_PER_DAY);
            int day = (int) (second / LogPeriod.SECONDS_PER_DAY);
            return new Arrival(day, (period.startSecond() + second) * 1000, true, isSeen, false);
        }
        double accountAgeDays = Math.min(400, 2 - MEAN_ACCOUNT_AGE_DAYS * StrictMath.log(1 - random.nextDouble()));
        long registrationSecond = period.startSecond() - (long) (accountAgeDays * LogPeriod.SECONDS_PER_DAY);
        return new Arrival(0, registrationSecond * 1000, false, false, isPaying);
    }
}
