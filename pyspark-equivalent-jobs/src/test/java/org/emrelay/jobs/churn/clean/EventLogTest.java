package org.emrelay.jobs.churn.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class EventLogTest {
    private static final String GOOD = RawLogFixture.VALID_LINE;

    @TempDir
    Path directory;

    private RawLogFixture log;

    @BeforeEach
    void createLog() {
        log = new RawLogFixture(directory);
    }

    @Test
    void countsDroppedLinesOfRawEvents() {
        log.file("log/1.json", GOOD, GOOD, GOOD.replace("\"8\"", "\"\""), "no JSON")
                .clean("log");

        assertThat(open("log").events().count()).isEqualTo(1);
        assertThat(open("log").dropped())
                .containsEntry("duplicate", 1L)
                .containsEntry("empty user", 1L)
                .containsEntry("unreadable line", 1L)
                .containsEntry("no page", 0L);
        assertThat(open("clean").dropped()).isEmpty();
    }

    @Test
    void cleansRawEventsOnce() {
        log.file("log/1.json", GOOD);

        assertThat(open("log").events().queryExecution().executedPlan().toString())
                .contains("InMemoryTableScan");
    }

    @Test
    void rejectsRawEventsWithoutIdentifiedUsers() {
        log.file("log/1.json", GOOD.replace("\"8\"", "\"\""));

        assertThatThrownBy(() -> open("log"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--events: no line of " + log.uri("log")
                        + " is an event of an identified user. Dropped: 1 empty user.");
    }

    @Test
    void readsADirectoryThatContainsAnEventsDirectoryOfRawEvents() {
        log.file("log/events/1.json", GOOD).file("log/2.json", GOOD.replace("\"8\"", "\"9\""));

        assertThat(open("log").events().count()).isEqualTo(2);
    }

    private CleanedLog open(String name) {
        return EventLog.readOrClean(LocalSpark.session(), "--events", log.uri(name));
    }
}
