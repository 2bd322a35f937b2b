package org.emrelay.jobs.churn.events;

import java.util.List;
import org.emrelay.jobs.random.Dice;

/** How often users do what, beside each song they hear: the published mix of pages, bent by temperament and mood. */
final class ListeningHabits {
    /** Adverts a song, for those who do not pay. */
    static final double ADVERTS = 0.082;

    /** Songs that are not liked. */
    static final double DISLIKES = 0.0091;

    /** Errors a song. */
    static final double ERRORS = 0.0011;

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

    private final double[] upTo = new double[PAGES.size()];
    private double sum;
    private int next;

    ListeningHabits(Temperament temperament, double satisfaction, boolean isPaying) {
        double worry = temperament.curiosity() * StrictMath.exp(-0.4 * satisfaction);
        add(0.058 * temperament.generosity() * StrictMath.exp(0.25 * satisfaction));
        add(0.0265);
        add(0.0275 * StrictMath.exp(0.22 * satisfaction));
        add(0.0172 * temperament.sociability() * StrictMath.exp(0.22 * satisfaction));
        add(0.0142);
        add(isPaying ? 0.003 : ADVERTS * temperament.adverts());
        add(DISLIKES * temperament.fussiness() * StrictMath.exp(-0.5 * satisfaction));
        add(isPaying ? 0.0105 * StrictMath.exp(-0.3 * satisfaction) : 0);
        add(isPaying ? 0 : 0.0125);
        add(0.0058 * worry);
        add(0.0050 * worry);
        add(0.0029 * temperament.curiosity());
        add(ERRORS * temperament.trouble());
    }

    private void add(double chance) {
        sum += chance;
        upTo[next] = sum;
        next++;
    }

    /** What a user does beside the song that he hears: most often nothing, which is told by the song's own page. */
    Page choose(Dice dice) {
        double draw = dice.unit();
        if (draw >= sum) {
            return Page.NEXT_SONG;
        }
        int index = 0;
        while (draw >= upTo[index]) {
            index++;
        }
        return PAGES.get(index);
    }
}
