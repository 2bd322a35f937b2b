package org.emrelay.jobs.churn.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventGeneratorTest {
    private static final LogPeriod PERIOD = new LogPeriod(LocalDate.of(2018, 10, 1), 20);

    @Test
    void generatesAUserIndependentlyOfOtherUsers() {
        List<String> together = lines(1, 0, 6);
        List<String> separately = new ArrayList<>(lines(1, 0, 2));
        separately.addAll(lines(1, 2, 6));

        assertThat(together).isEqualTo(separately).hasSizeGreaterThan(100);
    }

    @Test
    void generatesADifferentLogForAnotherSeed() {
        assertThat(lines(1, 0, 3)).isNotEqualTo(lines(2, 0, 3));
    }

    @Test
    void generatesNoEventsOutsideThePeriod() {
        assertThat(lines(1, 0, 100)).allSatisfy(line -> {
            String time = line.replaceFirst(".*\"ts\":([0-9]+).*", "$1");
            assertThat(Long.parseLong(time) / 1000).isBetween(PERIOD.startSecond(), PERIOD.endSecond() - 1);
        });
    }

    @Test
    void generatesNoEventsAfterACancellation() {
        List<String> lines = lines(1, 0, 200);
        int cancelled = 0;
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).contains("\"page\":\"Cancellation Confirmation\"")) {
                cancelled++;
                String user = user(lines.get(index));
                assertThat(lines.get(index)).contains("\"auth\":\"Cancelled\"");
                assertThat(lines.get(index - 1)).contains("\"page\":\"Cancel\"").endsWith(user);
                assertThat(lines.subList(index + 1, lines.size())).noneMatch(line -> line.endsWith(user));
            }
        }
        assertThat(cancelled).isPositive();
    }

    private static String user(String line) {
        return line.substring(line.indexOf("\"userId\""));
    }

    private static List<String> lines(long seed, long first, long end) {
        List<String> lines = new ArrayList<>();
        new EventGenerator(seed, 200, PERIOD)
                .of(LongStream.range(first, end).boxed().iterator())
                .forEachRemaining(lines::add);
        return lines;
    }
}
