package org.emrelay.jobs.churn.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.jobs.churn.clean.RawLogFixture.VALID_LINE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class CleanEventsTest {
    @TempDir
    private Path directory;

    private RawLogFixture log;

    @BeforeEach
    void createLog() {
        log = new RawLogFixture(directory);
    }

    @Test
    void writesAnEventWithTheEventLogSchema() {
        Row event = cleanedEvents(VALID_LINE).first();

        assertThat(event.schema()).isEqualTo(EventLog.SCHEMA);
        assertThat(event.<Object>getAs(EventLog.USER)).isEqualTo("8");
        assertThat(event.<Object>getAs(EventLog.SESSION)).isEqualTo(139L);
        assertThat(event.<Object>getAs(EventLog.ITEM)).isEqualTo(1);
        assertThat(event.<Timestamp>getAs(EventLog.TIME).getTime()).isEqualTo(1541106106796L);
        assertThat(event.<Timestamp>getAs(EventLog.REGISTRATION).getTime()).isEqualTo(1540344794796L);
        assertThat(event.<Object>getAs(EventLog.REGION)).isEqualTo("AZ");
        assertThat(event.<Object>getAs(EventLog.SYSTEM)).isEqualTo("Windows 7");
        assertThat(event.<Object>getAs(EventLog.PLATFORM)).isEqualTo("Windows");
        assertThat(event.<Object>getAs(EventLog.LENGTH)).isEqualTo(246.30812);
        assertThat(event.<Object>getAs(EventLog.STATUS)).isEqualTo(200);
        assertThat(event.<Object>getAs(EventLog.DATE)).hasToString("2018-11-01");
        assertThat(directory.resolve("clean/events/date=2018-11-01")).isDirectory();
    }

    @Test
    void countsDroppedLinesByReason() {
        log.file(
                        "log/1.json",
                        VALID_LINE,
                        VALID_LINE.replace("\"8\"", "\"\""),
                        VALID_LINE.replace("\"8\"", "null"),
                        VALID_LINE.replace("\"8\"", "\" \""),
                        VALID_LINE.replace("Logged In", "Logged Out"),
                        VALID_LINE.replace("Logged In", "Guest").replace("\"F\"", "null"),
                        VALID_LINE.replace("1541106106796", "null"),
                        VALID_LINE.replace("1541106106796", "-5"),
                        VALID_LINE.replace("1541106106796", "\"yesterday\""),
                        VALID_LINE.replace("1541106106796", "1541106106"),
                        VALID_LINE.replace("1541106106796", "9541106106796"),
                        VALID_LINE.replace("\"NextSong\"", "null"),
                        "",
                        VALID_LINE.substring(0, 200),
                        "[1, 2]",
                        VALID_LINE + "}",
                        "no JSON")
                .file("log/2.json", VALID_LINE, VALID_LINE.replace("\"itemInSession\":1", "\"itemInSession\":2"))
                .clean("log");

        assertThat(log.report()).isEqualTo("""
                {
                  "lines" : 18,
                  "events" : 2,
                  "dropped" : {
                    "unreadable line" : 4,
                    "empty user" : 3,
                    "logged out" : 2,
                    "bad timestamp" : 5,
                    "no page" : 1,
                    "duplicate" : 1
                  }
                }
                """);
        assertThat(events().count()).isEqualTo(2);
    }

    @Test
    void dropsDuplicatesEqualInAllFiveKeyColumns() {
        assertThat(cleanedEvents(
                                VALID_LINE,
                                VALID_LINE.replace("\"8\"", "\"9\""),
                                VALID_LINE.replace("139", "140"),
                                VALID_LINE.replace("\"itemInSession\":1", "\"itemInSession\":null"),
                                VALID_LINE.replace("\"itemInSession\":1", "\"itemInSession\":null"),
                                VALID_LINE.replace("1541106106796", "1541106107796"),
                                VALID_LINE.replace("NextSong", "Home"),
                                VALID_LINE.replace("Kaylee", "Kay"))
                        .count())
                .isEqualTo(6);
    }

    @Test
    void keepsDifferentSongsWithoutAnItemNumber() {
        String unknown = VALID_LINE.replace("\"itemInSession\":1", "\"itemInSession\":null");

        assertThat(cleanedEvents(unknown, unknown.replace("You Gotta Be", "Feel So High"), unknown)
                        .select(EventLog.SONG)
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("You Gotta Be", "Feel So High");
    }

    @Test
    void choosesAmongDuplicatesDeterministically() {
        String other = VALID_LINE.replace("You Gotta Be", "Feel So High");

        assertThat(cleanIn("one", VALID_LINE, other).first().<String>getAs(EventLog.SONG))
                .isEqualTo(cleanIn("other", other, VALID_LINE).first().<String>getAs(EventLog.SONG));
    }

    @Test
    void readsNaNAndInfinityAsNull() {
        List<Row> events = cleanedEvents(VALID_LINE
                        .replace("246.30812", "NaN")
                        .replace("\"Des'ree\"", "NaN")
                        .replace("1540344794796.0", "Infinity")
                        .replace("NextSong", "Cancellation Confirmation"))
                .collectAsList();

        assertThat(events).hasSize(1).allSatisfy(event -> {
            assertThat(event.<Object>getAs(EventLog.PAGE)).isEqualTo("Cancellation Confirmation");
            assertThat(event.<Object>getAs(EventLog.ARTIST)).isNull();
            assertThat(event.<Object>getAs(EventLog.LENGTH)).isNull();
            assertThat(event.<Object>getAs(EventLog.REGISTRATION)).isNull();
        });
    }

    @Test
    void acceptsSessionIdsThatAreNotNumbers() {
        List<Long> sessions = cleanedEvents(
                        VALID_LINE.replace(":139", ":\"6f9c-1\""),
                        VALID_LINE.replace(":139", ":\"6f9c-1\"").replace("\"itemInSession\":1", "\"itemInSession\":2"),
                        VALID_LINE.replace(":139", ":\"6f9c-2\""))
                .collectAsList()
                .stream()
                .map(event -> event.<Long>getAs(EventLog.SESSION))
                .toList();

        assertThat(sessions).doesNotContainNull().hasSize(3);
        assertThat(Set.copyOf(sessions)).hasSize(2);
    }

    @Test
    void normalizesDecimalUserIdsOnly() {
        assertThat(cleanedEvents(
                                VALID_LINE.replace("\"8\"", "\"8.0 \""),
                                VALID_LINE.replace("\"8\"", "\"x-2\""),
                                VALID_LINE.replace("\"8\"", "\"x-2.0\""))
                        .collectAsList())
                .extracting(event -> event.<String>getAs(EventLog.USER))
                .containsExactlyInAnyOrder("8", "x-2", "x-2.0");
    }

    @Test
    void dropsTimestampsInTheFuture() {
        long tomorrow = System.currentTimeMillis() + 2 * 86_400_000L;
        log.file(
                        "log/1.json",
                        VALID_LINE,
                        VALID_LINE.replace("1541106106796", String.valueOf(tomorrow)),
                        VALID_LINE.replace("1541106106796", "4102444799000"))
                .clean("log");

        assertThat(log.report()).contains("\"events\" : 1,", "\"bad timestamp\" : 2,");
    }

    @Test
    void readsNumbersInAllNotations() {
        List<Row> events = cleanedEvents(
                        VALID_LINE
                                .replace("1540344794796.0", "\"1540344794796\"")
                                .replace("1541106106796", "\"1541106106796\"")
                                .replace("\"8\"", "8"),
                        VALID_LINE
                                .replace("1540344794796.0", "1.540344794796E12")
                                .replace("1541106106796", "1541106106796.0")
                                .replace("\"8\"", "8.0")
                                .replace("\"itemInSession\":1", "\"itemInSession\":\"2\""))
                .orderBy(EventLog.ITEM)
                .collectAsList();

        assertThat(events).hasSize(2).allSatisfy(event -> {
            assertThat(event.<Object>getAs(EventLog.USER)).isEqualTo("8");
            assertThat(event.<Timestamp>getAs(EventLog.TIME).getTime()).isEqualTo(1541106106796L);
            assertThat(event.<Timestamp>getAs(EventLog.REGISTRATION).getTime()).isEqualTo(1540344794796L);
        });
    }

    @Test
    void keepsUnknownPagesAndEventsWithMissingValues() {
        Row event = cleanedEvents(VALID_LINE
                        .replace("NextSong", "Karaoke")
                        .replace("\"Phoenix-Mesa-Scottsdale, AZ\"", "null")
                        .replace("1540344794796.0", "null")
                        .replace("\"sessionId\":139", "\"sessionId\":null")
                        .replaceFirst("\"userAgent\":\"[^\"]*\"", "\"userAgent\":null"))
                .first();

        assertThat(event.<Object>getAs(EventLog.PAGE)).isEqualTo("Karaoke");
        for (String column : new String[] {
            EventLog.LOCATION,
            EventLog.REGION,
            EventLog.REGISTRATION,
            EventLog.SESSION,
            EventLog.SYSTEM,
            EventLog.PLATFORM
        }) {
            assertThat(event.<Object>getAs(column)).as(column).isNull();
        }
    }

    @Test
    void readsGzipAndNestedDirectories() throws IOException {
        Path file = directory.resolve("log/2018/11/events.json.gz");
        Files.createDirectories(file.getParent());
        try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(file))) {
            stream.write((VALID_LINE + "\n").getBytes(StandardCharsets.UTF_8));
        }
        log.file("log/2018/12/events.json", VALID_LINE.replace("139", "140")).clean("log");

        assertThat(events().count()).isEqualTo(2);
    }

    @Test
    void reportsAMissingColumn() {
        assertRejected(
                "--events: %s has no column 'itemInSession'. Its columns: userId, sessionId, iteminsession."
                        + " Did you mean iteminsession?",
                "{\"userId\":\"8\",\"sessionId\":1,\"iteminsession\":1}");
    }

    @Test
    void findsColumnsThatOnlyLaterLinesContain() {
        String[] lines = new String[301];
        for (int line = 0; line < lines.length; line++) {
            // Written without nulls; the lines before the first song fill the part of the file that is checked
            // first.
            lines[line] = VALID_LINE
                    .replaceFirst("\"artist\".*?,", "")
                    .replaceFirst("\"song\".*?,", "")
                    .replace("\"itemInSession\":1", "\"itemInSession\":" + line);
        }
        lines[300] = VALID_LINE.replace("\"itemInSession\":1", "\"itemInSession\":300");

        assertThat(cleanedEvents(lines).count()).isEqualTo(301);
    }

    @Test
    void rejectsALogWithoutEvents() {
        assertRejected("--events: %s is empty.");
        assertRejected(
                "--events: no line of %s is an event of an identified user. Dropped: 1 empty user.",
                VALID_LINE.replace("\"8\"", "\"\""));
        assertRejected(
                "--events: no line of %s is an event of an identified user. Dropped: 1 bad timestamp. ts must be in"
                        + " milliseconds since 1970, between the year 2000 and now.",
                VALID_LINE.replace("1541106106796", "1541106106"));
        assertRejected(
                "--events: no line of %s is an event of an identified user. Dropped: 1 unreadable line.",
                VALID_LINE.substring(0, 100));
    }

    private void assertRejected(String message, String... lines) {
        String name =
                "rejected-" + message.length() + "-" + String.join("", lines).length();
        RawLogFixture rejected = new RawLogFixture(directory.resolve(name)).file("log.json", lines);
        String uri = rejected.uri("log.json");
        assertThatThrownBy(() -> rejected.clean("log.json"))
                .isInstanceOf(UserFault.class)
                .hasMessage(message.replace("%s", uri));
    }

    @Test
    void cleansRawEventsOnReading() {
        log.file("log/1.json", VALID_LINE, VALID_LINE, VALID_LINE.replace("\"8\"", "\"\""), "no JSON")
                .clean("log");
        List<Row> expected = events().collectAsList();

        assertThat(EventLog.readOrClean(LocalSpark.session(), "--events", log.uri("log"))
                        .events()
                        .collectAsList())
                .isEqualTo(expected)
                .hasSize(1);
        assertThat(EventLog.readOrClean(LocalSpark.session(), "--events", log.uri("clean"))
                        .events()
                        .collectAsList())
                .isEqualTo(expected);
        assertThat(EventLog.readOrClean(LocalSpark.session(), "--events", log.uri("clean/events"))
                        .events()
                        .collectAsList())
                .isEqualTo(expected);
    }

    @Test
    void rejectsOtherParquetFiles() {
        LocalSpark.session().range(3).toDF("user_id").write().parquet(log.uri("other"));

        assertThatThrownBy(() -> EventLog.read(LocalSpark.session(), "--events", log.uri("other")))
                .isInstanceOf(UserFault.class)
                .hasMessage("--events: column 'user_id' of " + log.uri("other")
                        + " has type bigint, not string; use the output of the step 'clean'.");
        assertThatThrownBy(() -> log.clean("other"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--events: " + log.uri("other") + " contains Parquet files; expected JSON lines.");
    }

    private Dataset<Row> cleanedEvents(String... lines) {
        log.file("log/1.json", lines).clean("log");
        return events();
    }

    /** Cleans two files in a directory of their own. */
    private Dataset<Row> cleanIn(String name, String first, String second) {
        RawLogFixture otherLog = new RawLogFixture(directory.resolve(name));
        otherLog.file("log/1.json", first).file("log/2.json", second).clean("log");
        return EventLog.read(LocalSpark.session(), "--events", otherLog.uri("clean"));
    }

    private Dataset<Row> events() {
        return EventLog.read(LocalSpark.session(), "--events", log.uri("clean"));
    }
}
