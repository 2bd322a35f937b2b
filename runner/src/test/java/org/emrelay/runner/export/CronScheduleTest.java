package org.emrelay.runner.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronScheduleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cron(0 6 * * ? *)            | 0 6 * * *",
                "cron(0/15 0-6,18 1 JAN ? *)  | 0/15 0-6,18 1 JAN *",
                "cron(30 23 ? * 2-6 *)        | 30 23 * * 1-5",
                "cron(30 23 ? * 1,7 *)        | 30 23 * * 0,6",
                "cron(0 0 ? * 2/2 *)          | 0 0 * * 1/2",
                "cron(0 0 ? * MON *)          | 0 0 * * MON",
                "' cron( 5  4 31 12 ? * ) '   | 5 4 31 12 *",
            })
    void hasTheFormOfUnix(String eventBridge, String unix) {
        assertThat(CronSchedule.parse(eventBridge).flatMap(CronSchedule::unix)).hasValue(unix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cron(0 6 * * ? 2027)",
                "cron(0 6 L * ? *)",
                "cron(0 6 3W * ? *)",
                "cron(0 6 ? * 6L *)",
                "cron(0 6 ? * 2#1 *)"
            })
    void someExpressionsHaveNone(String eventBridge) {
        assertThat(CronSchedule.parse(eventBridge)).isPresent();
        assertThat(CronSchedule.parse(eventBridge).flatMap(CronSchedule::unix)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 6 * * *",
                "rate(1 day)",
                "cron()",
                "cron(0 6 * * ?)",
                "cron(0 6 * * * *)",
                "cron(0 6 ? * ? *)",
                "cron(60 6 * * ? *)",
                "cron(0 24 * * ? *)",
                "cron(0 6 0 * ? *)",
                "cron(0 6 * 13 ? *)",
                "cron(0 6 ? * 0 *)",
                "cron(0 6 * * ? 1969)",
                "cron(0 6 * * ? *); rm -r"
            })
    void refusesWhatEventBridgeRefuses(String expression) {
        assertThat(CronSchedule.parse(expression)).isEmpty();
    }

    @Test
    void isWrittenForEventBridge() {
        assertThat(CronSchedule.parse("cron( 0  6 * * ? * )").orElseThrow().eventBridge())
                .isEqualTo("cron(0 6 * * ? *)");
    }
}
