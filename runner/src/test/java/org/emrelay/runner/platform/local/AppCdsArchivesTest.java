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
    private static final String PREPARING = "Preparing Spark for this machine: once, for up to a minute.";
    private static final String WRITES_ARCHIVE = """
            #!/bin/sh
            for word in "$@"; do
              case "$word" in -XX:ArchiveClassesAtExit=*) echo classes > "${word#*=}";; esac
            done
            """;

    private final List<String> notices = new ArrayList<>();
    private final List<String> busy = new ArrayList<>();
    private Path home;
    private Path cache;
    private SparkRuntime runtime;

    @BeforeEach
    void makeRuntime(@TempDir Path directory) throws IOException {
        home = Files.createDirectories(directory.resolve("spark"));
        cache = directory.resolve("cache");
        Path jar = Files.writeString(home.resolve("step-process.jar"), "code");
        runtime = new SparkRuntime(directory.resolve("java"), List.of(jar), home);
        java(WRITES_ARCHIVE);
    }

    @Test
    void anArchiveIsMadeOnceAndThatIsTold() throws Exception {
        Path archive = archives().of(runtime).orElseThrow();
        assertThat(archive).hasParent(home).hasContent("classes");
        assertThat(archives().of(runtime)).contains(archive);
        assertThat(notices).containsExactly(PREPARING);
        assertThat(busy).containsExactly("preparing Spark for this machine (once)", "");
        assertThat(names(home)).containsExactly(archive.getFileName().toString(), "step-process.jar");
    }

    @Test
    void besideARuntimeThatCannotBeWrittenToTheUsersCacheServes() throws Exception {
        SparkRuntime elsewhere = new SparkRuntime(runtime.java(), runtime.jars(), home.resolve("gone"));
        Path archive = archives().of(elsewhere).orElseThrow();
        assertThat(archive).hasParent(cache.resolve("emrelay"));
        assertThat(archives().of(elsewhere)).contains(archive);
    }

    @Test
    void aJarThatChangedMakesANewArchiveInPlaceOfTheOld() throws Exception {
        Path old = archives().of(runtime).orElseThrow();
        Files.setLastModifiedTime(runtime.stepProcess(), FileTime.from(Instant.EPOCH));
        Path current = archives().of(runtime).orElseThrow();
        assertThat(current).exists().isNotEqualTo(old);
        assertThat(old).doesNotExist();
    }

    @Test
    void aDamagedArchiveIsMadeAnew() throws Exception {
        Path damaged = archives().of(runtime).orElseThrow();
        Files.writeString(damaged, "cl");
        Path current = archives().of(runtime).orElseThrow();
        assertThat(current).hasContent("classes");
        assertThat(names(home)).hasSize(2);
    }

    @Test
    void aTrainingThatFailsIsToldAndNotTriedAgain() throws Exception {
        java("#!/bin/sh\necho 'Exception in thread \"main\" java.lang.IllegalStateException: no' >&2\nexit 1\n");
        assertThat(archives().of(runtime)).isEmpty();
        assertThat(archives().of(runtime)).isEmpty();
        assertThat(notices)
                .containsExactly(
                        PREPARING,
                        "Steps start slowly, for no archive of Spark's classes could be made: its training step failed (exit"
                                + " code 1): java.lang.IllegalStateException: no.");
        assertThat(busy).endsWith("");
    }

    @Test
    void aTrainingThatWasKilledIsTriedAgain() throws Exception {
        java("#!/bin/sh\nkill -9 $$\n");
        assertThat(archives().of(runtime)).isEmpty();
        java(WRITES_ARCHIVE);
        assertThat(archives().of(runtime)).isPresent();
        assertThat(notices)
                .containsExactly(
                        PREPARING,
                        "Steps start slowly, for no archive of Spark's classes could be made: its training step was killed (exit"
                                + " code 137).",
                        PREPARING);
    }

    @Test
    void aJvmThatWritesNoArchiveIsNotAskedAgain() throws Exception {
        java("#!/bin/sh\nexit 0\n");
        assertThat(archives().of(runtime)).isEmpty();
        assertThat(archives().of(runtime)).isEmpty();
        assertThat(notices)
                .containsExactly(
                        PREPARING,
                        "Steps start slowly, for no archive of Spark's classes could be made: this JVM writes none.");
    }

    private AppCdsArchives archives() {
        return new AppCdsArchives(Map.of("XDG_CACHE_HOME", cache.toString()), notices::add, busy::add);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Stands for a JVM. */
    private void java(String script) throws IOException {
        Files.writeString(runtime.java(), script);
        Files.setPosixFilePermissions(runtime.java(), PosixFilePermissions.fromString("rwx------"));
    }
}
