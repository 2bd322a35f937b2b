package org.emrelay.jobs.churn.events;

/** The recent experience of a user: exponential moving averages of daily counts. */
final class RecentActivity {
    private static final double SMOOTHING = 1 / 10.0;

    private double songs;
    private double adverts;
    private double dislikes;
    private double errors;

    private double songsToday;
    private double advertsToday;
    private double dislikesToday;
    private double errorsToday;

    /** Starts at the steady state of the temperament. */
    RecentActivity(UserTraits traits, boolean isPaying) {
        songs = traits.sessionsPerDay() * traits.songsPerSession();
        adverts = isPaying ? 0 : songs * PageViewMix.ADVERTS_PER_SONG * traits.advertFactor();
        dislikes = songs * PageViewMix.DISLIKES_PER_SONG * traits.dislikeFactor();
        errors = songs * PageViewMix.ERRORS_PER_SONG * traits.errorFactor();
    }

    void add(Page page) {
        switch (page) {
            case NEXT_SONG -> songsToday++;
            case ROLL_ADVERT -> advertsToday++;
            case THUMBS_DOWN -> dislikesToday++;
            case ERROR -> errorsToday++;
            default -> {
                // Other pages do not affect satisfaction.
            }
        }
    }

    void endDay() {
        songs += SMOOTHING * (songsToday - songs);
        adverts += SMOOTHING * (advertsToday - adverts);
        dislikes += SMOOTHING * (dislikesToday - dislikes);
        errors += SMOOTHING * (errorsToday - errors);
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

    /** Returns the share of disliked songs, smoothed for few songs. */
    double dislikedShare() {
        return (dislikes + 0.5 * PageViewMix.DISLIKES_PER_SONG) / (songs + 0.5);
    }
}
