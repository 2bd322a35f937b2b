package org.emrelay.jobs.churn.events;

import java.util.Collections;
import java.util.Iterator;

/** Generates the lines of several users, holding one user in memory at a time. */
final class EventGenerator {
    private final long seed;
    private final long users;
    private final LogPeriod period;
    private final ProfileGenerator population = new ProfileGenerator();
    private final Songs songs = new Songs();

    EventGenerator(long seed, long users, LogPeriod period) {
        this.seed = seed;
        this.users = users;
        this.period = period;
    }

    Iterator<String> of(Iterator<Long> userNumbers) {
        return new Iterator<>() {
            private Iterator<String> lines = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!lines.hasNext() && userNumbers.hasNext()) {
                    lines = new UserSimulation(seed, userNumbers.next(), users, period, population, songs)
                            .lines()
                            .iterator();
                }
                return lines.hasNext();
            }

            @Override
            public String next() {
                return lines.next();
            }
        };
    }
}
