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

/** Runs that go on from an earlier output. */
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
    void refersToHoursWithoutNewPosts() throws IOException {
        files.file("02.json", post("4", 120, "d"));

        Path output = files.combine(2);

        assertThat(ids(output))
                .containsExactly("2026-11-20T00 1", "2026-11-20T00 2", "2026-11-20T01 3", "2026-11-20T02 4");
        assertThat(referred(output)).containsExactly("2026-11-20T00", "2026-11-20T01");
        assertThat(written(output)).containsExactly("2026-11-20T02");
        assertThat(json(output, "report.json").path("files").asInt()).isEqualTo(1);
        assertThat(output.resolve("posts")).isDirectoryNotContaining("glob:**hour=2026-11-20T00");
        String earlier = "file:" + files.output(1) + "/posts/hour=2026-11-20T0";
        assertThat(texts(json(output, "_references.json").path("references")))
                .containsExactly(earlier + "0", earlier + "1");
    }

    @Test
    void aLatePostReopensItsHour() throws IOException {
        files.file("02.json", post("4", 120, "d"), post("5", 10, "late"));

        Path output = files.combine(2);

        assertThat(ids(output))
                .containsExactly(
                        "2026-11-20T00 1", "2026-11-20T00 2", "2026-11-20T00 5", "2026-11-20T01 3", "2026-11-20T02 4");
        assertThat(written(output)).containsExactly("2026-11-20T00", "2026-11-20T02");
        assertThat(referred(output)).containsExactly("2026-11-20T01");
    }

    @Test
    void removesDuplicatesOfEarlierHours() throws IOException {
        files.file("again.json", post("1", 0, "a"), post("3", 130, "of another hour"), post("6", 130, "new"));

        Path output = files.combine(2);

        assertThat(ids(output))
                .containsExactly("2026-11-20T00 1", "2026-11-20T00 2", "2026-11-20T01 3", "2026-11-20T02 6");
        assertThat(json(output, "report.json").path("duplicates_by_id").asInt()).isEqualTo(2);
        assertThat(referred(output)).containsExactly("2026-11-20T00", "2026-11-20T01");
    }

    @Test
    void withoutNewFilesNothingIsWritten() throws IOException {
        Path output = files.combine(2);
        Path third = files.combine(3);

        assertThat(ids(third)).isEqualTo(ids(output)).isEqualTo(ids(files.output(1)));
        assertThat(output.resolve("posts")).doesNotExist();
        assertThat(written(third)).isEmpty();
        // It names the folders themselves, not the run in between.
        assertThat(texts(json(third, "_references.json").path("references")))
                .allMatch(folder -> folder.startsWith("file:" + files.output(1)));
    }

    @Test
    void onlyNewFilesWithDuplicatesWriteNothing() throws IOException {
        files.file("copy.json", post("1", 0, "a"), post("2", 30, "b"));

        Path output = files.combine(2);

        assertThat(written(output)).isEmpty();
        assertThat(ids(output)).isEqualTo(ids(files.output(1)));
    }

    @Test
    void readsEverythingAgainIfAFileHasChangedOrGone() throws IOException {
        files.touch("00.json");
        assertThat(referred(files.combine(2))).isEmpty();

        Files.delete(files.posts().resolve("01.json"));
        assertThat(ids(files.combine(3))).containsExactly("2026-11-20T00 1", "2026-11-20T00 2");
    }

    @Test
    void readsEverythingAgainWithOtherColumns() throws IOException {
        assertThat(referred(files.combine(2, "--text-column", "data.text"))).isEmpty();
        assertThat(referred(files.combine(
                        3,
                        "--text-column",
                        "data.id",
                        "--combined",
                        files.output(2).toString())))
                .isEmpty();
    }

    @Test
    void doesNotGoOnFromUnfinishedOrDamagedOutputs() throws IOException {
        Files.delete(files.output(1).resolve("manifest.json"));
        assertThat(referred(files.combine(2))).isEmpty();
        deleteHour(2);
        assertThat(referred(files.combine(3))).isEmpty();
        assertThat(ids(files.output(3))).hasSize(3);

        assertThatThrownBy(() -> files.combine(4, "--combined", files.output(2).toString()))
                .isInstanceOf(UserFault.class)
                .hasMessage("--combined: hours of " + files.output(2)
                        + " have been deleted or changed. Choose another output of the step 'combine', or none.");
    }

    private void deleteHour(int run) throws IOException {
        Path hour = files.output(run).resolve("posts/hour=2026-11-20T00");
        for (String name : hour.toFile().list()) {
            Files.delete(hour.resolve(name));
        }
        Files.delete(hour);
    }

    @Test
    void postsOfAnotherDirectoryAreCombinedOnlyOnRequest() throws IOException {
        files.file("later/02.json", post("4", 120, "d"));
        String later = files.posts().resolve("later").toString();

        assertThat(ids(files.combineFrom(later, 2))).containsExactly("2026-11-20T02 4");
        Path both = files.combineFrom(later, 3, "--combined", files.output(1).toString());
        assertThat(ids(both)).hasSize(4);
        assertThat(referred(both)).containsExactly("2026-11-20T00", "2026-11-20T01");
    }

    /** The runner passes a link whose name changes with the content. */
    @Test
    void aLinkToTheSameDirectoryIsTheSameSource() throws IOException {
        files.file("02.json", post("4", 120, "d"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), files.posts());

        assertThat(written(files.combineFrom(link.toString(), 2))).containsExactly("2026-11-20T02");
    }

    @Test
    void aDatasetWithAMissingHourIsRefused() throws IOException {
        deleteHour(1);

        assertThatThrownBy(() -> ids(files.output(1)))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith(
                        "--posts: an hour of " + files.output(1) + " has been deleted. Run the step 'combine' again.");
    }
}
