package org.emrelay.jobs.churn.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.emrelay.jobs.churn.features.LogSummary.EventGroup;
import org.junit.jupiter.api.Test;

class LogSummaryTest {
    @Test
    void ignoresAFewEventsLongBeforeAllOthers() {
        LogSummary log = LogSummary.of(List.of(
                day("2000-01-01T00:00:00Z", "Help", 1),
                day("2018-08-31T10:00:00Z", "Home", 1),
                day("2018-10-01T10:00:00Z", "Home", 1_200),
                day("2018-10-02T10:00:00Z", "Home", 900)));

        assertThat(log.first()).isEqualTo("2018-10-01T10:00:00Z");
        assertThat(log.strayEvents()).isEqualTo(2);
        assertThat(log.events()).isEqualTo(2_102);
        assertThat(log.pages(new Cutoff.At(Instant.parse("2018-10-02T00:00:00Z"))))
                .containsExactly("Home");
        assertThat(FeatureReport.strayEventNotice(log))
                .isEqualTo(" Ignored 2 events more than 30 days before all others (wrong clocks); the log starts on"
                        + " 2018-10-01.");
    }

    @Test
    void keepsEarlyEventsThatAreCloseOrNumerous() {
        for (LogSummary log : List.of(
                LogSummary.of(
                        List.of(day("2018-09-01T00:00:00Z", "Home", 1), day("2018-10-01T10:00:00Z", "Home", 2_000))),
                LogSummary.of(
                        List.of(day("2018-08-01T00:00:00Z", "Home", 2), day("2018-10-01T10:00:00Z", "Home", 1_998))))) {
            assertThat(log.first()).isBefore("2018-09-02T00:00:00Z");
            assertThat(log.strayEvents()).isZero();
            assertThat(FeatureReport.strayEventNotice(log)).isEmpty();
        }
    }

    private static EventGroup day(String first, String page, long count) {
        long micros = Utc.micros(Instant.parse(first));
        return new EventGroup(page, 200, count, micros, micros + 1, null);
    }
}
