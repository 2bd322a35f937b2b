package org.emrelay.jobs.churn.events;

import org.emrelay.jobs.random.Dice;

/**
 * How satisfied a user is, which nobody sees: it moves slowly towards what his experience of late deserves, is thrown now and
 * then by things outside the service, and shows in all that he does. Who leaves has been unhappy for some time.
 */
final class Mood {
    private static final double DAYS_TO_FOLLOW = 14;
    private static final double DAYS_TO_RESOLVE = 12;
    private static final double DAYS_TO_GET_USED = 35;
    private static final double RESTLESSNESS = 0.13;
    private static final double BLOW_A_DAY = 1 / 90.0;
    private static final double HAZARD = 0.00057;
    private static final double STEEPNESS = 2.45;
    private static final double HIGHEST_HAZARD = 0.12;

    private final Temperament temperament;
    private double satisfaction;
    /** Follows satisfaction late: people think it over. */
    private double resolve;
    /** What he has grown used to: follows satisfaction very late. */
    private double usual;

    Mood(Temperament temperament, Recently recently, boolean isPaying, Dice dice) {
        this.temperament = temperament;
        satisfaction = deserved(recently, isPaying, 0) + 0.5 * dice.normal();
        usual = satisfaction;
        resolve = Math.max(0.15, satisfaction);
    }

    double satisfaction() {
        return Math.max(-3, Math.min(2.5, satisfaction));
    }

    /** How it differs from what is usual for him: by that he comes more or less often than he is used to. */
    double change() {
        return Math.max(-2.5, Math.min(1, satisfaction - usual));
    }

    void endDay(Recently recently, boolean isPaying, int friends, Dice dice) {
        satisfaction +=
                (deserved(recently, isPaying, friends) - satisfaction) / DAYS_TO_FOLLOW + RESTLESSNESS * dice.normal();
        if (dice.unit() < BLOW_A_DAY) {
            satisfaction += dice.percent(65) ? -1.3 : 1.0;
        }
        usual += (satisfaction - usual) / DAYS_TO_GET_USED;
        resolve += (satisfaction - resolve) / DAYS_TO_RESOLVE;
    }

    private double deserved(Recently recently, boolean isPaying, int friends) {
        return temperament.bond() + 0.5 * Math.min(1, friends / 4.0) - annoyance(recently, isPaying);
    }

    /** What annoys depends on who it is: adverts those who listen much, errors and an idle subscription those who pay. */
    private static double annoyance(Recently recently, boolean isPaying) {
        double dislikes = Math.min(1.5, 0.8 * Math.max(0, recently.dislikedShare() / ListeningHabits.DISLIKES - 1.5));
        if (isPaying) {
            double errors = Math.min(2, 18 * recently.errors());
            double idle = 3 * Math.max(0, 1 - recently.songs() / 5);
            return dislikes + errors + idle;
        }
        double density = recently.adverts() / (recently.songs() + 0.5) / ListeningHabits.ADVERTS;
        double heavy = Math.max(0, Math.min(1, (recently.songs() - 5) / 10));
        return dislikes + Math.min(3.5, 4 * heavy * Math.max(0, density - 0.75));
    }

    /** The chance that he leaves today. Who neither pays nor comes much does not bother to. */
    double hazard(Recently recently, boolean isPaying) {
        double hazard = HAZARD * StrictMath.exp(-STEEPNESS * resolve);
        double bother = isPaying ? 1 : 0.25 + 0.75 * Math.min(1, recently.songs() / 10);
        return Math.min(HIGHEST_HAZARD, hazard * bother);
    }
}
