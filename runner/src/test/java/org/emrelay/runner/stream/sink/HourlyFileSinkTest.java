package org.emrelay.runner.stream.sink;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.emrelay.runner.model.StreamDefinition.Compression;
import org.emrelay.runner.model.StreamDefinition.Sink;
import org.emrelay.runner.platform.file.FileTree;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;
import org.emrelay.runner.stream.SinkState;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.TickingClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class HourlyFileSinkTest {
    private final TickingClock clock = new TickingClock("2026-12-01T10:58:00Z");
    private final Random random = new Random(1);

    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("posts");
    }

    private static Sink settings(Compression compression) {
        return new Sink(null, null, "", "", 100, Duration.ofMinutes(5), compression);
    }

    private HourlyFileSink sink() {
        return new HourlyFileSink("launches", directory(), settings(Compression.GZIP), clock, random);
    }

    private static SinkState write(HourlyFileSink sink, String... lines) {
        return sink.write(Arrays.stream(lines)
                .map(line -> new Post(line.getBytes(StandardCharsets.UTF_8), new Position("1")))
                .toList());
    }

    /** Path → posts. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(directory())) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(directory().relativize(file).toString(), posts(file));
            }
        }
        return files;
    }

    private static String posts(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (file.toString().contains(".gz") && content.length > 0) {
            try (GZIPInputStream stream = new GZIPInputStream(Files.newInputStream(file))) {
                content = stream.readAllBytes();
            }
        }
        return new String(content, StandardCharsets.UTF_8).lines().collect(joining(" "));
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> tree = Files.walk(directory())) {
            return tree.filter(Files::isRegularFile).reduce((one, other) -> one).orElseThrow();
        }
    }

    @Test
    void batchesOfAnHourAreOneFileThatIsHiddenUntilTheEnd() throws IOException {
        try (HourlyFileSink sink = sink()) {
            sink.open(SinkState.NONE);
            write(sink, "1", "2");
            write(sink, "3");
            assertThat(files()).containsExactly(Map.entry(".launches-20261201T105800-bb1ad5-1.json.gz.part", "1 2 3"));

            sink.finish();
        }
        assertThat(files())
                .containsExactly(Map.entry("2026/12/01/10/launches-20261201T105800-bb1ad5-1.json.gz", "1 2 3"));
    }

    @Test
    void anUncompressedFileHasNoSuffixOfGzip() throws IOException {
        try (HourlyFileSink sink =
                new HourlyFileSink("launches", directory(), settings(Compression.NONE), clock, random)) {
            sink.open(SinkState.NONE);
            write(sink, "1", "2");
            sink.finish();
        }
        assertThat(files()).containsExactly(Map.entry("2026/12/01/10/launches-20261201T105800-bb1ad5-1.json", "1 2"));
        assertThat(onlyFile()).hasContent("1\n2\n");
    }

    @Test
    void anHourEndsAFile() throws IOException {
        try (HourlyFileSink sink = sink()) {
            sink.open(SinkState.NONE);
            write(sink, "1");
            clock.advance(Duration.ofSeconds(119));
            write(sink, "2");
            clock.advance(Duration.ofSeconds(1));
            write(sink, "3");
            sink.finish();
        }
        assertThat(files())
                .containsExactly(
                        Map.entry("2026/12/01/10/launches-20261201T105800-bb1ad5-1.json.gz", "1 2"),
                        Map.entry("2026/12/01/11/launches-20261201T110000-bb1ad5-2.json.gz", "3"));
    }

    @Test
    void aFileBecomesVisibleByItsAgeAlsoWithoutNewPosts() throws IOException {
        clock.advance(Duration.ofMinutes(10));
        try (HourlyFileSink sink = sink()) {
            sink.open(SinkState.NONE);
            write(sink, "1");
            clock.advance(Duration.ofMinutes(5).minusMillis(1));
            assertThat(sink.publishDue()).isEmpty();
            clock.advance(Duration.ofMillis(1));

            assertThat(sink.publishDue()).contains(new SinkState("{\"id\":\"bb1ad5\",\"files\":1}"));
            assertThat(sink.publishDue()).isEmpty();
        }
        assertThat(files()).containsExactly(Map.entry("2026/12/01/11/launches-20261201T110800-bb1ad5-1.json.gz", "1"));
    }

    @Test
    void aFileBecomesVisibleByItsSizeBeforeCompression() throws IOException {
        try (HourlyFileSink sink = sink()) {
            sink.open(SinkState.NONE);
            write(sink, "a".repeat(98));
            assertThat(sink.publishDue()).isEmpty();
            write(sink, "b");
            assertThat(sink.publishDue()).isPresent();
        }
    }

    /** Each file has a number of its own. */
    @Test
    void aClockThatJumpsBackOverwritesNothing() throws IOException {
        try (HourlyFileSink sink = sink()) {
            sink.open(SinkState.NONE);
            write(sink, "1");
            clock.jump(Duration.ofMinutes(-58));
            write(sink, "2");
            clock.jump(Duration.ofMinutes(58));
            write(sink, "3");
            sink.finish();
        }
        assertThat(files())
                .containsExactly(
                        Map.entry("2026/12/01/10/launches-20261201T100000-bb1ad5-2.json.gz", "2"),
                        Map.entry("2026/12/01/10/launches-20261201T105800-bb1ad5-1.json.gz", "1"),
                        Map.entry("2026/12/01/10/launches-20261201T105800-bb1ad5-3.json.gz", "3"));
    }

    @Test
    void aTornPartIsCutToTheCheckpoint() throws IOException {
        SinkState saved;
        long size;
        try (HourlyFileSink sink = sink()) {
            sink.open(SinkState.NONE);
            write(sink, "1");
            saved = write(sink, "2");
            size = Files.size(onlyFile());
            write(sink, random.ints(200).boxed().map(String::valueOf).collect(joining(",")));
        }
        Path part = onlyFile();
        byte[] content = Files.readAllBytes(part);
        Files.write(part, Arrays.copyOf(content, content.length - 5));

        try (HourlyFileSink sink = sink()) {
            assertThat(sink.open(saved)).isEqualTo(saved);
            assertThat(part).hasSize(size);
            write(sink, "3");
            sink.finish();
        }
        assertThat(files())
                .containsExactly(Map.entry("2026/12/01/10/launches-20261201T105800-bb1ad5-1.json.gz", "1 2 3"));
    }

    @Test
    void partsThatNoCheckpointCoversAreDeleted() throws IOException {
        SinkState saved;
        try (HourlyFileSink sink = sink()) {
            saved = sink.open(SinkState.NONE);
            write(sink, "lost");
        }
        try (HourlyFileSink sink = sink()) {
            sink.open(saved);
            assertThat(files()).isEmpty();
            write(sink, "1");
            sink.finish();
        }
        assertThat(files()).containsExactly(Map.entry("2026/12/01/10/launches-20261201T105800-bb1ad5-1.json.gz", "1"));
    }

    @Test
    void aCrashAfterTheRenameRepeatsNothing() throws IOException {
        SinkState saved;
        try (HourlyFileSink sink = sink()) {
            sink.open(SinkState.NONE);
            saved = write(sink, "1");
            clock.advance(Duration.ofHours(1));
            write(sink, "lost");
        }
        try (HourlyFileSink sink = sink()) {
            assertThat(sink.open(saved)).isEqualTo(new SinkState("{\"id\":\"bb1ad5\",\"files\":1}"));
            write(sink, "2");
            sink.finish();
        }
        assertThat(files())
                .containsExactly(
                        Map.entry("2026/12/01/10/launches-20261201T105800-bb1ad5-1.json.gz", "1"),
                        Map.entry("2026/12/01/11/launches-20261201T115800-bb1ad5-2.json.gz", "2"));
    }

    @Test
    void filesOfOthersAreLeftAlone() throws IOException {
        Files.createDirectories(directory().resolve("2026"));
        for (String name : new String[] {
            "notes.txt",
            ".hidden",
            "2026/launches-20261201T105800-bb1ad5-1.json",
            ".launches-20261201T105800-ffffff-1.json.gz.part",
            ".launches-2-20261201T105800-bb1ad5-1.json.part",
            ".x.part"
        }) {
            Files.createFile(directory().resolve(name));
        }
        Map<String, String> before = files();
        SinkState saved = new SinkState("{\"id\":\"bb1ad5\",\"files\":0}");
        try (HourlyFileSink sink = sink()) {
            sink.open(saved);
            write(sink, "lost");
        }

        try (HourlyFileSink sink = sink()) {
            sink.open(saved);
        }

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void twoStreamsWriteToTheSameDirectory() throws IOException {
        try (HourlyFileSink one = sink();
                HourlyFileSink other =
                        new HourlyFileSink("launches-2", directory(), settings(Compression.GZIP), clock, random)) {
            one.open(SinkState.NONE);
            write(one, "1");
            other.open(SinkState.NONE);
            write(other, "2");
            one.finish();
            other.finish();
        }
        assertThat(files().values()).containsExactlyInAnyOrder("1", "2");
    }

    /** Its posts may exist nowhere else. */
    @Test
    void aNewStreamRefusesAnUnfinishedFileOfItsName() throws IOException {
        try (HourlyFileSink sink = sink()) {
            sink.open(SinkState.NONE);
            write(sink, "1");
        }

        assertThatThrownBy(() -> sink().open(SinkState.NONE))
                .isInstanceOf(StreamException.class)
                .hasMessage(onlyFile()
                        + " is an unfinished file of another stream with this name, or of this one before its checkpoint"
                        + " was deleted. Rename it to launches-20261201T105800-bb1ad5-1.json.gz to keep its posts, or delete"
                        + " it.");
    }

    @Test
    void aPartThatIsGoneIsReportedAndAnEmptyOneContinuesWithoutIt() throws IOException {
        SinkState saved;
        try (HourlyFileSink sink = sink()) {
            sink.open(SinkState.NONE);
            saved = write(sink, "1");
        }
        Path part = onlyFile();
        long size = Files.size(part);
        Files.delete(part);

        assertThatThrownBy(() -> sink().open(saved))
                .isInstanceOf(StreamException.class)
                .hasMessage(part + " is gone, with the " + size
                        + " bytes that the stream has written. Restore it, or create an empty file of this name to continue"
                        + " without these posts.");

        Files.write(part, new byte[3]);
        assertThatThrownBy(() -> sink().open(saved))
                .isInstanceOf(StreamException.class)
                .hasMessage(
                        part + " has only 3 of the " + size
                                + " bytes that the stream has written. Restore it, or empty it to continue without these posts.");

        Files.write(part, new byte[0]);
        try (HourlyFileSink sink = sink()) {
            sink.open(saved);
            write(sink, "2");
            sink.finish();
        }
        assertThat(files().values()).containsExactly("2");
    }

    @Test
    void aDirectoryThatIsDeletedMeanwhileIsReported() throws IOException {
        try (HourlyFileSink sink = sink()) {
            sink.open(SinkState.NONE);
            write(sink, "1");
            Path part = onlyFile();
            FileTree.delete(directory());

            assertThatThrownBy(() -> write(sink, "2"))
                    .isInstanceOf(StreamException.class)
                    .hasMessage(part
                            + " was deleted or replaced while the stream wrote to it. Restore it, or create an empty"
                            + " file of this name to continue without its posts, then start the stream again.");
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsReported() throws IOException {
        Files.createFile(directory());

        assertThatThrownBy(() -> sink().open(SinkState.NONE))
                .isInstanceOf(StreamException.class)
                .hasMessage("Cannot write to " + directory() + ": it is not a directory.");
    }

    /** Nothing of the batch counts; the next start cuts what was written. */
    @EnabledOnOs(OS.LINUX)
    @Test
    void aFullDiskIsReported() throws IOException {
        HourlyFileSink sink = new HourlyFileSink(
                "launches",
                directory(),
                settings(Compression.GZIP),
                clock,
                random,
                (path, options) -> FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE));
        sink.open(SinkState.NONE);

        assertThatThrownBy(() -> write(sink, "1"))
                .isInstanceOf(StreamException.class)
                .hasMessage("Cannot write to "
                        + directory().resolve(".launches-20261201T105800-bb1ad5-1.json.gz.part")
                        + ": No space left on device.");
        sink.close();
    }

    @Test
    void aFileThatExistsIsNotOverwritten() throws IOException {
        try (HourlyFileSink sink = sink()) {
            sink.open(SinkState.NONE);
            write(sink, "1");
            Path visible = directory().resolve("2026/12/01/10/launches-20261201T105800-bb1ad5-1.json.gz");
            Files.createDirectories(visible.getParent());
            Files.writeString(visible, "");

            assertThatThrownBy(sink::finish)
                    .isInstanceOf(StreamException.class)
                    .hasMessage(visible + " already exists. Move it away, then start the stream again.");
        }
    }
}
