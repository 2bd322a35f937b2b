package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppCdsArchivesTest {
    private static final String CREATING =
            "Creating an AppCDS archive of Spark's classes (once per Spark runtime, up to a minute).";
    private static final String WRITES_ARCHIVE = """
            #!/bin/sh
            for argument in "$@"; do
              case "$argument" in -XX:ArchiveClassesAtExit=*) echo classes > "${argument#*=}";; esac
            done
            """;

    private final List<String> notices = new ArrayList<>();
    private final List<String> pendingReasons = new ArrayList<>();
    private Path home;
    private Path cache;
    private SparkRuntime runtime;

    @BeforeEach
    void createRuntime(@TempDir Path directory) throws IOException {
        home = Files.createDirectories(directory.resolve("spark"));
        cache = directory.resolve("cache");
        Path jar = Files.writeString(home.resolve("step-process.jar"), "code");
        runtime = new SparkRuntime(directory.resolve("java"), List.of(jar), home);
        writeJava(WRITES_ARCHIVE);
    }

    @Test
    void createsAnArchiveOnceWithANotice() throws Exception {
        Path archive = archives().archive(runtime).orElseThrow();
        assertThat(archive).hasParent(home).hasContent("classes");
        assertThat(archives().archive(runtime)).contains(archive);
        assertThat(notices).containsExactly(CREATING);
        assertThat(pendingReasons).containsExactly("the AppCDS archive of Spark's classes is being created", "");
        assertThat(names(home)).containsExactly(archive.getFileName().toString(), "step-process.jar");
    }

    @Test
    void usesTheUserCacheIfTheRuntimeIsReadOnly() throws Exception {
        SparkRuntime elsewhere = new SparkRuntime(runtime.java(), runtime.jars(), home.resolve("gone"));
        Path archive = archives().archive(elsewhere).orElseThrow();
        assertThat(archive).hasParent(cache.resolve("emrelay"));
        assertThat(archives().archive(elsewhere)).contains(archive);
    }

    @Test
    void replacesTheArchiveWhenAJarChanges() throws Exception {
        Path old = archives().archive(runtime).orElseThrow();
        Files.setLastModifiedTime(runtime.stepProcess(), FileTime.from(Instant.EPOCH));
        Path current = archives().archive(runtime).orElseThrow();
        assertThat(current).exists().isNotEqualTo(old);
        assertThat(old).doesNotExist();
    }

    @Test
    void recreatesACorruptArchive() throws Exception {
        Path corrupt = archives().archive(runtime).orElseThrow();
        Files.writeString(corrupt, "cl");
        Path current = archives().archive(runtime).orElseThrow();
        assertThat(current).hasContent("classes");
        assertThat(names(home)).hasSize(2);
    }

    @Test
    void reportsAFailedTrainingAndDoesNotRetryIt() throws Exception {
        writeJava("#!/bin/sh\necho 'Exception in thread \"main\" java.lang.IllegalStateException: no' >&2\nexit 1\n");
        assertThat(archives().archive(runtime)).isEmpty();
        assertThat(archives().archive(runtime)).isEmpty();
        assertThat(notices)
                .containsExactly(
                        CREATING,
                        "Could not create an AppCDS archive of Spark's classes, steps start more slowly: the training step"
                                + " failed (exit code 1): java.lang.IllegalStateException: no.");
        assertThat(pendingReasons).endsWith("");
    }

    @Test
    void retriesAKilledTraining() throws Exception {
        writeJava("#!/bin/sh\nkill -9 $$\n");
        assertThat(archives().archive(runtime)).isEmpty();
        writeJava(WRITES_ARCHIVE);
        assertThat(archives().archive(runtime)).isPresent();
        assertThat(notices)
                .containsExactly(
                        CREATING,
                        "Could not create an AppCDS archive of Spark's classes, steps start more slowly: the training step"
                                + " was killed (exit code 137).",
                        CREATING);
    }

    @Test
    void doesNotRetryIfTheJvmWritesNoArchive() throws Exception {
        writeJava("#!/bin/sh\nexit 0\n");
        assertThat(archives().archive(runtime)).isEmpty();
        assertThat(archives().archive(runtime)).isEmpty();
        assertThat(notices)
                .containsExactly(
                        CREATING,
                        "Could not create an AppCDS archive of Spark's classes, steps start more slowly: the JVM wrote no archive.");
    }

    private AppCdsArchives archives() {
        return new AppCdsArchives(Map.of("XDG_CACHE_HOME", cache.toString()), notices::add, pendingReasons::add);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Replaces the JVM by a script. */
    private void writeJava(String script) throws IOException {
        Files.writeString(runtime.java(), script);
        Files.setPosixFilePermissions(runtime.java(), PosixFilePermissions.fromString("rwx------"));
    }
}
