package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppCdsArchivesTest {
    private static final String WRITES_ARCHIVE = """
            #!/bin/sh
            for argument in "$@"; do
              case "$argument" in -XX:ArchiveClassesAtExit=*) echo classes > "${argument#*=}";; esac
            done
            """;

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
    void createsAnArchiveForTheNextPlatform() throws Exception {
        AppCdsArchives first = archives();
        assertThat(first.archive(runtime)).isEmpty();
        create(first);
        assertThat(first.archive(runtime)).as("the same for all steps").isEmpty();

        Path archive = archives().archive(runtime).orElseThrow();
        assertThat(archive).hasParent(cache.resolve("emrelay")).hasContent("classes");
        assertThat(names(home)).containsExactly("step-process.jar");
        assertThat(names(cache.resolve("emrelay")))
                .containsExactly(archive.getFileName().toString());
    }

    @Test
    void usesNoArchiveOfAnotherJar() throws Exception {
        create(archives());
        assertThat(archives().archive(runtime)).isPresent();
        Files.setLastModifiedTime(runtime.stepProcess(), FileTime.from(Instant.EPOCH));
        assertThat(archives().archive(runtime)).isEmpty();
    }

    @Test
    void keepsTheLogOfAFailedTraining() throws Exception {
        writeJava("#!/bin/sh\necho 'Exception in thread \"main\" java.lang.IllegalStateException: no' >&2\nexit 1\n");
        create(archives());
        assertThat(archives().archive(runtime)).isEmpty();
        assertThat(archives().createInBackground(runtime)).isEmpty();
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.filter(file -> file.endsWith("log")))
                    .singleElement()
                    .satisfies(log -> assertThat(log)
                            .hasContent("Exception in thread \"main\" java.lang.IllegalStateException: no"));
        }
    }

    @Test
    void usesNoArchivesWithoutAHomeDirectory() {
        AppCdsArchives homeless = new AppCdsArchives(Map.of());
        assertThat(homeless.archive(runtime)).isEmpty();
        assertThat(homeless.createInBackground(runtime)).isEmpty();
        homeless.close();
    }

    private void create(AppCdsArchives archives) throws InterruptedException {
        Process process = archives.createInBackground(runtime).orElseThrow();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private AppCdsArchives archives() {
        return new AppCdsArchives(Map.of("XDG_CACHE_HOME", cache.toString()));
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
