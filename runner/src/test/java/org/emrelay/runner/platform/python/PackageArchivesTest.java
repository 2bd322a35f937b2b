package org.emrelay.runner.platform.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.emrelay.runner.model.InstanceHardware.Architecture;
import org.emrelay.runner.platform.Sleeper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a uv that installs a pure Python package, and for a requirement {@code native} a library for the processor. */
class PackageArchivesTest {
    private static final String UV = """
        #!/bin/sh
        PATH=/usr/bin:/bin
        echo "$*" | sed 's# -r .*##; s#[^ ]*/\\(x86_64\\|aarch64\\) #\\1 #' >>"$CALLS"
        while [ $# -gt 0 ]; do
          case "$1" in --target) target=$2;; --python-platform) platform=$2;; -r) requirements=$2;; esac
          shift
        done
        cp "$requirements" "$CALLS.txt"
        if grep -q nosuch "$requirements"; then echo "Resolving"; echo "error: no wheel of nosuch"; exit 1; fi
        mkdir -p "$target/words/__pycache__" "$target/bin" "$target/pyspark-3.5.6.dist-info" "$target/words-1.0.dist-info"
        echo one >"$target/words/__init__.py"
        echo x >"$target/words/__pycache__/a.pyc"
        echo x >"$target/bin/words"
        echo x >"$target/pyspark-3.5.6.dist-info/METADATA"
        echo m >"$target/words-1.0.dist-info/METADATA"
        date >"$target/words-1.0.dist-info/RECORD"
        ! grep -q native "$requirements" || echo "$platform" >"$target/fast.so"
        """;

    private final List<String> notices = new ArrayList<>();
    private Path directory;
    private Path programs;
    private PackageArchives archives;

    @BeforeEach
    void createUv(@TempDir Path temporary) throws IOException {
        directory = temporary;
        programs = Files.createDirectories(directory.resolve("bin"));
        Path uv = Files.writeString(programs.resolve("uv"), UV);
        Files.setPosixFilePermissions(uv, PosixFilePermissions.fromString("rwx------"));
        archives = new PackageArchives(directory.resolve("cache"), Clock.systemUTC(), Sleeper.system());
    }

    @Test
    void anArchiveHasWhatIsImportedOnly() throws IOException {
        Path archive = build(spec("words", "pyspark>=3"), Architecture.X86_64);

        assertThat(names(archive)).containsExactly("words-1.0.dist-info/METADATA", "words/__init__.py");
        assertThat(Files.readAllLines(directory.resolve("calls")))
                .containsExactly("pip install --python-platform x86_64-manylinux_2_34 --target x86_64 --python-version"
                        + " 3.9 --only-binary :all:");
        assertThat(notices)
                .containsExactly("Step 'counts': building an archive of words for Python 3.9 on x86_64 nodes (uv)");
        assertThat(build(spec("words"), Architecture.X86_64)).isEqualTo(archive);
    }

    @Test
    void theReleasesPysparkHasAHashBesidePackagesWithHashes() throws IOException {
        build(spec("words==1.0 --hash=sha256:0a"), Architecture.X86_64);

        assertThat(Files.readAllLines(directory.resolve("calls.txt")))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("words==1.0 --hash=sha256:0a"),
                        line -> assertThat(line)
                                .matches(
                                        "pyspark @ file:///.*/pyspark-3.5.6-py3-none-any.whl --hash=sha256:[0-9a-f]{64}"));
    }

    @Test
    void theSamePackagesGiveTheSameBytes() throws IOException {
        Path archive = build(spec("words"), Architecture.X86_64);
        Path other = new PackageArchives(directory.resolve("other"), Clock.systemUTC(), Sleeper.system())
                .build(spec("words"), List.of(Architecture.X86_64), "Step 'counts'", process());

        assertThat(other).hasSameBinaryContentAs(archive).isNotEqualTo(archive);
    }

    @Test
    void purePythonServesBothProcessors() throws IOException {
        assertThat(names(build(spec("words"), Architecture.ARM_64, Architecture.X86_64)))
                .containsExactly("words-1.0.dist-info/METADATA", "words/__init__.py");
    }

    @Test
    void nativePackagesAreChosenWhenPythonStarts() throws IOException {
        Path archive = build(spec("native"), Architecture.ARM_64, Architecture.X86_64);

        assertThat(names(archive))
                .containsExactly(
                        "sitecustomize.py",
                        "x86_64/fast.so",
                        "x86_64/words-1.0.dist-info/METADATA",
                        "x86_64/words/__init__.py",
                        "aarch64/fast.so",
                        "aarch64/words-1.0.dist-info/METADATA",
                        "aarch64/words/__init__.py");
        assertThat(PackageArchives.name(spec("native"), List.of(Architecture.ARM_64, Architecture.X86_64)))
                .isEqualTo("python-3.9-x86_64-aarch64.zip");
    }

    @Test
    void keysDifferByWhatIsBuilt() {
        List<Architecture> x86 = List.of(Architecture.X86_64);
        String key = PackageArchives.key(spec("words"), x86);

        assertThat(PackageArchives.key(spec("words", "pyspark"), x86)).isEqualTo(key);
        assertThat(PackageArchives.key(spec("words==1"), x86)).isNotEqualTo(key);
        assertThat(PackageArchives.key(new EnvironmentSpec(List.of("words"), List.of(), "3.11"), x86))
                .isNotEqualTo(key);
        assertThat(PackageArchives.key(spec("words"), List.of(Architecture.ARM_64)))
                .isNotEqualTo(key);
        assertThat(PackageArchives.isNeeded(spec("pyspark==3.5.6", "--no-index")))
                .isFalse();
    }

    @Test
    void reportsARequirementWithoutWheel() throws IOException {
        assertThatThrownBy(() -> build(spec("nosuch"), Architecture.ARM_64))
                .isInstanceOf(PythonException.class)
                .hasMessage("Step 'counts': cannot install nosuch for Python 3.9 on aarch64 nodes, from wheels"
                        + " only. uv says:\n  error: no wheel of nosuch");
        Files.delete(programs.resolve("uv"));
        assertThatThrownBy(() -> build(spec("words"), Architecture.X86_64))
                .hasMessage("Step 'counts': the packages for Python 3.9 on the cluster cannot be chosen without uv or a"
                        + " python3.9 on the PATH. Install uv: python3 -m pip install uv");
    }

    private static EnvironmentSpec spec(String... requirements) {
        return new EnvironmentSpec(List.of(requirements), List.of(), "3.9");
    }

    private Path build(EnvironmentSpec spec, Architecture... architectures) throws IOException {
        return archives.build(spec, List.of(architectures), "Step 'counts'", process());
    }

    private InstallerProcess process() {
        return new InstallerProcess(
                Map.of(
                        "PATH",
                        programs.toString(),
                        "CALLS",
                        directory.resolve("calls").toString()),
                notices::add,
                () -> false);
    }

    private static List<String> names(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
