package org.emrelay.jobs.topics.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.jobs.topics.combine.CombineFixture.post;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class CombinePostsTest {
    @TempDir
    private Path directory;

    private CombineFixture files;

    @BeforeEach
    void createFiles() {
        files = new CombineFixture(directory);
    }

    @Test
    void combinesFilesOfAllFormatsByHour() throws IOException {
        files.file("2026/11/20/13/a.json.gz", post("1", 59, "late in its file"), post("2", 60, "Mars"))
                .file("b.csv", "id,created_at,text,lang", "3,2026-11-20T02:00:00+01:00,\"two\nlines\",None")
                .file("c.tsv", "tweet_id\ttime\ttext", "4\t1795139999\t\"Goddard\" is no \"god\"")
                .file("_hidden/d.json", post("5", 0, "hidden"));

        Path output = files.combine(1);

        assertThat(CombineFixture.read(output).orderBy("id").collectAsList())
                .extracting(row -> row.mkString("|"))
                .containsExactly(
                        "1|2026-11-20 00:59:00.0|late in its file|en|false|null|2026-11-20T00",
                        "2|2026-11-20 01:00:00.0|Mars|en|false|null|2026-11-20T01",
                        "3|2026-11-20 01:00:00.0|two\nlines|null|false|null|2026-11-20T01",
                        "4|2026-11-20 01:59:59.0|\"Goddard\" is no \"god\"|null|false|null|2026-11-20T01");
        assertThat(CombineFixture.ids(output))
                .containsExactly("2026-11-20T00 1", "2026-11-20T01 2", "2026-11-20T01 3", "2026-11-20T01 4");
    }

    @Test
    void countsMalformedRecordsAndWritesThemSeparately() throws IOException {
        files.file("a.json", post("1", 0, "good"), "{\"data\":", "{\"text\":\"no id\",\"time\":1795139999}")
                .file("b.csv", "id,time,text", "2,soon,bad time", "3", "4,2026-11-20 00:00:00,good");

        Path output = files.combine(1);

        assertThat(CombineFixture.ids(output)).containsExactly("2026-11-20T00 1", "2026-11-20T00 4");
        assertThat(LocalSpark.session().read().json(output + "/malformed").collectAsList())
                .extracting(row -> row.getAs("reason") + ": " + row.getAs("line"))
                .containsExactlyInAnyOrder(
                        "unreadable line: {\"data\":",
                        "no id: {\"text\":\"no id\",\"time\":1795139999}",
                        "unreadable time: 2,soon,bad time",
                        "too few columns: 3");
        assertThat(Files.readString(output.resolve("report.json"))).isEqualTo("""
                {
                  "files" : 2,
                  "unchanged_files" : 0,
                  "lines" : 6,
                  "posts" : 2,
                  "malformed" : {
                    "unreadable line" : 1,
                    "damaged file" : 0,
                    "unknown columns" : 0,
                    "too few columns" : 1,
                    "no id" : 1,
                    "no time" : 0,
                    "unreadable time" : 1,
                    "no text" : 0,
                    "not a post" : 0
                  },
                  "duplicates_by_id" : 0,
                  "hours_written" : [ "2026-11-20T00" ],
                  "hours_referred_to" : [ ],
                  "posts_in_all_hours" : 2
                }
                """);
    }

    @Test
    void readsATruncatedFileUpToItsEnd() throws IOException {
        String[] lines = new String[500];
        Arrays.setAll(lines, line -> post("x" + line * 7_919 % 1_000_003, 0, "text " + line * 104_729L));
        files.file("a.json.gz", lines).file("b.json", post("1", 0, "whole"));
        Path file = files.posts().resolve("a.json.gz");
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length / 2));

        Path output = files.combine(1);

        assertThat(CombineFixture.json(output, "report.json")
                        .path("malformed")
                        .path("damaged file")
                        .asInt())
                .isEqualTo(1);
        assertThat(CombineFixture.ids(output)).contains("2026-11-20T00 1").hasSizeGreaterThan(10);
    }

    @Test
    void removesDuplicatesByIdAndKeepsTheEarliest() throws IOException {
        files.file("a.json", post("1", 70, "edited"), post("2", 0, "once"))
                .file("b.json", post("1", 0, "first"), post("1", 0, "again"));

        Path output = files.combine(1);

        assertThat(CombineFixture.read(output).where("id = '1'").collectAsList())
                .extracting(row -> row.getAs("text"))
                .containsExactly("first");
        assertThat(CombineFixture.json(output, "report.json")
                        .path("duplicates_by_id")
                        .asInt())
                .isEqualTo(2);
        assertThat(Manifest.read(LocalSpark.session(), output.toString()).posts())
                .isEqualTo(2);
    }

    @Test
    void hoursAreInUtcRegardlessOfTheSessionsTimeZone() {
        files.file("a.json", post("1", 0, "midnight"), post("2", 23 * 60 + 59, "evening"));
        String zone = LocalSpark.session().conf().get("spark.sql.session.timeZone");
        LocalSpark.session().conf().set("spark.sql.session.timeZone", "America/New_York");
        try {
            Path output = files.combine(1);

            assertThat(CombineFixture.ids(output)).containsExactly("2026-11-20T00 1", "2026-11-20T23 2");
            assertThat(output.resolve("posts/hour=2026-11-20T23")).isDirectory();
        } finally {
            LocalSpark.session().conf().set("spark.sql.session.timeZone", zone);
        }
    }

    @Test
    void readsFilesWithoutHeaderByColumnPosition() {
        files.file(
                "a.tsv",
                "7\tx\tFri Nov 20 13:00:00 +0000 2026\tMars\t8",
                "8\tx\tFri Nov 20 13:00:01 +0000 2026\tMoon\tNone");

        Path output = files.combine(
                1, "--id-column", "0", "--time-column", "2", "--text-column", "3", "--repost-column", "4");

        assertThat(CombineFixture.read(output).orderBy("id").collectAsList())
                .extracting(row -> row.getAs("text") + " " + row.getAs("repost") + " " + row.getAs("repost_of"))
                .containsExactly("Mars true 8", "Moon false null");
    }

    @Test
    void rejectsInputWithoutPosts() throws IOException {
        assertFault("--posts: " + files.posts() + " does not exist.");
        Files.createDirectories(files.posts());
        assertFault("--posts: " + files.posts() + " contains no files.");
        Files.createFile(files.posts().resolve("a.json"));
        assertFault("--posts: " + files.posts() + " contains no posts: all files are empty.");
        files.file("a.json", "{", "{\"id\":1}");
        assertFault("--posts: " + files.posts() + " contains no posts (1 unreadable line, 1 no time). Name the"
                + " columns with --id-column, --time-column, --text-column.");
        files.file("b.csv", "x,y", "1,2");
        Files.delete(files.posts().resolve("a.json"));
        assertFault(
                "--posts: file:" + files.posts()
                        + " has no header that names an id, a time and a text. Name the columns"
                        + " with --id-column, --time-column and --text-column, or give their positions, from 0. The first record: x, y.");
    }

    @Test
    void rejectsAColumnThatDoesNotExist() {
        files.file("a.json", post("1", 0, "Mars"));
        assertFault(
                "--id-column: file:" + files.posts() + " has no column 'data.idd'. Its columns: data.id, data.text,"
                        + " data.created_at, data.lang. Did you mean data.id?",
                "--id-column",
                "data.idd");
        files.file("a.json", "id,time,text", "1,2026-11-20 00:00:00,a");
        assertFault(
                "--lang-column: file:" + files.posts()
                        + " has no column 'tekst'. Its columns: id, time, text. Did you mean text?",
                "--lang-column",
                "tekst");
        assertFault(
                "--text-column: file:" + files.posts() + " has no column '3'. Its columns: id, time, text.",
                "--text-column",
                "3");
    }

    private void assertFault(String message, String... arguments) {
        assertThatThrownBy(() -> files.combine(1, arguments))
                .isInstanceOf(UserFault.class)
                .hasMessage(message);
    }

    @Test
    void checksColumnsWithoutReadingEverything() {
        files.file("a.json", post("1", 0, "Mars"));

        assertThatThrownBy(() -> files.combine(1, "--time-column", "data.created", "--check"))
                .isInstanceOf(UserFault.class);
        assertThat(List.of(directory.toFile().list())).containsExactly("in");
    }

    @Test
    void anUnfinishedOutputCannotBeRead() {
        assertThatThrownBy(() -> CombineFixture.read(files.output(1)))
                .isInstanceOf(UserFault.class)
                .hasMessage("--posts: " + files.output(1)
                        + " has no manifest.json; use the output of a finished step 'combine'.");
    }
}
