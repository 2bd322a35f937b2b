package org.emrelay.jobs.topics.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The number of posts by topic in periods of equal length, few enough to draw.
 *
 * @param firstHour the first hour of the first period, in hours since the epoch
 * @param lastHour the last hour with posts, in hours since the epoch
 * @param hours the length of a period
 * @param counts for each period, the number of posts of each topic, then of those without a topic
 * @param outside the number of posts outside the range, whose times are far from those of all others
 */
record TimeBins(long firstHour, long lastHour, long hours, List<long[]> counts, long outside) {
    /** With fewer posts, the shares of a period are too uncertain to compare. */
    static final long FEW = 30;

    /** The lengths of periods in hours, from an hour to a quarter of a year. */
    private static final List<Long> PERIODS =
            List.of(1L, 2L, 3L, 6L, 12L, 24L, 48L, 72L, 7 * 24L, 14 * 24L, 28 * 24L, 91 * 24L);

    /** With fewer periods, a chart would not show changes over time. */
    private static final int MIN_BINS = 12;

    private static final long YEAR = 365 * 24L;
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    TimeBins {
        counts = List.copyOf(counts);
    }

    /** Chooses the shortest periods that are not too many, and most of which have enough posts. */
    static TimeBins of(TopicHours table, int maxBins) {
        if (table.byHour().isEmpty()) {
            return new TimeBins(0, 0, 1, List.of(), 0);
        }
        long total = table.byHour().values().stream().mapToLong(TimeBins::sum).sum();
        long[] range = usualRange(table, total);
        long shortest = shortestPeriod(range[1] - range[0] + 1, maxBins);
        TimeBins bins = of(table, range, shortest);
        for (long hours : PERIODS) {
            TimeBins longer = hours > shortest && bins.isSparse() ? of(table, range, hours) : bins;
            bins = longer.size() < MIN_BINS ? bins : longer;
        }
        return bins;
    }

    private static TimeBins of(TopicHours table, long[] range, long hours) {
        long start = Math.floorDiv(range[0], Math.min(hours, 24)) * Math.min(hours, 24);
        List<long[]> counts = new ArrayList<>();
        for (long hour = start; hour <= range[1]; hour += hours) {
            counts.add(new long[table.topics() + 1]);
        }
        long outside = 0;
        for (var entry : table.byHour().entrySet()) {
            List<Long> posts = entry.getValue();
            if (entry.getKey() < range[0] || entry.getKey() > range[1]) {
                outside += sum(posts);
            } else {
                long[] bin = counts.get((int) ((entry.getKey() - start) / hours));
                for (int topic = 0; topic < bin.length; topic++) {
                    bin[topic] += posts.get(topic);
                }
            }
        }
        return new TimeBins(start, range[1], hours, counts, outside);
    }

    /**
     * Returns the first and the last hour. A few posts with wrong times would squeeze all others into one period. Excludes them if that
     * reduces the range to less than a third.
     */
    private static long[] usualRange(TopicHours table, long total) {
        long first = table.byHour().firstKey();
        long last = table.byHour().lastKey();
        long usualFirst = first;
        long usualLast = last;
        long seen = 0;
        for (var entry : table.byHour().entrySet()) {
            long before = seen;
            seen += sum(entry.getValue());
            if (before <= total / 1_000) {
                usualFirst = entry.getKey();
            }
            if (before < total - total / 1_000) {
                usualLast = entry.getKey();
            }
        }
        return 3 * (usualLast - usualFirst + 1) < last - first + 1
                ? new long[] {usualFirst, usualLast}
                : new long[] {first, last};
    }

    private static long shortestPeriod(long span, int maxBins) {
        // The first period may begin before the range, which adds one period.
        return PERIODS.stream()
                .filter(period -> span / period + 2 <= maxBins || (period == 1 && span <= maxBins))
                .findFirst()
                .orElseGet(() -> YEAR * (span / (YEAR * Math.max(1, maxBins - 2)) + 1));
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    int size() {
        return counts.size();
    }

    long posts(int bin) {
        long posts = 0;
        for (long count : counts.get(bin)) {
            posts += count;
        }
        return posts;
    }

    /** Returns the share of a topic in a period. NaN if the period has no posts. */
    double share(int bin, int topic) {
        return counts.get(bin)[topic] / (double) posts(bin);
    }

    /** Whether more than a quarter of the periods with posts have too few. */
    private boolean isSparse() {
        long filled = IntStream.range(0, size()).filter(bin -> posts(bin) > 0).count();
        long few = IntStream.range(0, size())
                .filter(bin -> posts(bin) > 0 && hasFew(bin))
                .count();
        return 4 * few > filled;
    }

    boolean hasFew(int bin) {
        return posts(bin) < FEW;
    }

    /** Returns the start of a period in UTC. */
    String label(int bin) {
        return format(firstHour + bin * hours);
    }

    /** Returns the last hour in UTC. */
    String lastLabel() {
        return format(lastHour);
    }

    private String format(long hour) {
        return (hours < 24 ? HOUR : DAY).format(Instant.ofEpochSecond(hour * 3_600));
    }

    String periodName() {
        if (hours == 1) {
            return "an hour";
        }
        if (hours < 24) {
            return hours + " hours";
        }
        if (hours == 24) {
            return "a day";
        }
        return hours / 24 + " days";
    }
}
