package org.emrelay.jobs.topics.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.emrelay.jobs.topics.combine.CombineFixture.ids;
import static org.emrelay.jobs.topics.combine.CombineFixture.json;
import static org.emrelay.jobs.topics.combine.CombineFixture.post;
import static org.emrelay.jobs.topics.combine.CombineFixture.texts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs that build on an earlier output. */
@ExtendWith(LocalSpark.class)
class CombineAgainTest {
    @TempDir
    private Path directory;

    private CombineFixture files;

    @BeforeEach
    void combineTwoHours() throws IOException {
        directory = directory.toRealPath();
        files = new CombineFixture(directory);
        files.file("00.json", post("1", 0, "a"), post("2", 30, "b")).file("01.json", post("3", 60, "c"));
        files.combine(1);
    }

    private static List<String> referred(Path output) throws IOException {
        return texts(json(output, "report.json").path("hours_referred_to"));
    }

    private static List<String> written(Path output) throws IOException {
        return texts(json(output, "report.json").path("hours_written"));
    }

    @Test
    void readsOnlyNewFilesAndWritesOnlyTheirHours() throws IOException {
        files.file("02.json", post("4", 120, "d"));

        Path second = files.combine(2);

        assertThat(ids(second))
                .containsExactly("2026-11-20T00 1", "2026-11-20T00 2", "2026-11-20T01 3", "2026-11-20T02 4");
        assertThat(referred(second)).containsExactly("2026-11-20T00", "2026-11-20T01");
        assertThat(written(second)).containsExactly("2026-11-20T02");
        assertThat(json(second, "report.json").path("files").asInt()).isEqualTo(1);
        assertThat(references(second)).containsExactly(hour(1, "00"), hour(1, "01"));

        // A post for the first hour, a copy, a post with the id of one in another hour, and one of a new hour.
        files.file("late.json", post("5", 10, "late"), post("1", 0, "a"), post("3", 130, "c"), post("6", 180, "e"));

        Path third = files.combine(3);

        assertThat(ids(third))
                .containsExactly(
                        "2026-11-20T00 1",
                        "2026-11-20T00 2",
                        "2026-11-20T00 5",
                        "2026-11-20T01 3",
                        "2026-11-20T02 4",
                        "2026-11-20T03 6");
        assertThat(written(third)).containsExactly("2026-11-20T00", "2026-11-20T03");
        assertThat(references(third)).containsExactly(hour(1, "01"), hour(2, "02"));
        assertThat(json(third, "report.json").path("duplicates_by_id").asInt()).isEqualTo(2);

        files.file("copy.json", post("1", 0, "a"), post("6", 180, "e"));
        // The runner passes a link whose name changes with the content.
        Path link = Files.createSymbolicLink(directory.resolve("link"), files.posts());

        Path fourth = files.combineFrom(link.toString(), 4);

        assertThat(ids(fourth)).isEqualTo(ids(third));
        assertThat(written(fourth)).isEmpty();
        assertThat(references(fourth))
                .as("the folders themselves, not the run in between")
                .containsExactly(hour(3, "00"), hour(1, "01"), hour(2, "02"), hour(3, "03"));
    }

    private static List<String> references(Path output) throws IOException {
        return texts(json(output, "_references.json").path("references"));
    }

    private String hour(int run, String hour) {
        return "file:" + files.output(run) + "/posts/hour=2026-11-20T" + hour;
    }

    @Test
    void readsEverythingAgainIfTheResultCouldDiffer() throws IOException {
        files.touch("00.json");
        assertThat(referred(files.combine(2))).isEmpty();

        Files.delete(files.posts().resolve("01.json"));
        assertThat(ids(files.combine(3))).containsExactly("2026-11-20T00 1", "2026-11-20T00 2");

        assertThat(referred(files.combine(4, "--text-column", "data.text"))).isEmpty();

        Files.delete(files.output(3).resolve("manifest.json"));
        assertThat(referred(files.combine(5))).as("of unfinished outputs").isEmpty();
    }

    @Test
    void combinesPostsOfAnotherDirectoryOnRequest() throws IOException {
        files.file("later/02.json", post("4", 120, "d"));
        String later = files.posts().resolve("later").toString();

        assertThat(ids(files.combineFrom(later, 2))).containsExactly("2026-11-20T02 4");
        Path both = files.combineFrom(later, 3, "--combined", files.output(1).toString());
        assertThat(ids(both)).hasSize(4);
        assertThat(referred(both)).containsExactly("2026-11-20T00", "2026-11-20T01");

        deleteHour();

        assertThatThrownBy(() -> ids(both))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith(
                        "--posts: an hour of " + both + " has been deleted. Run the step 'combine' again. (");
        assertThatThrownBy(() -> files.combineFrom(later, 4, "--combined", both.toString()))
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--combined: hours of " + both
                                + " have been deleted or changed. Pass another output of the step 'combine', or omit the flag.");
        assertThat(ids(files.combineFrom(later, 4))).containsExactly("2026-11-20T02 4");
    }

    private void deleteHour() throws IOException {
        Path hour = files.output(1).resolve("posts/hour=2026-11-20T00");
        for (String name : hour.toFile().list()) {
            Files.delete(hour.resolve(name));
        }
        Files.delete(hour);
    }
}
