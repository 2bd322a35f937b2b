package org.emrelay.jobs.churn.events;

import java.util.List;
import org.emrelay.jobs.random.Dice;
import org.emrelay.jobs.churn.events.LineWriter.Moment;
import org.jspecify.annotations.Nullable;

/** One stretch of listening: songs one after another, and between them what the user does beside. */
final class Session {
    private static final String IN = "Logged In";
    private static final String OUT = "Logged Out";
    private static final String GUEST = "Guest";
    private static final String CANCELLED = "Cancelled";

    private final long id;
    private final long endOfLog;
    private final LineWriter writer;
    private final Subscription subscription;
    private final Recently recently;
    private final Songs songs;
    private final Dice dice;
    private final List<String> lines;

    private double second;
    private int item;

    Session(long id, long start, long endOfLog, Account account, Dice dice, List<String> lines) {
        this.id = id;
        this.endOfLog = endOfLog;
        this.writer = account.writer();
        this.subscription = account.subscription();
        this.recently = account.recently();
        this.songs = account.songs();
        this.dice = dice;
        this.lines = lines;
        second = start;
    }

    /** What a session needs of the user whose it is. */
    record Account(LineWriter writer, Subscription subscription, Recently recently, Songs songs) {}

    void register() {
        int homes = 3 + dice.below(7);
        for (int call = 0; call < homes; call++) {
            unknown(dice.percent(15) ? Page.ABOUT : dice.percent(5) ? Page.HELP : Page.HOME, GUEST);
            pause(40);
        }
        unknown(Page.REGISTER, GUEST);
        pause(60);
        if (dice.percent(50)) {
            // The first name that he wants is taken.
            unknown(Page.REGISTER, GUEST);
            pause(60);
        }
        unknown(Page.SUBMIT_REGISTRATION, GUEST);
        pause(5);
    }

    void listen(int number, Temperament temperament, double satisfaction) {
        if (!subscription.isLoggedIn()) {
            logIn();
        } else if (dice.percent(60)) {
            call(Page.HOME);
            pause(20);
        }
        boolean wasPaying = subscription.isPaying();
        ListeningHabits habits = new ListeningHabits(temperament, satisfaction, wasPaying);
        for (int played = 0; played < number; played++) {
            if (wasPaying != subscription.isPaying()) {
                wasPaying = subscription.isPaying();
                habits = new ListeningHabits(temperament, satisfaction, wasPaying);
            }
            Song song = songs.choose(dice);
            double end = second + Math.floor(song.seconds());
            write(Page.NEXT_SONG, IN, song);
            Page beside = habits.choose(dice);
            if (beside == Page.LOGOUT) {
                second = end;
                call(Page.LOGOUT);
                if (dice.percent(12)) {
                    return;
                }
                pause(60);
                logIn();
            } else {
                if (beside != Page.NEXT_SONG) {
                    beside(beside, satisfaction);
                }
                second = Math.max(end, second + 1);
            }
        }
    }

    void cancel() {
        if (!subscription.isLoggedIn()) {
            logIn();
        }
        if (dice.percent(35)) {
            call(subscription.isPaying() && dice.percent(60) ? Page.DOWNGRADE : Page.SETTINGS);
            pause(20);
        }
        call(Page.CANCEL);
        pause(40);
        write(Page.CANCELLATION_CONFIRMATION, CANCELLED, null);
    }

    double second() {
        return second;
    }

    private void beside(Page page, double satisfaction) {
        second += page == Page.ROLL_ADVERT ? 30 : 1 + dice.below(page == Page.THUMBS_UP ? 5 : 60);
        call(page);
        switch (page) {
            case UPGRADE -> follow(Page.SUBMIT_UPGRADE, 0.33 * StrictMath.exp(0.2 * satisfaction));
            case DOWNGRADE -> follow(Page.SUBMIT_DOWNGRADE, 0.022 * StrictMath.exp(-0.5 * satisfaction));
            case SETTINGS -> follow(Page.SAVE_SETTINGS, 0.2);
            default -> {
                // Other pages lead nowhere.
            }
        }
    }

    private void follow(Page page, double chance) {
        if (dice.unit() < chance) {
            pause(15);
            call(page);
            if (page != Page.SAVE_SETTINGS) {
                pause(15);
                call(Page.HOME);
            }
        }
    }

    private void logIn() {
        while (dice.unit() < 0.61) {
            int which = dice.below(100);
            unknown(which < 85 ? Page.HOME : which < 93 ? Page.ABOUT : which < 99 ? Page.HELP : Page.ERROR, OUT);
            pause(60);
        }
        unknown(Page.LOGIN, OUT);
        subscription.apply(Page.LOGIN);
        pause(5);
        call(Page.HOME);
        pause(20);
    }

    private void call(Page page) {
        write(page, IN, null);
    }

    private void write(Page page, String auth, @Nullable Song song) {
        if (second < endOfLog) {
            lines.add(writer.line(moment(), page, auth, subscription.isPaying(), song));
            item++;
            recently.add(page);
            subscription.apply(page);
        }
    }

    private void unknown(Page page, String auth) {
        if (second < endOfLog) {
            String name = auth.equals(GUEST) ? LineWriter.NOBODY : "";
            lines.add(LineWriter.unknown(moment(), page, auth, subscription.isPaying(), name));
            item++;
        }
    }

    private Moment moment() {
        return new Moment(id, item, (long) (second * 1000));
    }

    private void pause(int seconds) {
        second += 1 + dice.below(seconds);
    }
}
