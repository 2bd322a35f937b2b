package org.emrelay.runner.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.eventlog.EventLogFiles;
import org.emrelay.runner.eventlog.EventLogLimits;
import org.emrelay.runner.eventlog.EventLogReader;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.profile.SparkProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Event logs of programs with a fault, and of programs without one. */
final class FindingLogsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    skew                     | SKEW                     | 0    | 0
                    spill                    | SPILL                    | 0    | 0
                    gc-pressure              | GC_PRESSURE              | 0    | 0
                    idle-cores               | IDLE_CORES               | 0    | 0
                    memory-over-provisioned  | MEMORY_OVER_PROVISIONED  | 0    | 0
                    memory-under-provisioned | MEMORY_UNDER_PROVISIONED | 0    | 0
                    tiny-tasks               | TINY_TASKS               | 0    | 0
                    too-few-partitions       | TOO_FEW_PARTITIONS       | 0    | 0
                    driver-bound             | DRIVER_BOUND             | 0    | 0
                    small-files              | SMALL_FILES              | 1000 | 900000
                    fetch-wait               | FETCH_WAIT               | 0    | 0
                    lost-executors           | LOST_EXECUTORS           | 0    | 0
                    """)
    void findsExactlyTheFaultOfAProgram(String log, FindingKind expected, long files, long bytes) throws IOException {
        assertThat(findings(log, files, bytes))
                .extracting(StepFinding::kind)
                .as(log)
                .containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "word-count",
                "join",
                "sql",
                "training",
                "sort",
                "window",
                "conversion",
                "pi",
                "cached",
                "small-groups"
            })
    void findsNothingInAProgramWithoutAFault(String log) throws IOException {
        assertThat(findings(log, 4, 1_000_000)).isEmpty();
    }

    private static List<StepFinding> findings(String log, long files, long bytes) throws IOException {
        return StepFindings.of(new StepFacts(profile(log), SparkSettings.<Argument>defaults(), files, bytes));
    }

    /** Handwritten logs are not compressed. */
    private static SparkProfile profile(String log) throws IOException {
        String name = FindingLogsTest.class.getResource(log) == null ? log + ".zstd" : log;
        return Objects.requireNonNull(EventLogReader.read(
                        new EventLogFiles(List.of(name), List.of()),
                        FindingLogsTest::open,
                        EventLogLimits.DEFAULT,
                        () -> false)
                .profile());
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(FindingLogsTest.class.getResourceAsStream(name), name);
    }
}
