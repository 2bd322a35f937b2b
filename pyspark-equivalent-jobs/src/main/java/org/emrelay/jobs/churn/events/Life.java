package org.emrelay.jobs.churn.events;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.jobs.random.Dice;

/** What one user does from his first day in the log to its end, or until he cancels. */
final class Life {
    private static final int STREAM = 3;
    private static final double SPREAD_OF_LENGTHS = 0.95;

    private final long number;
    private final long users;
    private final Period period;
    private final Dice dice;
    private final Temperament temperament;
    private final Arrival arrival;
    private final Subscription subscription;
    private final Recently recently;
    private final Mood mood;
    private final Session.Account account;

    private int sessions;
    private double busyUntil;

    Life(long seed, long number, long users, Period period, Population population, Songs songs) {
        this.number = number;
        this.users = users;
        this.period = period;
        dice = new Dice(seed, STREAM, number);
        temperament = Temperament.of(dice);
        arrival = Arrival.of(period, temperament, dice);
        subscription = new Subscription(arrival.isPaying());
        recently = new Recently(temperament, arrival.isPaying());
        mood = new Mood(temperament, recently, arrival.isPaying(), dice);
        account = new Session.Account(
                new LineWriter(population.listener(number, arrival.registeredAt(), dice)),
                subscription,
                recently,
                songs);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int day = arrival.day(); day < period.days() && !subscription.isCancelled(); day++) {
            boolean isFirst = arrival.isNew() && day == arrival.day();
            boolean leaves = !isFirst && dice.unit() < mood.hazard(recently, subscription.isPaying());
            if (isFirst || leaves || dice.unit() < chanceToCome(day)) {
                come(day, isFirst, leaves, lines);
            }
            recently.endDay();
            mood.endDay(recently, subscription.isPaying(), subscription.friends(), dice);
        }
        return lines;
    }

    private double chanceToCome(int day) {
        double visits = temperament.visits() * StrictMath.exp(1.1 * mood.change());
        return 1 - StrictMath.exp(-visits * (period.isWeekend(day) ? 0.8 : 1.08));
    }

    private void come(int day, boolean isFirst, boolean leaves, List<String> lines) {
        long start = isFirst ? arrival.registeredAt() / 1000 : period.startSecond(day) + secondOfDay();
        if (start < busyUntil) {
            start = (long) busyUntil + 1800;
        }
        long id = sessions * users + number + 1;
        sessions++;
        Session session = new Session(id, start, period.endSecond(), account, dice, lines);
        if (isFirst && arrival.isSeenRegistering()) {
            session.register();
        }
        session.listen(leaves ? length() / 3 : length(), temperament, mood.satisfaction());
        if (leaves) {
            session.cancel();
        }
        busyUntil = session.second();
    }

    /** How many songs. Who pays is not interrupted, and stays longer. */
    private int length() {
        double mean =
                temperament.stamina() * (subscription.isPaying() ? 1.15 : 0.8) * StrictMath.exp(0.2 * mood.change());
        double spread = SPREAD_OF_LENGTHS * dice.normal() - SPREAD_OF_LENGTHS * SPREAD_OF_LENGTHS / 2;
        return (int) Math.min(800, mean * StrictMath.exp(spread));
    }

    /** Most come in the afternoon and evening of America, few while it sleeps. */
    private long secondOfDay() {
        double hour = 20.5 + 4.8 * dice.normal();
        return (long) (((hour % 24) + 24) % 24 * 3600);
    }
}
