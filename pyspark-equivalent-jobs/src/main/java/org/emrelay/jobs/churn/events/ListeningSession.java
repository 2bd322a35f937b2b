package org.emrelay.jobs.churn.events;

import java.util.List;
import org.emrelay.jobs.churn.events.LineWriter.Moment;
import org.emrelay.jobs.random.KeyedRandom;
import org.jspecify.annotations.Nullable;

/** Simulates one session: songs, and the page views during and between them. */
final class ListeningSession {
    private static final String LOGGED_IN = "Logged In";
    private static final String LOGGED_OUT = "Logged Out";
    private static final String GUEST = "Guest";
    private static final String CANCELLED = "Cancelled";

    private final long id;
    private final long logEndSecond;
    private final LineWriter writer;
    private final Subscription subscription;
    private final RecentActivity recentActivity;
    private final Songs songs;
    private final KeyedRandom random;
    private final List<String> lines;

    private double second;
    private int item;

    ListeningSession(long id, long start, long logEndSecond, Account account, KeyedRandom random, List<String> lines) {
        this.id = id;
        this.logEndSecond = logEndSecond;
        this.writer = account.writer();
        this.subscription = account.subscription();
        this.recentActivity = account.recentActivity();
        this.songs = account.songs();
        this.random = random;
        this.lines = lines;
        second = start;
    }

    /** The state of the user to whom the session belongs. */
    record Account(LineWriter writer, Subscription subscription, RecentActivity recentActivity, Songs songs) {}

    void register() {
        int pageViews = 3 + random.nextBelow(7);
        for (int pageView = 0; pageView < pageViews; pageView++) {
            writeUnidentified(
                    random.nextBoolean(15) ? Page.ABOUT : random.nextBoolean(5) ? Page.HELP : Page.HOME, GUEST);
            pause(40);
        }
        writeUnidentified(Page.REGISTER, GUEST);
        pause(60);
        if (random.nextBoolean(50)) {
            // The first chosen user name is taken.
            writeUnidentified(Page.REGISTER, GUEST);
            pause(60);
        }
        writeUnidentified(Page.SUBMIT_REGISTRATION, GUEST);
        pause(5);
    }

    void listen(int songCount, UserTraits traits, double satisfaction) {
        if (!subscription.isLoggedIn()) {
            logIn();
        } else if (random.nextBoolean(60)) {
            pageView(Page.HOME);
            pause(20);
        }
        boolean wasPaying = subscription.isPaying();
        PageViewMix pageViewMix = new PageViewMix(traits, satisfaction, wasPaying);
        for (int played = 0; played < songCount; played++) {
            if (wasPaying != subscription.isPaying()) {
                wasPaying = subscription.isPaying();
                pageViewMix = new PageViewMix(traits, satisfaction, wasPaying);
            }
            Song song = songs.choose(random);
            double end = second + Math.floor(song.seconds());
            write(Page.NEXT_SONG, LOGGED_IN, song);
            Page extraPage = pageViewMix.choose(random);
            if (extraPage == Page.LOGOUT) {
                second = end;
                pageView(Page.LOGOUT);
                if (random.nextBoolean(12)) {
                    return;
                }
                pause(60);
                logIn();
            } else {
                if (extraPage != Page.NEXT_SONG) {
                    visitPage(extraPage, satisfaction);
                }
                second = Math.max(end, second + 1);
            }
        }
    }

    void cancel() {
        if (!subscription.isLoggedIn()) {
            logIn();
        }
        if (random.nextBoolean(35)) {
            pageView(subscription.isPaying() && random.nextBoolean(60) ? Page.DOWNGRADE : Page.SETTINGS);
            pause(20);
        }
        pageView(Page.CANCEL);
        pause(40);
        write(Page.CANCELLATION_CONFIRMATION, CANCELLED, null);
    }

    double second() {
        return second;
    }

    private void visitPage(Page page, double satisfaction) {
        second += page == Page.ROLL_ADVERT ? 30 : 1 + random.nextBelow(page == Page.THUMBS_UP ? 5 : 60);
        pageView(page);
        switch (page) {
            case UPGRADE -> maybeFollowUp(Page.SUBMIT_UPGRADE, 0.33 * StrictMath.exp(0.2 * satisfaction));
            case DOWNGRADE -> maybeFollowUp(Page.SUBMIT_DOWNGRADE, 0.022 * StrictMath.exp(-0.5 * satisfaction));
            case SETTINGS -> maybeFollowUp(Page.SAVE_SETTINGS, 0.2);
            default -> {
                // Other pages have no follow-up.
            }
        }
    }

    private void maybeFollowUp(Page page, double probability) {
        if (random.nextDouble() < probability) {
            pause(15);
            pageView(page);
            if (page != Page.SAVE_SETTINGS) {
                pause(15);
                pageView(Page.HOME);
            }
        }
    }

    private void logIn() {
        while (random.nextDouble() < 0.61) {
            int roll = random.nextBelow(100);
            writeUnidentified(
                    roll < 85 ? Page.HOME : roll < 93 ? Page.ABOUT : roll < 99 ? Page.HELP : Page.ERROR, LOGGED_OUT);
            pause(60);
        }
        writeUnidentified(Page.LOGIN, LOGGED_OUT);
        subscription.apply(Page.LOGIN);
        pause(5);
        pageView(Page.HOME);
        pause(20);
    }

    private void pageView(Page page) {
        write(page, LOGGED_IN, null);
    }

    private void write(Page page, String auth, @Nullable Song song) {
        if (second < logEndSecond) {
            lines.add(writer.line(moment(), page, auth, subscription.isPaying(), song));
            item++;
            recentActivity.add(page);
            subscription.apply(page);
        }
    }

    private void writeUnidentified(Page page, String auth) {
        if (second < logEndSecond) {
            String userId = auth.equals(GUEST) ? LineWriter.GUEST_ID : "";
            lines.add(LineWriter.unidentifiedLine(moment(), page, auth, subscription.isPaying(), userId));
            item++;
        }
    }

    private Moment moment() {
        return new Moment(id, item, (long) (second * 1000));
    }

    private void pause(int seconds) {
        second += 1 + random.nextBelow(seconds);
    }
}
