package org.emrelay.jobs.topics.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimeBinsTest {
    @Test
    void aDayHasABinPerHour() {
        TimeBins bins = TimeBins.of(PageFixture.hours(2, 24), 24);

        assertThat(bins.size()).isEqualTo(24);
        assertThat(bins.periodName()).isEqualTo("an hour");
        assertThat(bins.label(0)).isEqualTo("2026-10-28 00:00");
        assertThat(bins.label(23)).isEqualTo("2026-10-28 23:00");
    }

    @Test
    void manyHoursBecomeFewerBinsWithAllPosts() {
        TopicHours hours = PageFixture.hours(3, 10_000);

        TimeBins bins = TimeBins.of(hours, 200);

        assertThat(bins.size()).isBetween(100, 200);
        assertThat(bins.periodName()).isEqualTo("3 days");
        assertThat(IntStream.range(0, bins.size()).mapToLong(bins::posts).sum())
                .isEqualTo(hours.byHour().values().stream()
                        .flatMap(List::stream)
                        .mapToLong(Long::longValue)
                        .sum());
        assertThat(bins.label(0)).isEqualTo("2026-10-28");
    }

    @Test
    void hoursWithoutPostsAreGaps() {
        TimeBins bins = TimeBins.of(hours(0, 100, 3, 100), 24);

        assertThat(bins.size()).isEqualTo(4);
        assertThat(bins.posts(1)).isZero();
        assertThat(bins.share(3, 0)).isEqualTo(1);
    }

    @Test
    void periodsAreLongerWherePostsAreRare() {
        SortedMap<Long, List<Long>> byHour = new TreeMap<>();
        for (long hour = 0; hour < 2_400; hour++) {
            byHour.put(PageFixture.FIRST_HOUR + hour, List.of(hour % 4 == 0 ? 1L : 0L, 0L));
        }

        TimeBins bins = TimeBins.of(new TopicHours(1, byHour), 200);

        assertThat(bins.periodName()).isEqualTo("7 days");
        assertThat(bins.size()).isEqualTo(15);
        assertThat(bins.posts(0)).isEqualTo(42);
        assertThat(bins.lastLabel()).isEqualTo("2027-02-04");
    }

    @Test
    void aFewPostsWithWrongTimesDoNotSqueezeTheOthers() {
        SortedMap<Long, List<Long>> byHour =
                new TreeMap<>(PageFixture.hours(1, 24).byHour());
        byHour.put(0L, List.of(2L, 0L));

        TimeBins bins = TimeBins.of(new TopicHours(1, byHour), 24);

        assertThat(bins.size()).isEqualTo(24);
        assertThat(bins.label(0)).isEqualTo("2026-10-28 00:00");
        assertThat(bins.outside()).isEqualTo(2);
    }

    @Test
    void centuriesFit() {
        TimeBins bins = TimeBins.of(hours(-5_000_000, 10, 5_000_000, 10), 40);

        assertThat(bins.size()).isLessThanOrEqualTo(40);
        assertThat(bins.outside()).isZero();
        assertThat(bins.posts(0) + bins.posts(bins.size() - 1)).isEqualTo(20);
    }

    @Test
    void oneHourIsOneBin() {
        assertThat(TimeBins.of(PageFixture.hours(1, 1), 40).size()).isEqualTo(1);
        assertThat(TimeBins.of(new TopicHours(1, new TreeMap<>()), 40).size()).isZero();
    }

    private static TopicHours hours(long one, long onePosts, long other, long otherPosts) {
        return new TopicHours(1, new TreeMap<>(Map.of(one, List.of(onePosts, 0L), other, List.of(otherPosts, 0L))));
    }
}
