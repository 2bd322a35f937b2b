package org.emrelay.jobs.churn.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LivesTest {
    private static final Period PERIOD = new Period(LocalDate.of(2018, 10, 1), 20);

    @Test
    void tellsAUserTheSameWhoeverIsToldBeforeHim() {
        List<String> together = lines(1, 0, 6);
        List<String> apart = new ArrayList<>(lines(1, 0, 2));
        apart.addAll(lines(1, 2, 6));

        assertThat(together).isEqualTo(apart).hasSizeGreaterThan(100);
    }

    @Test
    void tellsOthersWithAnotherSeed() {
        assertThat(lines(1, 0, 3)).isNotEqualTo(lines(2, 0, 3));
    }

    @Test
    void tellsNothingOutsideThePeriod() {
        assertThat(lines(1, 0, 100)).allSatisfy(line -> {
            String time = line.replaceFirst(".*\"ts\":([0-9]+).*", "$1");
            assertThat(Long.parseLong(time) / 1000).isBetween(PERIOD.startSecond(), PERIOD.endSecond() - 1);
        });
    }

    @Test
    void endsALifeWithItsCancellation() {
        List<String> lines = lines(1, 0, 200);
        int cancelled = 0;
        for (int place = 0; place < lines.size(); place++) {
            if (lines.get(place).contains("\"page\":\"Cancellation Confirmation\"")) {
                cancelled++;
                String user = user(lines.get(place));
                assertThat(lines.get(place)).contains("\"auth\":\"Cancelled\"");
                assertThat(lines.get(place - 1)).contains("\"page\":\"Cancel\"").endsWith(user);
                assertThat(lines.subList(place + 1, lines.size())).noneMatch(line -> line.endsWith(user));
            }
        }
        assertThat(cancelled).isPositive();
    }

    private static String user(String line) {
        return line.substring(line.indexOf("\"userId\""));
    }

    private static List<String> lines(long seed, long first, long end) {
        List<String> lines = new ArrayList<>();
        new Lives(seed, 200, PERIOD)
                .of(LongStream.range(first, end).boxed().iterator())
                .forEachRemaining(lines::add);
        return lines;
    }
}
