package org.emrelay.jobs.churn.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.emrelay.jobs.classification.exploration.Habits;
import org.emrelay.jobs.classification.exploration.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One user's part of an {@link Exploration}: whole numbers in a fixed order, whose sums over users make up {@link Habits}. Whole, so
 * that no order of adding them up changes the sums.
 */
final class HabitsTally {
    private static final int MINUTES_WIDTH = 30;
    private static final int MINUTES_PLACES = 21;
    private static final int WEEKLY_PLACES = 29;
    private static final int DAYS_WIDTH = 7;
    private static final int DAYS_PLACES = 27;
    private static final double WEEK = 7;
    private static final long SECOND = Utc.DAY / 86_400;

    private final DayParts dayParts = new DayParts();
    private final Sessions sessions = new Sessions();
    private final long[] pages;
    private @Nullable Long registration;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    HabitsTally(List<String> pages) {
        this.pages = new long[pages.size()];
    }

    void add(Event event) {
        if (!event.isUsable()) {
            return;
        }
        dayParts.add(event.micros());
        sessions.add(event.session(), event.micros());
        if (event.isOfKnownPage()) {
            pages[event.page() - 1]++;
        }
        registration = registration == null ? event.registration() : registration;
        first = Math.min(first, event.micros());
        last = Math.max(last, event.micros());
    }

    double[] figures() {
        double[] figures = new double[size(pages.length)];
        if (sessions.count() == 0) {
            return figures;
        }
        long seconds = Math.max(Utc.DAY, last - first) / SECOND;
        double days = Math.max(1, Utc.days(last - first));
        Cursor cursor = new Cursor(figures);
        cursor.put(1);
        cursor.put((double) seconds);
        cursor.fill(24, dayParts::hour);
        cursor.fill(7, dayParts::weekday);
        cursor.fill(pages.length, page -> pages[page]);
        sessions.all().forEach(session -> figures[cursor.place(session.minutes() / MINUTES_WIDTH, MINUTES_PLACES)]++);
        cursor.skip(MINUTES_PLACES);
        figures[cursor.place(sessions.count() * WEEK / Math.max(days, WEEK), WEEKLY_PLACES)]++;
        cursor.skip(WEEKLY_PLACES);
        long begin = registration == null ? first : Math.min(registration, last);
        figures[cursor.place(Utc.days(last - begin) / DAYS_WIDTH, DAYS_PLACES)]++;
        return figures;
    }

    /** What the sums of all users' figures say. */
    static Habits habits(double[] sums, List<String> pages) {
        Cursor cursor = new Cursor(sums);
        long users = (long) cursor.next();
        double days = cursor.next() * SECOND / Utc.DAY;
        List<Double> hours = shares(cursor.take(24));
        List<Double> weekdays = shares(cursor.take(7));
        Map<String, Double> perDay = new TreeMap<>();
        pages.forEach(page -> perDay.put(page, Ratio.of(cursor.next(), days)));
        return new Habits(
                users,
                hours,
                weekdays,
                perDay,
                histogram(MINUTES_WIDTH, cursor.take(MINUTES_PLACES)),
                histogram(1, cursor.take(WEEKLY_PLACES)),
                histogram(DAYS_WIDTH, cursor.take(DAYS_PLACES)));
    }

    static int size(int pages) {
        return 2 + 24 + 7 + pages + MINUTES_PLACES + WEEKLY_PLACES + DAYS_PLACES;
    }

    private static List<Double> shares(List<Double> counts) {
        double all = counts.stream().mapToDouble(Double::doubleValue).sum();
        return counts.stream().map(count -> Ratio.of(count, all)).toList();
    }

    private static Histogram histogram(int width, List<Double> counts) {
        return new Histogram(width, counts.stream().map(Double::longValue).toList());
    }

    /** Where in the figures the next ones are. */
    private static final class Cursor {
        private final double[] figures;
        private int at;

        Cursor(double[] figures) {
            this.figures = figures;
        }

        void put(double figure) {
            figures[at++] = figure;
        }

        void fill(int count, IntToDoubleFunction figure) {
            for (int index = 0; index < count; index++) {
                put(figure.applyAsDouble(index));
            }
        }

        int place(double size, int places) {
            return at + (int) Math.min(size, places - 1);
        }

        void skip(int count) {
            at += count;
        }

        double next() {
            return figures[at++];
        }

        List<Double> take(int count) {
            List<Double> taken = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                taken.add(next());
            }
            return taken;
        }
    }
}
