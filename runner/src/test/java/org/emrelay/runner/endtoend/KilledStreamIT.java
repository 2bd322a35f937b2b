package org.emrelay.runner.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends streams with {@code kill -9}, Ctrl-C and {@code stop_stream}. */
class KilledStreamIT {
    private static final int POSTS = 50_000;
    private static final Pattern READ = Pattern.compile("\"read\" : (\\d+)");
    private static final Pattern ID = Pattern.compile("\"id\":\"(\\d+)\"");

    @TempDir
    private Path temporary;

    @Test
    void killsNeitherLosePostsNorRepeatThem() throws Exception {
        try (TestProject project = new TestProject(temporary)) {
            write(project, "{ \"type\": \"synthetic\", \"posts\": " + POSTS + ", \"rate\": 20000 }");
            for (int kill = 1; kill <= 3; kill++) {
                RunnerProcess process = project.start("-a", "start_stream");
                awaitRead(project, kill * 10_000);
                process.kill();
            }
            assertThat(status(project)).contains("  ended    not by itself: its process was killed");
            RunnerProcess interrupted = project.start("-a", "start_stream");
            awaitRead(project, 40_000);
            interrupted.interrupt();
            interrupted.awaitExit().expectExitCode(130);

            ProcessResult last = project.run("-a", "start_stream").expectExitCode(0);

            assertThat(last.out()).startsWith("Stream demo reached the end of its source: read ");
            assertThat(ids(project)).hasSize(POSTS).doesNotHaveDuplicates();
        }
    }

    @Test
    void anotherCommandStopsAStreamAndSoDoesCtrlC() throws Exception {
        try (TestProject project = new TestProject(temporary)) {
            write(project, "{ \"type\": \"synthetic\", \"rate\": 1000 }");
            RunnerProcess stream = project.start("-a", "start_stream");
            awaitRead(project, 1);

            ProcessResult second = project.run("-a", "start_stream").expectExitCode(5);
            ProcessResult stopped = project.run("-a", "stop_stream").expectExitCode(0);

            assertThat(second.err()).startsWith("Stream demo is already running as process " + stream.pid());
            assertThat(stopped.out()).startsWith("Stream demo: stopped; ").contains("Z, by stop_stream\n");
            assertThat(stream.awaitExit().expectExitCode(0).out()).startsWith("Stream demo stopped: read ");
            int before = read(project);
            RunnerProcess interrupted = project.start("-a", "start_stream");
            awaitRead(project, before + 1);
            interrupted.interrupt();
            interrupted.awaitExit().expectExitCode(130);
            assertThat(status(project)).contains("Z, by Ctrl-C or SIGTERM\n");
        }
    }

    private static String status(TestProject project) throws Exception {
        return project.run("-a", "stream_status").expectExitCode(0).out();
    }

    private static void write(TestProject project, String source) throws IOException {
        Files.writeString(
                project.directory().resolve("stream.json"), "{ \"name\": \"demo\", \"source\": " + source + " }");
    }

    private static void awaitRead(TestProject project, int posts) throws Exception {
        TestProject.await(posts + " posts", () -> read(project) >= posts);
    }

    private static int read(TestProject project) throws IOException {
        Path checkpoint = project.workspace().resolve("streams/demo/checkpoint.json");
        Matcher read = READ.matcher(Files.exists(checkpoint) ? Files.readString(checkpoint) : "");
        return read.find() ? Integer.parseInt(read.group(1)) : 0;
    }

    private static List<String> ids(TestProject project) throws IOException {
        try (Stream<Path> files = Files.walk(project.workspace().resolve("streams/demo/posts"))) {
            return files.filter(Files::isRegularFile)
                    .flatMap(KilledStreamIT::lines)
                    .map(line -> {
                        Matcher id = ID.matcher(line);
                        assertThat(id.find()).as(line).isTrue();
                        return id.group(1);
                    })
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try (GZIPInputStream stream = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(stream.readAllBytes(), UTF_8).lines();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
