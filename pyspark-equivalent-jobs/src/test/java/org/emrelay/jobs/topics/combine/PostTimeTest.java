package org.emrelay.jobs.topics.combine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PostTimeTest {
    private static @Nullable Instant parse(String text) {
        Long micros = PostTime.micros(text);
        return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    @Test
    void parsesTheUsualFormats() {
        Instant expected = Instant.parse("2021-12-31T19:58:56Z");

        for (String text : List.of(
                "2021-12-31T19:58:56Z",
                "2021-12-31T19:58:56",
                "2021-12-31 19:58:56",
                " 2021-12-31 19:58:56 UTC ",
                "2021-12-31T21:58:56+02:00",
                "2021-12-31T21:58:56+0200",
                "2021-12-31T21:58:56.000+02",
                "Fri Dec 31 19:58:56 +0000 2021",
                "Fri Dec 31 21:58:56 +0200 2021",
                "1640980736",
                "1640980736.0",
                "1640980736000",
                "1640980736000000")) {
            assertThat(parse(text)).as(text).isEqualTo(expected);
        }
    }

    @Test
    void keepsFractionsOfASecond() {
        assertThat(parse("2026-11-20T13:00:00.123456789Z")).isEqualTo("2026-11-20T13:00:00.123456Z");
        assertThat(parse("2026-11-20T13:00:00,5Z")).isEqualTo("2026-11-20T13:00:00.500Z");
        assertThat(parse("1640980736.25")).isEqualTo("2021-12-31T19:58:56.250Z");
        assertThat(parse("1725911162329308")).isEqualTo("2024-09-09T19:46:02.329308Z");
    }

    @Test
    void acceptsTimesWithoutSecondsAndLeapSeconds() {
        assertThat(parse("2026-11-20T13:05Z")).isEqualTo("2026-11-20T13:05:00Z");
        assertThat(parse("2016-12-31T23:59:60Z")).isEqualTo("2017-01-01T00:00:00Z");
    }

    @Test
    void rejectsEverythingElse() {
        for (String text : List.of(
                "",
                "yesterday",
                "2026-11-20",
                "2026-02-30T00:00:00Z",
                "2026-11-20T24:00:00Z",
                "2026-11-20T13:00:61Z",
                "2026-11-20T13:00:00+99:00",
                "1970-01-01T00:00:00Z",
                "2100-01-01T00:00:00Z",
                "20261120",
                "0",
                "-1640980736",
                "99999999999999999999")) {
            assertThat(PostTime.micros(text)).as(text).isNull();
        }
    }
}
