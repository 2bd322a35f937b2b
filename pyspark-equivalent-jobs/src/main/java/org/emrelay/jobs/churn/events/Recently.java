package org.emrelay.jobs.churn.events;

/** What a user has met with of late: amounts a day, of which those long past fade. */
final class Recently {
    private static final double FADING = 1 / 10.0;

    private double songs;
    private double adverts;
    private double dislikes;
    private double errors;

    private double songsToday;
    private double advertsToday;
    private double dislikesToday;
    private double errorsToday;

    /** Begins with what somebody of this temperament is used to. */
    Recently(Temperament temperament, boolean isPaying) {
        songs = temperament.visits() * temperament.stamina();
        adverts = isPaying ? 0 : songs * ListeningHabits.ADVERTS * temperament.adverts();
        dislikes = songs * ListeningHabits.DISLIKES * temperament.fussiness();
        errors = songs * ListeningHabits.ERRORS * temperament.trouble();
    }

    void add(Page page) {
        switch (page) {
            case NEXT_SONG -> songsToday++;
            case ROLL_ADVERT -> advertsToday++;
            case THUMBS_DOWN -> dislikesToday++;
            case ERROR -> errorsToday++;
            default -> {
                // Other pages annoy nobody.
            }
        }
    }

    void endDay() {
        songs += FADING * (songsToday - songs);
        adverts += FADING * (advertsToday - adverts);
        dislikes += FADING * (dislikesToday - dislikes);
        errors += FADING * (errorsToday - errors);
        songsToday = 0;
        advertsToday = 0;
        dislikesToday = 0;
        errorsToday = 0;
    }

    double songs() {
        return songs;
    }

    double adverts() {
        return adverts;
    }

    double errors() {
        return errors;
    }

    /** The share of songs that were not liked, cautious where there were few. */
    double dislikedShare() {
        return (dislikes + 0.5 * ListeningHabits.DISLIKES) / (songs + 0.5);
    }
}
