package org.emrelay.runner.stream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.emrelay.runner.model.StreamSource.Replay;
import org.emrelay.runner.stream.CorruptStreamException;
import org.emrelay.runner.stream.Position;
import org.emrelay.runner.stream.Post;
import org.emrelay.runner.stream.SourceLosses;
import org.emrelay.runner.stream.StreamException;
import org.emrelay.runner.stream.TickingClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplaySourceTest {
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final String REPAIR = " Replace it with a complete copy, and start the stream again: it continues"
            + " after the last post that it has read.";

    private final TickingClock clock = new TickingClock("2026-12-01T10:00:00Z");

    @TempDir
    Path directory;

    private ReplaySource source(Path path, @Nullable Position position) {
        return new ReplaySource(new Replay(path, null), position, clock, clock);
    }

    private static List<Post> read(ReplaySource source) throws InterruptedException {
        List<Post> posts = new ArrayList<>();
        Optional<Post> post = source.read(WAIT);
        while (post.isPresent()) {
            posts.add(post.get());
            post = source.read(WAIT);
        }
        assertThat(source.isExhausted()).isTrue();
        return posts;
    }

    private List<String> lines(Path path, @Nullable Position position) throws InterruptedException {
        try (ReplaySource source = source(path, position)) {
            return read(source).stream()
                    .map(post -> new String(post.line(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path gzip(String name, String... members) throws IOException {
        Path file = directory.resolve(name);
        for (String member : members) {
            try (OutputStream stream = new GZIPOutputStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
                stream.write(member.getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    @Test
    void readsFilesInTheOrderOfTheirPaths() throws IOException, InterruptedException {
        write("b/10.json", "{\"n\":3}\n");
        write("b/2.json", "{\"n\":4}");
        gzip("a.json.gz", "{\"n\":1}\n", "{\"n\":2}\n");
        write("c.json", "");
        write("d", "{\"n\":5}\n");

        assertThat(lines(directory, null))
                .containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}", "{\"n\":5}");
    }

    @Test
    void readsASingleFile() throws IOException, InterruptedException {
        assertThat(lines(write("a.json", "{\"ü\":1}\n{\"n\":2}\n"), null)).containsExactly("{\"ü\":1}", "{\"n\":2}");
    }

    /** What Spark and this runner's sinks hide. */
    @Test
    void leavesOutHiddenAndUnfinishedFiles() throws IOException, InterruptedException {
        write("a.json", "{}\n");
        write(".a.json", "{}\n");
        write("_SUCCESS", "{}\n");
        write("b.json.part", "{}\n");
        write(".git/c.json", "{}\n");
        write("_temporary/0/d.json", "{}\n");

        assertThat(lines(directory, null)).hasSize(1);
    }

    @Test
    void aHiddenDirectoryThatIsGivenIsRead() throws IOException, InterruptedException {
        write(".archive/a.json", "{}\n");

        assertThat(lines(directory.resolve(".archive"), null)).hasSize(1);
    }

    @Test
    void dropsLinesThatAreNoObjectsAndCountsThem() throws IOException, InterruptedException {
        Path file = write("a.json", "id,text\r\n\n  {\"n\":1} \r\n[1]\n{\"n\":2\n\t\n{\"n\":3}\n{");
        try (ReplaySource source = source(file, null)) {
            assertThat(read(source))
                    .extracting(post -> new String(post.line(), StandardCharsets.UTF_8))
                    .containsExactly("{\"n\":1}", "{\"n\":3}");
            assertThat(source.losses().malformed()).isEqualTo(4);
            assertThat(source.status().state()).isEqualTo("exhausted");
        }
    }

    /** Otherwise a restart would count the lines after the last post twice. */
    @Test
    void malformedLinesCountWithTheNextPost() throws IOException, InterruptedException {
        Path file = write("a.json", "{\"n\":1}\n[]\n{\"n\":2}\n");
        try (ReplaySource source = new ReplaySource(new Replay(file, 1.0), null, clock, clock)) {
            source.read(WAIT);
            assertThat(source.read(WAIT)).isEmpty();
            assertThat(source.losses()).isEqualTo(SourceLosses.NONE);

            assertThat(source.read(Duration.ofSeconds(1))).isPresent();
            assertThat(source.losses()).isEqualTo(new SourceLosses(Duration.ZERO, 0, 1));
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfThePost() throws IOException, InterruptedException {
        assertThat(lines(write("a.json", "\ufeff{\"n\":1}\n"), null)).containsExactly("{\"n\":1}");
    }

    @Test
    void longLinesAreReadWholeAndEndlessOnesDropped() throws IOException, InterruptedException {
        String text = "é".repeat(100_000);
        Path file = write(
                "a.json",
                "{\"text\":\"" + text + "\"}\n{\"text\":\"" + "a".repeat(LineReader.MAX_LINE) + "\"}\n{\"n\":3}\n");

        assertThat(lines(file, null)).containsExactly("{\"text\":\"" + text + "\"}", "{\"n\":3}");
    }

    @Test
    void continuesExactlyAtEachPosition() throws IOException, InterruptedException {
        write("a.json", "{\"n\":1}\nnone\n{\"n\":2}\n");
        gzip("b.json.gz", "{\"n\":3}\n\n", "{\"n\":4}\n{\"n\":5}");
        write("c.json", "{\"n\":6}\r\n{\"n\":\"ü\"}");
        List<Post> all;
        try (ReplaySource source = source(directory, null)) {
            all = read(source);
        }
        assertThat(all)
                .extracting(post -> post.position().value())
                .containsExactly(
                        "8 a.json",
                        "21 a.json",
                        "8 b.json.gz",
                        "17 b.json.gz",
                        "24 b.json.gz",
                        "9 c.json",
                        "19 c.json");

        for (int i = 0; i < all.size(); i++) {
            try (ReplaySource source = source(directory, all.get(i).position())) {
                assertThat(read(source))
                        .extracting(Post::position)
                        .isEqualTo(all.subList(i + 1, all.size()).stream()
                                .map(Post::position)
                                .toList());
            }
        }
    }

    @Test
    void readsWhatWasAddedAfterThePosition() throws IOException, InterruptedException {
        write("a.json", "{\"n\":1}\n");
        write("a.json", "{\"n\":1}\n{\"n\":2}\n");
        write("b.json", "{\"n\":3}\n");

        assertThat(lines(directory, new Position("8 a.json"))).containsExactly("{\"n\":2}", "{\"n\":3}");
    }

    @Test
    void aFileOfThePositionThatIsGoneOrChangedIsReported() throws IOException {
        Path file = write("a.json", "{\"n\":1}\n{\"n\":2}\n");
        Path zipped = gzip("b.json.gz", "{\"n\":1}\n");

        assertFails(
                directory,
                "8 gone.json",
                directory.resolve("gone.json")
                        + " is missing, but the stream has read only a part of it. Restore it, or create the stream"
                        + " again with the remaining files.");
        for (int offset : new int[] {7, 9, 17, 1_000}) {
            assertFails(
                    directory,
                    offset + " a.json",
                    file + " has changed: the stream has read " + offset
                            + " bytes of it, but no line ends there now. Restore it, or create the stream again.");
        }
        assertFails(
                directory,
                "100 b.json.gz",
                zipped
                        + " has changed: the stream has read 100 bytes of it, but no line ends there now. Restore it,"
                        + " or create the stream again.");
    }

    private void assertFails(Path path, @Nullable String position, String message) {
        try (ReplaySource source = source(path, position == null ? null : new Position(position))) {
            assertThatThrownBy(() -> source.read(WAIT))
                    .isInstanceOf(StreamException.class)
                    .hasMessage(message);
        }
    }

    @Test
    void aPathWithoutPostsIsReported() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        Path gone = directory.resolve("gone");

        assertFails(gone, null, "Cannot replay " + gone + ": it does not exist.");
        assertFails(empty, null, "Cannot replay " + empty + ": it contains no files.");
        assertFails(Path.of("/dev/null"), null, "Cannot replay /dev/null: it is neither a file nor a directory.");
    }

    @Test
    void damagedGzipIsReported() throws IOException, InterruptedException {
        Path file = gzip("a.json.gz", "{\"n\":1}\n".repeat(100));
        byte[] content = Files.readAllBytes(file);
        byte[] otherByte = content.clone();
        otherByte[otherByte.length - 1]++;

        Files.write(file, Arrays.copyOf(content, content.length - 12));
        assertDamaged(file, " ends in the middle of its gzip data.");
        Files.write(file, Arrays.copyOf(content, 5));
        assertDamaged(file, " ends in the middle of its gzip data.");
        Files.write(file, otherByte);
        assertDamaged(file, " is a damaged gzip file (Corrupt GZIP trailer).");
    }

    /** The JDK ignores what follows a member if it does not begin with an intact header. */
    @Test
    void damageBetweenTwoGzipMembersIsReported() throws IOException, InterruptedException {
        Path file = gzip("a.json.gz", "{\"n\":1}\n");
        int first = (int) Files.size(file);
        byte[] content = Files.readAllBytes(gzip("a.json.gz", "{\"n\":2}\n"));

        for (int length : new int[] {1, 9, content.length - first - 1}) {
            Files.write(file, Arrays.copyOf(content, first + length));
            assertThatThrownBy(() -> lines(file, null))
                    .as("%d bytes of the second member", length)
                    .isInstanceOf(StreamException.class);
        }
        byte[] damaged = content.clone();
        damaged[first] = 'x';
        Files.write(file, damaged);
        assertDamaged(file, " is a damaged gzip file (not gzip data after its first part).");
        Files.write(file, content);
        assertThat(lines(file, null)).hasSize(2);
    }

    /** Damaged data may look like posts, and the position after them would skip the posts that they were. */
    @Test
    void aDamagedFileIsNotReadBeforeItIsRepaired() throws IOException, InterruptedException {
        Path intact = write("a.json", "{\"n\":1}\n");
        Path damaged = gzip("b.json.gz", "{\"n\":2}\n".repeat(100));
        byte[] content = Files.readAllBytes(damaged);
        content[content.length - 1]++;
        Files.write(damaged, content);

        try (ReplaySource source = source(directory, null)) {
            assertThat(source.read(WAIT).orElseThrow().position()).isEqualTo(new Position("8 " + intact.getFileName()));
            assertThatThrownBy(() -> source.read(WAIT)).isInstanceOf(StreamException.class);
        }
    }

    @Test
    void anInterruptEndsTheVerificationOfAFile() throws IOException {
        Path file = gzip("a.json.gz", "{\"n\":1}\n".repeat(100));
        try (ReplaySource source = source(file, null)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> source.read(WAIT)).isInstanceOf(InterruptedException.class);
            assertThat(source.status().state()).isEqualTo("verifying " + file);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void aFileThatWasDamagedAfterItsPositionIsReported() throws IOException {
        Path file = gzip("a.json.gz", "{\"n\":1}\n".repeat(100));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 15));

        assertFails(file, "80 ", file + " ends in the middle of its gzip data." + REPAIR);
    }

    private void assertDamaged(Path file, String problem) {
        try (ReplaySource source = source(file, null)) {
            assertThatThrownBy(() -> read(source))
                    .isInstanceOf(StreamException.class)
                    .hasMessage(file + problem + REPAIR);
        }
    }

    @Test
    void aPositionOfAnotherSourceIsReported() throws IOException {
        write("a.json", "{}\n");
        for (String position : new String[] {"17", "x a.json", "-1 a.json"}) {
            try (ReplaySource source = source(directory, new Position(position))) {
                assertThatThrownBy(() -> source.read(WAIT))
                        .isInstanceOf(CorruptStreamException.class)
                        .hasMessage(
                                "The position in the checkpoint is not valid for this source: \"" + position
                                        + "\". Restore the checkpoint from a backup, or delete it to start again as a new stream.");
            }
        }
    }

    @Test
    void replaysAtARate() throws IOException, InterruptedException {
        Path file = write("a.json", "{}\n".repeat(101));
        try (ReplaySource source = new ReplaySource(new Replay(file, 50.0), null, clock, clock)) {
            assertThat(read(source)).hasSize(101);
        }
        assertThat(clock.nanoTime()).isEqualTo(Duration.ofSeconds(2).toNanos());
    }
}
