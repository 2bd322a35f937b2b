package org.emrelay.jobs.churn.events;

import org.emrelay.jobs.random.Dice;

/**
 * What is a user's own and stays: how much of each thing he does when he is neither happy nor unhappy. Users differ in this by
 * far more than by their mood, which is why counts alone tell little of who will leave.
 *
 * @param visits sessions a day
 * @param stamina songs a session
 * @param bond how satisfied he would be if nothing ever annoyed him
 * @param generosity how readily he shows what he likes, as a factor
 * @param fussiness how many songs he dislikes, as a factor
 * @param sociability how many friends he finds, as a factor
 * @param curiosity how often he looks at settings, help and the like, as a factor
 * @param adverts how many he is shown while he does not pay, as a factor
 * @param trouble how many errors he meets, as a factor
 */
record Temperament(
        double visits,
        double stamina,
        double bond,
        double generosity,
        double fussiness,
        double sociability,
        double curiosity,
        double adverts,
        double trouble) {

    static Temperament of(Dice dice) {
        return new Temperament(
                0.34 * spread(dice, 0.85),
                72 * spread(dice, 0.65),
                0.25 * dice.normal(),
                spread(dice, 0.55),
                spread(dice, 0.45),
                spread(dice, 0.7),
                spread(dice, 0.5),
                spread(dice, 0.45),
                spread(dice, 0.8));
    }

    /** A factor whose mean is 1. */
    private static double spread(Dice dice, double deviation) {
        return StrictMath.exp(deviation * dice.normal() - deviation * deviation / 2);
    }
}
