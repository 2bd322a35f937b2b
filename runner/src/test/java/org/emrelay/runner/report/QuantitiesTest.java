package org.emrelay.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "49, 0.0 s",
        "840, 0.8 s",
        "9949, 9.9 s",
        "9950, 10 s",
        "9999, 10 s",
        "10000, 10 s",
        "59999, 59 s",
        "60000, 1 min 00 s",
        "187000, 3 min 07 s",
        "3599999, 59 min 59 s",
        "3600000, 1 h 00 min",
        "7500000, 2 h 05 min",
        "360000000, 100 h 00 min"
    })
    void formatsDurations(long milliseconds, String text) {
        assertThat(Quantities.duration(Duration.ofMillis(milliseconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "17, 17 B",
        "999, 999 B",
        "1000, 1.0 KB",
        "1400000, 1.4 MB",
        "99449, 99.4 KB",
        "99500, 100 KB",
        "999499, 999 KB",
        "999500, 1.0 MB",
        "1234567890, 1.2 GB",
        "9223372036854775807, 9223 PB"
    })
    void formatsBytes(long bytes, String text) {
        assertThat(Quantities.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"0; 0 files", "1; 1 file", "2; 2 files", "1200; 1,200 files", "1000000; 1,000,000 files"})
    void formatsCounts(long count, String text) {
        assertThat(Quantities.count(count, "file")).isEqualTo(text);
    }
}
