package org.emrelay.jobs.churn.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.emrelay.jobs.classification.exploration.CohortProfile;
import org.emrelay.jobs.classification.exploration.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The contribution of one user to a {@link CohortProfile}, as a vector of counts.
 *
 * <p>The vectors of all users of a cohort sum up to its profile. Counts are integral, so the order of summation does
 * not change the result.
 */
final class HabitCounts {
    private static final int MINUTES_BIN_WIDTH = 30;
    private static final int MINUTES_BINS = 21;
    private static final int WEEKLY_BINS = 29;
    private static final int DAYS_BIN_WIDTH = 7;
    private static final int DAYS_BINS = 27;
    private static final double DAYS_PER_WEEK = 7;
    private static final long MICROS_PER_SECOND = Utc.DAY / 86_400;

    private final ActivityHours activityHours = new ActivityHours();
    private final Sessions sessions = new Sessions();
    private final long[] pages;
    private @Nullable Long registration;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    HabitCounts(List<String> pages) {
        this.pages = new long[pages.size()];
    }

    void add(Event event) {
        if (!event.isFeatureEvent()) {
            return;
        }
        activityHours.add(event.micros());
        sessions.add(event.session(), event.micros());
        if (event.hasKnownPage()) {
            pages[event.page() - 1]++;
        }
        registration = registration == null ? event.registration() : registration;
        first = Math.min(first, event.micros());
        last = Math.max(last, event.micros());
    }

    double[] counts() {
        double[] counts = new double[size(pages.length)];
        if (sessions.count() == 0) {
            return counts;
        }
        long seconds = Math.max(Utc.DAY, last - first) / MICROS_PER_SECOND;
        double days = Math.max(1, Utc.days(last - first));
        Cursor cursor = new Cursor(counts);
        cursor.put(1);
        cursor.put((double) seconds);
        cursor.fill(24, activityHours::hour);
        cursor.fill(7, activityHours::weekday);
        cursor.fill(pages.length, page -> pages[page]);
        sessions.all().forEach(session -> counts[cursor.bin(session.minutes() / MINUTES_BIN_WIDTH, MINUTES_BINS)]++);
        cursor.skip(MINUTES_BINS);
        counts[cursor.bin(sessions.count() * DAYS_PER_WEEK / Math.max(days, DAYS_PER_WEEK), WEEKLY_BINS)]++;
        cursor.skip(WEEKLY_BINS);
        long start = registration == null ? first : Math.min(registration, last);
        counts[cursor.bin(Utc.days(last - start) / DAYS_BIN_WIDTH, DAYS_BINS)]++;
        return counts;
    }

    /** Converts the summed vectors of a cohort to its profile. */
    static CohortProfile profile(double[] sums, List<String> pages) {
        Cursor cursor = new Cursor(sums);
        long users = (long) cursor.next();
        double days = cursor.next() * MICROS_PER_SECOND / Utc.DAY;
        List<Double> hours = shares(cursor.take(24));
        List<Double> weekdays = shares(cursor.take(7));
        Map<String, Double> perDay = new TreeMap<>();
        pages.forEach(page -> perDay.put(page, SafeRatio.of(cursor.next(), days)));
        return new CohortProfile(
                users,
                hours,
                weekdays,
                perDay,
                histogram(MINUTES_BIN_WIDTH, cursor.take(MINUTES_BINS)),
                histogram(1, cursor.take(WEEKLY_BINS)),
                histogram(DAYS_BIN_WIDTH, cursor.take(DAYS_BINS)));
    }

    static int size(int pages) {
        return 2 + 24 + 7 + pages + MINUTES_BINS + WEEKLY_BINS + DAYS_BINS;
    }

    private static List<Double> shares(List<Double> counts) {
        double total = counts.stream().mapToDouble(Double::doubleValue).sum();
        return counts.stream().map(count -> SafeRatio.of(count, total)).toList();
    }

    private static Histogram histogram(int width, List<Double> counts) {
        return new Histogram(width, counts.stream().map(Double::longValue).toList());
    }

    /** A read and write position in the vector. */
    private static final class Cursor {
        private final double[] counts;
        private int position;

        Cursor(double[] counts) {
            this.counts = counts;
        }

        void put(double value) {
            counts[position++] = value;
        }

        void fill(int count, IntToDoubleFunction valueAt) {
            for (int index = 0; index < count; index++) {
                put(valueAt.applyAsDouble(index));
            }
        }

        int bin(double value, int bins) {
            return position + (int) Math.min(value, bins - 1);
        }

        void skip(int count) {
            position += count;
        }

        double next() {
            return counts[position++];
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
