package org.emrelay.jobs.churn.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.jobs.churn.clean.RawLines.GOOD;

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
import org.emrelay.jobs.UserFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class CleanEventsTest {
    @TempDir
    private Path directory;

    private RawLines log;

    @BeforeEach
    void open() {
        log = new RawLines(directory);
    }

    @Test
    void writesAnEventUnderTheContractsColumns() {
        Row event = cleaned(GOOD).first();

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
    void countsWhatItDropsByReason() {
        log.file(
                        "log/1.json",
                        GOOD,
                        GOOD.replace("\"8\"", "\"\""),
                        GOOD.replace("\"8\"", "null"),
                        GOOD.replace("\"8\"", "\" \""),
                        GOOD.replace("Logged In", "Logged Out"),
                        GOOD.replace("Logged In", "Guest").replace("\"F\"", "null"),
                        GOOD.replace("1541106106796", "null"),
                        GOOD.replace("1541106106796", "-5"),
                        GOOD.replace("1541106106796", "\"yesterday\""),
                        GOOD.replace("1541106106796", "1541106106"),
                        GOOD.replace("1541106106796", "9541106106796"),
                        GOOD.replace("\"NextSong\"", "null"),
                        "",
                        GOOD.substring(0, 200),
                        "[1, 2]",
                        GOOD + "}",
                        "no JSON")
                .file("log/2.json", GOOD, GOOD.replace("\"itemInSession\":1", "\"itemInSession\":2"))
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
    void takesForADuplicateOnlyWhatIsEqualInAllFive() {
        assertThat(cleaned(
                                GOOD,
                                GOOD.replace("\"8\"", "\"9\""),
                                GOOD.replace("139", "140"),
                                GOOD.replace("\"itemInSession\":1", "\"itemInSession\":null"),
                                GOOD.replace("\"itemInSession\":1", "\"itemInSession\":null"),
                                GOOD.replace("1541106106796", "1541106107796"),
                                GOOD.replace("NextSong", "Home"),
                                GOOD.replace("Kaylee", "Kay"))
                        .count())
                .isEqualTo(6);
    }

    @Test
    void doesNotTakeTwoSongsForOneWhereTheirPlaceInTheSessionIsUnknown() {
        String unknown = GOOD.replace("\"itemInSession\":1", "\"itemInSession\":null");

        assertThat(cleaned(unknown, unknown.replace("You Gotta Be", "Feel So High"), unknown)
                        .select(EventLog.SONG)
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("You Gotta Be", "Feel So High");
    }

    @Test
    void keepsTheSameOneOfTwoThatDifferInTheirContentAlone() {
        String other = GOOD.replace("You Gotta Be", "Feel So High");

        assertThat(cleanedBeside("one", GOOD, other).first().<String>getAs(EventLog.SONG))
                .isEqualTo(cleanedBeside("other", other, GOOD).first().<String>getAs(EventLog.SONG));
    }

    @Test
    void readsWhatPythonWritesForNumbersThatAreNone() {
        List<Row> events = cleaned(GOOD.replace("246.30812", "NaN")
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
    void tellsSessionsApartThatHaveNoNumber() {
        List<Long> sessions = cleaned(
                        GOOD.replace(":139", ":\"6f9c-1\""),
                        GOOD.replace(":139", ":\"6f9c-1\"").replace("\"itemInSession\":1", "\"itemInSession\":2"),
                        GOOD.replace(":139", ":\"6f9c-2\""))
                .collectAsList()
                .stream()
                .map(event -> event.<Long>getAs(EventLog.SESSION))
                .toList();

        assertThat(sessions).doesNotContainNull().hasSize(3);
        assertThat(Set.copyOf(sessions)).hasSize(2);
    }

    @Test
    void doesNotTakeOneUserForAnother() {
        assertThat(cleaned(
                                GOOD.replace("\"8\"", "\"8.0 \""),
                                GOOD.replace("\"8\"", "\"x-2\""),
                                GOOD.replace("\"8\"", "\"x-2.0\""))
                        .collectAsList())
                .extracting(event -> event.<String>getAs(EventLog.USER))
                .containsExactlyInAnyOrder("8", "x-2", "x-2.0");
    }

    @Test
    void takesAClockThatIsAheadOfTheWorldForABadOne() {
        long tomorrow = System.currentTimeMillis() + 2 * 86_400_000L;
        log.file(
                        "log/1.json",
                        GOOD,
                        GOOD.replace("1541106106796", String.valueOf(tomorrow)),
                        GOOD.replace("1541106106796", "4102444799000"))
                .clean("log");

        assertThat(log.report()).contains("\"events\" : 1,", "\"bad timestamp\" : 2,");
    }

    @Test
    void readsNumbersInAllTheirWays() {
        List<Row> events = cleaned(
                        GOOD.replace("1540344794796.0", "\"1540344794796\"")
                                .replace("1541106106796", "\"1541106106796\"")
                                .replace("\"8\"", "8"),
                        GOOD.replace("1540344794796.0", "1.540344794796E12")
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
    void keepsPagesItHasNeverSeenAndEventsOfWhichLittleIsKnown() {
        Row event = cleaned(GOOD.replace("NextSong", "Karaoke")
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
    void readsGzipAndFoldersInFolders() throws IOException {
        Path file = directory.resolve("log/2018/11/events.json.gz");
        Files.createDirectories(file.getParent());
        try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(file))) {
            stream.write((GOOD + "\n").getBytes(StandardCharsets.UTF_8));
        }
        log.file("log/2018/12/events.json", GOOD.replace("139", "140")).clean("log");

        assertThat(events().count()).isEqualTo(2);
    }

    @Test
    void saysWhichColumnIsMissing() {
        assertRefused(
                "--events: %s has no column 'itemInSession'. Its columns: userId, sessionId, iteminsession."
                        + " Did you mean iteminsession?",
                "{\"userId\":\"8\",\"sessionId\":1,\"iteminsession\":1}");
    }

    @Test
    void findsColumnsThatOnlyLaterLinesName() {
        String[] lines = new String[301];
        for (int line = 0; line < lines.length; line++) {
            // As a writer leaves out nulls, with so many before the first song that they fill what is looked at first.
            lines[line] = GOOD.replaceFirst("\"artist\".*?,", "")
                    .replaceFirst("\"song\".*?,", "")
                    .replace("\"itemInSession\":1", "\"itemInSession\":" + line);
        }
        lines[300] = GOOD.replace("\"itemInSession\":1", "\"itemInSession\":300");

        assertThat(cleaned(lines).count()).isEqualTo(301);
    }

    @Test
    void refusesALogWithoutAnEventInOneSentence() {
        assertRefused("--events: %s is empty.");
        assertRefused(
                "--events: no line of %s is an event of a user. Left out: 1 empty user.",
                GOOD.replace("\"8\"", "\"\""));
        assertRefused(
                "--events: no line of %s is an event of a user. Left out: 1 bad timestamp. A ts is a number of"
                        + " milliseconds since 1970, from 2000 up to today.",
                GOOD.replace("1541106106796", "1541106106"));
        assertRefused(
                "--events: no line of %s is an event of a user. Left out: 1 unreadable line.", GOOD.substring(0, 100));
    }

    private void assertRefused(String sentence, String... lines) {
        String name =
                "refused-" + sentence.length() + "-" + String.join("", lines).length();
        RawLines refused = new RawLines(directory.resolve(name)).file("log.json", lines);
        String uri = refused.uri("log.json");
        assertThatThrownBy(() -> refused.clean("log.json"))
                .isInstanceOf(UserFault.class)
                .hasMessage(sentence.replace("%s", uri));
    }

    @Test
    void cleansRawEventsOnTheWayForWhoeverReadsThem() {
        log.file("log/1.json", GOOD, GOOD, GOOD.replace("\"8\"", "\"\""), "no JSON")
                .clean("log");
        List<Row> written = events().collectAsList();

        assertThat(EventLog.readOrClean(LocalSpark.session(), "--events", log.uri("log"))
                        .events()
                        .collectAsList())
                .isEqualTo(written)
                .hasSize(1);
        assertThat(EventLog.readOrClean(LocalSpark.session(), "--events", log.uri("clean"))
                        .events()
                        .collectAsList())
                .isEqualTo(written);
        assertThat(EventLog.readOrClean(LocalSpark.session(), "--events", log.uri("clean/events"))
                        .events()
                        .collectAsList())
                .isEqualTo(written);
    }

    @Test
    void refusesParquetThatIsNotItsOwn() {
        LocalSpark.session().range(3).toDF("user_id").write().parquet(log.uri("other"));

        assertThatThrownBy(() -> EventLog.read(LocalSpark.session(), "--events", log.uri("other")))
                .isInstanceOf(UserFault.class)
                .hasMessage("--events: column 'user_id' of " + log.uri("other")
                        + " is of type bigint, not string; give events that the step 'clean' wrote.");
        assertThatThrownBy(() -> log.clean("other"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--events: " + log.uri("other") + " holds parquet files; give JSON lines.");
    }

    private Dataset<Row> cleaned(String... lines) {
        log.file("log/1.json", lines).clean("log");
        return events();
    }

    /** Beside other logs of the same test. */
    private Dataset<Row> cleanedBeside(String name, String first, String second) {
        RawLines beside = new RawLines(directory.resolve(name));
        beside.file("log/1.json", first).file("log/2.json", second).clean("log");
        return EventLog.read(LocalSpark.session(), "--events", beside.uri("clean"));
    }

    private Dataset<Row> events() {
        return EventLog.read(LocalSpark.session(), "--events", log.uri("clean"));
    }
}
