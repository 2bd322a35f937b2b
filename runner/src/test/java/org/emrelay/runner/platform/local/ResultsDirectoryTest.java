package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emrelay.runner.plan.FileHashes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsDirectoryTest {
    private static final String REMEDY =
            " Move them away, pass another directory with --to, or pass --overwrite-results.";

    @TempDir
    private Path temporary;

    private Path directory;
    private ResultsDirectory results;

    @BeforeEach
    void open() throws IOException {
        directory = temporary.toRealPath().resolve("results");
        results = directory(false);
    }

    private ResultsDirectory directory(boolean overwrite) {
        return new ResultsDirectory(directory, overwrite, ResultsDirectoryTest::contents);
    }

    /** The content itself is the hash. */
    private static FileHashes contents(List<Path> files) {
        Map<Path, String> hashes = new HashMap<>();
        for (Path file : files) {
            try {
                hashes.put(file, Files.readString(file));
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }
        return new FileHashes(hashes);
    }

    private void fetch(ResultsDirectory into, Map<String, String> files) throws IOException {
        into.replace("words", "s3://b/words", target -> {
            for (Map.Entry<String, String> file : files.entrySet()) {
                write(target.resolve(file.getKey()), file.getValue());
            }
        });
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private SortedMap<String, String> files() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), Files.readString(file));
            }
        }
        assertThat(files.remove(".emrelay-results.json")).isNotNull();
        return files;
    }

    @Test
    void replacesWhatItFetchedAndKeepsAllElse() throws IOException {
        write(directory.resolve("notes.txt"), "mine");
        write(directory.resolve("words/notes.txt"), "mine");
        fetch(results, Map.of("a/1", "old", "a/2", "old", "b/1", "old", "_SUCCESS", ""));
        write(directory.resolve("words/a/notes.txt"), "mine");

        results.check(List.of("words"));
        fetch(results, Map.of("a/1", "new", "_SUCCESS", "", "c", "new"));

        assertThat(files())
                .isEqualTo(Map.of(
                        "notes.txt", "mine",
                        "words/notes.txt", "mine",
                        "words/a/notes.txt", "mine",
                        "words/a/1", "new",
                        "words/c", "new",
                        "words/_SUCCESS", ""));
        assertThat(directory.resolve("words/b")).doesNotExist();
    }

    @Test
    void refusesToReplaceAFileThatItDidNotFetch() throws IOException {
        write(directory.resolve("words/_SUCCESS"), "mine");
        write(directory.resolve("words/index.html"), "mine");

        assertThatThrownBy(() -> results.check(List.of("words")))
                .hasMessage("The results would overwrite 1 file in " + directory
                        + ": words/_SUCCESS (not created by Emrelay)." + REMEDY);
        assertThatThrownBy(() -> fetch(results, Map.of("index.html", "new", "_SUCCESS", "")))
                .hasMessage("The results would overwrite 2 files in " + directory
                        + ": words/_SUCCESS (not created by Emrelay), words/index.html (not created by Emrelay)."
                        + " The output is kept: s3://b/words." + REMEDY);
        assertThat(directory.resolve("words/index.html")).hasContent("mine");
        assertThat(directory.toFile().list()).containsExactly("words");

        directory(true).check(List.of("words"));
        fetch(directory(true), Map.of("index.html", "new", "_SUCCESS", ""));
        assertThat(files()).isEqualTo(Map.of("words/index.html", "new", "words/_SUCCESS", ""));
    }

    @Test
    void refusesToReplaceAFetchedFileThatWasEdited() throws IOException {
        fetch(results, Map.of("a", "1", "b", "1", "c", "1", "d", "1", "e", "1"));
        for (String name : List.of("a", "b", "c", "d")) {
            write(directory.resolve("words").resolve(name), "edited");
        }
        Files.delete(directory.resolve("words/e"));

        assertThatThrownBy(() -> results.check(List.of("words")))
                .hasMessage("The results would overwrite 4 files in " + directory
                        + ": words/a (edited since it was fetched), words/b (edited since it was fetched),"
                        + " words/c (edited since it was fetched) and 1 more." + REMEDY);
        results.check(List.of("counts"));
    }

    @Test
    void keepsAStaleFileThatWasEditedDuringTheRun() throws IOException {
        fetch(results, Map.of("a", "1"));
        write(directory.resolve("words/a"), "edited");

        fetch(results, Map.of("b", "2"));

        assertThat(files()).isEqualTo(Map.of("words/a", "edited", "words/b", "2"));
    }

    @Test
    void anEqualFileOfAnOlderVersionBecomesOurs() throws IOException {
        write(directory.resolve("words/a"), "1");

        fetch(results, Map.of("a", "1"));
        fetch(results, Map.of("a", "2"));

        assertThat(files()).isEqualTo(Map.of("words/a", "2"));
    }

    @Test
    void refusesAFileOrLinkInPlaceOfADirectory() throws IOException {
        Path elsewhere = temporary.resolve("elsewhere");
        write(elsewhere.resolve("part/1"), "mine");
        Files.createDirectories(directory);
        Files.createSymbolicLink(directory.resolve("words"), elsewhere);

        assertThatThrownBy(() -> results.check(List.of("words")))
                .hasMessageContaining(": words (not created by Emrelay).");
        assertThatThrownBy(() -> fetch(results, Map.of("part/1", "new")))
                .hasMessageContaining(": words (not created by Emrelay). The output is kept: s3://b/words.");
        fetch(directory(true), Map.of("part/1", "new"));

        assertThat(elsewhere.resolve("part/1")).hasContent("mine");
        assertThat(files()).isEqualTo(Map.of("words/part/1", "new"));
    }

    @Test
    void afterACrashPreviousAndNewFilesAreOurs() throws IOException {
        fetch(results, Map.of("a", "1", "b", "1"));
        new ResultsMarker(Map.of("words/a", java.util.Set.of("1", "2"), "words/b", java.util.Set.of("1")))
                .write(directory);
        write(directory.resolve("words/a"), "2");
        write(directory.resolve(".emrelay-words/b"), "2");

        results.check(List.of("words"));
        fetch(results, Map.of("a", "3"));

        assertThat(files()).isEqualTo(Map.of("words/a", "3"));
    }

    @Test
    void aMarkerThatWasEditedMakesNothingOurs() throws IOException {
        fetch(results, Map.of("_SUCCESS", "1"));
        for (String text :
                List.of("", "{}", "{\"files\": {\"words/_SUCCESS\": 1}}", "{\"files\": {\"../x\": [\"1\"]}}")) {
            write(directory.resolve(".emrelay-results.json"), text);
            assertThatThrownBy(() -> results.check(List.of("words")))
                    .as(text)
                    .hasMessageContaining("words/_SUCCESS (not created by Emrelay)");
        }
    }

    @Test
    void aFailedDownloadKeepsTheEarlierResults() throws IOException {
        fetch(results, Map.of("a", "1"));

        assertThatThrownBy(() -> results.replace("words", "s3://b/words", target -> {
                    write(target.resolve("a"), "2");
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");

        assertThat(files()).isEqualTo(Map.of("words/a", "1"));
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("words", ".emrelay-results.json");
    }

    @Test
    void refusesADirectoryThatCannotBeWritten() throws IOException {
        write(temporary.resolve("results"), "a file");

        assertThatThrownBy(() -> results.check(List.of("words")))
                .hasMessage(directory + " is not a directory. Pass another directory for the results with --to.");
    }

    /** Root may write anywhere: then this is skipped. */
    @Test
    void refusesADirectoryThatIsNotWritable() throws IOException {
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeThat(Files.isWritable(directory)).isFalse();

        assertThatThrownBy(() -> results.check(List.of("words")))
                .isInstanceOf(ResultsRefusedException.class)
                .hasMessage(directory + " is not writable. Pass another directory for the results with --to.");
    }
}
