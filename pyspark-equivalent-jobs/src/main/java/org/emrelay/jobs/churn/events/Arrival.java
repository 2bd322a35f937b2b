package org.emrelay.jobs.churn.events;

import org.emrelay.jobs.random.Dice;

/**
 * When a user came to the service, and as what he enters the log.
 *
 * @param day of the log, from which on he may come
 * @param registeredAt in milliseconds since 1970
 * @param isNew whether that is within the log
 * @param isSeenRegistering whether the log has that; most registrations are not in the published one
 */
record Arrival(int day, long registeredAt, boolean isNew, boolean isSeenRegistering, boolean isPaying) {
    private static final double NEW = 0.17;
    private static final int SEEN = 11;
    private static final double MEAN_DAYS_BEFORE = 60;

    static Arrival of(Period period, Temperament temperament, Dice dice) {
        // Those who listen much are more likely to have subscribed by now.
        double heavy = StrictMath.log(temperament.stamina() * temperament.visits() / 16);
        double chance = 1 / (1 + StrictMath.exp(-0.8 * heavy));
        boolean isPaying = dice.unit() < chance;
        boolean isSeen = dice.percent(SEEN);
        if (dice.unit() < NEW) {
            long second = dice.below(period.days() * Period.SECONDS_A_DAY);
            int day = (int) (second / Period.SECONDS_A_DAY);
            return new Arrival(day, (period.startSecond() + second) * 1000, true, isSeen, false);
        }
        double before = Math.min(400, 2 - MEAN_DAYS_BEFORE * StrictMath.log(1 - dice.unit()));
        long registered = period.startSecond() - (long) (before * Period.SECONDS_A_DAY);
        return new Arrival(0, registered * 1000, false, false, isPaying);
    }
}
