package org.emrelay.jobs.churn.events;

import java.util.Collections;
import java.util.Iterator;

/** The lines of several users one after another, of whom only one is in memory. */
final class Lives {
    private final long seed;
    private final long users;
    private final Period period;
    private final Population population = new Population();
    private final Songs songs = new Songs();

    Lives(long seed, long users, Period period) {
        this.seed = seed;
        this.users = users;
        this.period = period;
    }

    Iterator<String> of(Iterator<Long> numbers) {
        return new Iterator<>() {
            private Iterator<String> lines = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!lines.hasNext() && numbers.hasNext()) {
                    lines = new Life(seed, numbers.next(), users, period, population, songs)
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
