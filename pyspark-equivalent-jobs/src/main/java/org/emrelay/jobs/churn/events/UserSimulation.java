package org.emrelay.jobs.churn.events;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.jobs.random.KeyedRandom;

/** Simulates one user from the first day in the log to its end or to the cancellation. */
final class UserSimulation {
    private static final int STREAM = 3;
    private static final double SESSION_LENGTH_DEVIATION = 0.95;

    private final long userNumber;
    private final long users;
    private final LogPeriod period;
    private final KeyedRandom random;
    private final UserTraits traits;
    private final Arrival arrival;
    private final Subscription subscription;
    private final RecentActivity recentActivity;
    private final SatisfactionModel satisfactionModel;
    private final ListeningSession.Account account;

    private int sessions;
    private double busyUntil;

    UserSimulation(long seed, long userNumber, long users, LogPeriod period, ProfileGenerator profiles, Songs songs) {
        this.userNumber = userNumber;
        this.users = users;
        this.period = period;
        random = new KeyedRandom(seed, STREAM, userNumber);
        traits = UserTraits.of(random);
        arrival = Arrival.of(period, traits, random);
        subscription = new Subscription(arrival.isPaying());
        recentActivity = new RecentActivity(traits, arrival.isPaying());
        satisfactionModel = new SatisfactionModel(traits, recentActivity, arrival.isPaying(), random);
        account = new ListeningSession.Account(
                new LineWriter(profiles.profile(userNumber, arrival.registeredAt(), random)),
                subscription,
                recentActivity,
                songs);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int day = arrival.day(); day < period.days() && !subscription.isCancelled(); day++) {
            boolean isFirst = arrival.isNew() && day == arrival.day();
            boolean isChurning = !isFirst
                    && random.nextDouble()
                            < satisfactionModel.churnProbability(recentActivity, subscription.isPaying());
            if (isFirst || isChurning || random.nextDouble() < visitProbability(day)) {
                simulateSession(day, isFirst, isChurning, lines);
            }
            recentActivity.endDay();
            satisfactionModel.endDay(recentActivity, subscription.isPaying(), subscription.friends(), random);
        }
        return lines;
    }

    private double visitProbability(int day) {
        double expectedVisits = traits.sessionsPerDay() * StrictMath.exp(1.1 * satisfactionModel.deviation());
        return 1 - StrictMath.exp(-expectedVisits * (period.isWeekend(day) ? 0.8 : 1.08));
    }

    private void simulateSession(int day, boolean isFirst, boolean isChurning, List<String> lines) {
        long start = isFirst ? arrival.registeredAt() / 1000 : period.startSecond(day) + secondOfDay();
        if (start < busyUntil) {
            start = (long) busyUntil + 1800;
        }
        long id = sessions * users + userNumber + 1;
        sessions++;
        ListeningSession session = new ListeningSession(id, start, period.endSecond(), account, random, lines);
        if (isFirst && arrival.isSeenRegistering()) {
            session.register();
        }
        session.listen(isChurning ? sessionLength() / 3 : sessionLength(), traits, satisfactionModel.satisfaction());
        if (isChurning) {
            session.cancel();
        }
        busyUntil = session.second();
    }

    /** Returns the number of songs; paying users see no adverts and listen longer. */
    private int sessionLength() {
        double mean = traits.songsPerSession()
                * (subscription.isPaying() ? 1.15 : 0.8)
                * StrictMath.exp(0.2 * satisfactionModel.deviation());
        double logFactor = SESSION_LENGTH_DEVIATION * random.nextGaussian()
                - SESSION_LENGTH_DEVIATION * SESSION_LENGTH_DEVIATION / 2;
        return (int) Math.min(800, mean * StrictMath.exp(logFactor));
    }

    /** Most sessions start in the American afternoon and evening, few at night. */
    private long secondOfDay() {
        double hour = 20.5 + 4.8 * random.nextGaussian();
        return (long) (((hour % 24) + 24) % 24 * 3600);
    }
}
