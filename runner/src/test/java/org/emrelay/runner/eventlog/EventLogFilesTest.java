package org.emrelay.runner.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventLogFilesTest {
    @Test
    void ordersRollingFilesByNumber() {
        assertThat(among(
                        "eventlog_v2_app-1/events_10_app-1.zstd",
                        "eventlog_v2_app-1/events_2_app-1.zstd",
                        "eventlog_v2_app-1/events_1_app-1.zstd"))
                .isEqualTo(new EventLogFiles(
                        List.of(
                                "eventlog_v2_app-1/events_1_app-1.zstd",
                                "eventlog_v2_app-1/events_2_app-1.zstd",
                                "eventlog_v2_app-1/events_10_app-1.zstd"),
                        List.of("7 files of the event log are missing.")));
    }

    @Test
    void ignoresWhatIsNotALog() {
        assertThat(among(
                        "",
                        "eventlog_v2_app-1/",
                        "eventlog_v2_app-1_$folder$",
                        "eventlog_v2_app-1/appstatus_app-1.inprogress",
                        "eventlog_v2_app-1/.events_1_app-1.crc",
                        "eventlog_v2_app-1/events_1_app-1",
                        "appstatus_app-1",
                        ".app-2.crc",
                        "_SUCCESS"))
                .isEqualTo(new EventLogFiles(List.of("eventlog_v2_app-1/events_1_app-1"), List.of()));
    }

    @Test
    void findsASingleFileInAnyState() {
        for (String name : List.of(
                "local-1700000000000",
                "local-1700000000000.inprogress",
                "application_1700000000000_0001_1.lz4",
                "spark-0a1b.zstd.inprogress",
                "some/directory/app-1.zstd")) {
            assertThat(among(name)).isEqualTo(new EventLogFiles(List.of(name), List.of()));
        }
    }

    @Test
    void prefersTheFinishedFileOfTwo() {
        assertThat(among("app-1.zstd.inprogress", "app-1.zstd").paths()).containsExactly("app-1.zstd");
        assertThat(among("app-1.zstd", "app-1.zstd.inprogress").paths()).containsExactly("app-1.zstd");
    }

    @Test
    void startsWithTheLastCompactedFile() {
        assertThat(among(
                        "eventlog_v2_app-1/events_1_app-1.zstd.compact",
                        "eventlog_v2_app-1/events_2_app-1.zstd",
                        "eventlog_v2_app-1/events_3_app-1.zstd",
                        "eventlog_v2_app-1/events_3_app-1.zstd.compact",
                        "eventlog_v2_app-1/events_4_app-1.zstd"))
                .isEqualTo(new EventLogFiles(
                        List.of(
                                "eventlog_v2_app-1/events_3_app-1.zstd.compact",
                                "eventlog_v2_app-1/events_4_app-1.zstd"),
                        List.of("Spark compacted the event log: finished jobs are missing.")));
    }

    @Test
    void reportsThatTheFirstFileIsMissing() {
        assertThat(among("eventlog_v2_app-1/events_2_app-1").gaps())
                .containsExactly("1 file of the event log is missing.");
    }

    @Test
    void selectsTheLargestOfSeveralApplications() {
        EventLogFiles files = EventLogFiles.among(List.of(
                new ListedLogFile("app-1", 50),
                new ListedLogFile("eventlog_v2_app-2/events_1_app-2", 30),
                new ListedLogFile("eventlog_v2_app-2/events_2_app-2", 30),
                new ListedLogFile("app-3.inprogress", 59)));

        assertThat(files)
                .isEqualTo(new EventLogFiles(
                        List.of("eventlog_v2_app-2/events_1_app-2", "eventlog_v2_app-2/events_2_app-2"),
                        List.of("The step wrote the event logs of 3 applications: only the largest was read.")));
    }

    @Test
    void canBeEmpty() {
        assertThat(among()).isEqualTo(new EventLogFiles(List.of(), List.of()));
    }

    private static EventLogFiles among(String... paths) {
        return EventLogFiles.among(
                Arrays.stream(paths).map(path -> new ListedLogFile(path, 10)).toList());
    }
}
