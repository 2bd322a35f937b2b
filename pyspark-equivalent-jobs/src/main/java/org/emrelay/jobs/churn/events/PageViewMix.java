package org.emrelay.jobs.churn.events;

import java.util.List;
import org.emrelay.jobs.random.KeyedRandom;

/** The probabilities of page views per song: the published mix, modified by temperament and satisfaction. */
final class PageViewMix {
    /** Adverts per song for free users. */
    static final double ADVERTS_PER_SONG = 0.082;

    /** Thumbs down per song. */
    static final double DISLIKES_PER_SONG = 0.0091;

    /** Errors per song. */
    static final double ERRORS_PER_SONG = 0.0011;

    private static final List<Page> PAGES = List.of(
            Page.THUMBS_UP,
            Page.HOME,
            Page.ADD_TO_PLAYLIST,
            Page.ADD_FRIEND,
            Page.LOGOUT,
            Page.ROLL_ADVERT,
            Page.THUMBS_DOWN,
            Page.DOWNGRADE,
            Page.UPGRADE,
            Page.SETTINGS,
            Page.HELP,
            Page.ABOUT,
            Page.ERROR);

    private final double[] cumulativeProbabilities = new double[PAGES.size()];
    private double sum;
    private int next;

    PageViewMix(UserTraits traits, double satisfaction, boolean isPaying) {
        double dissatisfaction = traits.settingsFactor() * StrictMath.exp(-0.4 * satisfaction);
        add(0.058 * traits.likeFactor() * StrictMath.exp(0.25 * satisfaction));
        add(0.0265);
        add(0.0275 * StrictMath.exp(0.22 * satisfaction));
        add(0.0172 * traits.friendFactor() * StrictMath.exp(0.22 * satisfaction));
        add(0.0142);
        add(isPaying ? 0.003 : ADVERTS_PER_SONG * traits.advertFactor());
        add(DISLIKES_PER_SONG * traits.dislikeFactor() * StrictMath.exp(-0.5 * satisfaction));
        add(isPaying ? 0.0105 * StrictMath.exp(-0.3 * satisfaction) : 0);
        add(isPaying ? 0 : 0.0125);
        add(0.0058 * dissatisfaction);
        add(0.0050 * dissatisfaction);
        add(0.0029 * traits.settingsFactor());
        add(ERRORS_PER_SONG * traits.errorFactor());
    }

    private void add(double probability) {
        sum += probability;
        cumulativeProbabilities[next] = sum;
        next++;
    }

    /** Draws the page that a user visits during a song; NextSong, the most likely one, means none. */
    Page choose(KeyedRandom random) {
        double draw = random.nextDouble();
        if (draw >= sum) {
            return Page.NEXT_SONG;
        }
        int index = 0;
        while (draw >= cumulativeProbabilities[index]) {
            index++;
        }
        return PAGES.get(index);
    }
}
