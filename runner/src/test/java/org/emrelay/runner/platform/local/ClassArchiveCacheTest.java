package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveCacheTest {
    private Path directory;
    private ClassArchiveCache cache;

    @BeforeEach
    void openCache(@TempDir Path temporary) {
        directory = temporary.resolve("ca che/emrelay");
        cache = new ClassArchiveCache(directory);
    }

    @Test
    void isBelowTheCacheOrHomeDirectoryOfTheUser() throws Exception {
        String home = directory.toString();
        createIn(Map.of("HOME", home));
        assertThat(names(directory.resolve(".cache/emrelay"))).containsExactly("a-8.jsa");
        createIn(Map.of("HOME", "/nowhere", "XDG_CACHE_HOME", home));
        assertThat(names(directory.resolve("emrelay"))).containsExactly("a-8.jsa");
        createIn(Map.of("HOME", home + "/2", "XDG_CACHE_HOME", "relative"));
        assertThat(names(directory.resolve("2/.cache/emrelay"))).containsExactly("a-8.jsa");
        assertThat(ClassArchiveCache.of(Map.of())).isEmpty();
    }

    private void createIn(Map<String, String> environment) throws Exception {
        create(ClassArchiveCache.of(environment).orElseThrow(), "echo classes > archive");
    }

    @Test
    void createsAnArchive() throws Exception {
        assertThat(cache.find("a")).isEmpty();
        create(cache, "echo classes > archive");
        assertThat(cache.find("a")).contains(directory.resolve("a-8.jsa"));
        assertThat(cache.find("b")).isEmpty();
        assertThat(names(directory)).containsExactly("a-8.jsa");
    }

    @Test
    void passesTheInputToTheCommand() throws Exception {
        Process process = cache.createInBackground("a", attempt -> {
                    Files.writeString(attempt.resolve("input"), "line\n");
                    return shell("read line; echo $line > archive");
                })
                .orElseThrow();
        await(process);
        assertThat(directory.resolve("a-5.jsa")).hasContent("line");
    }

    @Test
    void createsAnArchiveOnlyOnceAtATime() throws Exception {
        Process first = start(cache, "read line < go; echo classes > archive", "go");
        assertThat(cache.createInBackground("a", attempt -> shell("echo other > archive")))
                .isEmpty();
        Files.writeString(directory.resolve("a.attempt/go"), "\n");
        await(first);
        assertThat(names(directory)).containsExactly("a-8.jsa");
    }

    @Test
    void survivesInterruptAndHangup() throws Exception {
        Process process = start(cache, "read line < go; echo classes > archive", "go");
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        process.descendants().forEach(all::add);
        for (ProcessHandle handle : all) {
            for (String signal : List.of("-INT", "-HUP")) {
                new ProcessBuilder("kill", signal, String.valueOf(handle.pid()))
                        .start()
                        .waitFor();
            }
        }
        Files.writeString(directory.resolve("a.attempt/go"), "\n");
        await(process);
        assertThat(names(directory)).containsExactly("a-8.jsa");
    }

    @Test
    void retriesAFailedAttemptAfterADay() throws Exception {
        create(cache, "echo part > archive; echo no memory; exit 1");
        assertThat(names(directory)).containsExactly("a.attempt");
        assertThat(directory.resolve("a.attempt/archive")).doesNotExist();
        assertThat(directory.resolve("a.attempt/log")).hasContent("no memory");
        assertThat(cache.createInBackground("a", attempt -> shell("echo classes > archive")))
                .isEmpty();

        Files.setLastModifiedTime(directory.resolve("a.attempt"), hoursAgo(25));
        create(cache, "echo classes > archive");
        assertThat(names(directory)).containsExactly("a-8.jsa");
    }

    @Test
    void needsANonEmptyArchive() throws Exception {
        create(cache, ": > archive");
        assertThat(names(directory)).containsExactly("a.attempt");
    }

    @Test
    void deletesAnArchiveThatIsTruncated() throws Exception {
        create(cache, "echo classes > archive");
        Files.writeString(directory.resolve("a-8.jsa"), "cl");
        assertThat(cache.find("a")).isEmpty();
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void deletesTheArchivesNotUsedForTheLongestTime() throws Exception {
        Files.createDirectories(directory);
        for (int i = 1; i <= 5; i++) {
            Path file = directory.resolve("old-" + i + ".jsa");
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(120_000_000);
            }
            FileTime created = hoursAgo(i);
            Files.getFileAttributeView(file, BasicFileAttributeView.class)
                    .setTimes(created, i == 5 ? hoursAgo(0) : created, created);
        }
        create(cache, "echo classes > archive");
        assertThat(names(directory)).containsExactly("a-8.jsa", "old-1.jsa", "old-2.jsa", "old-5.jsa");
    }

    @Test
    void doesNothingInAReadOnlyCache() {
        assertThat(new ClassArchiveCache(Path.of("/dev/null/emrelay"))
                        .createInBackground("a", attempt -> shell("exit 1")))
                .isEmpty();
    }

    private static void create(ClassArchiveCache cache, String script) throws Exception {
        await(start(cache, script));
    }

    /** @param fifos names of FIFOs that the script reads from */
    private static Process start(ClassArchiveCache cache, String script, String... fifos) {
        return cache.createInBackground("a", attempt -> {
                    for (String fifo : fifos) {
                        run("mkfifo", attempt.resolve(fifo).toString());
                    }
                    return shell(script);
                })
                .orElseThrow();
    }

    private static void run(String... command) throws IOException {
        try {
            assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
        } catch (InterruptedException exception) {
            throw new IOException(exception);
        }
    }

    private static List<String> shell(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    private static void await(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static FileTime hoursAgo(int hours) {
        return FileTime.from(Instant.now().minus(Duration.ofHours(hours)));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
