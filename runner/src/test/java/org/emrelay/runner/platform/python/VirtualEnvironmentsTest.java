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
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.platform.Sleeper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs that write what they were asked to do to the file {@code calls}. */
class VirtualEnvironmentsTest {
    private static final String FAILURE = """
        Collecting nosuch==1
        ERROR: Could not find a version that satisfies the requirement nosuch==1 (from versions: none)
        ERROR: No matching distribution found for nosuch==1
        """;

    private static final String OWNER = "Step 'counts'";

    private final List<String> notices = new ArrayList<>();
    private Path directory;
    private Path programs;
    private VirtualEnvironments environments;

    @BeforeEach
    void createPrograms(@TempDir Path temporary) throws IOException {
        directory = temporary;
        programs = Files.createDirectories(directory.resolve("bin"));
        environments = new VirtualEnvironments(directory.resolve("cache"), Clock.systemUTC(), Sleeper.system());
        python("python3", "3.11", "0");
    }

    /** An interpreter: it knows its version, creates an environment with a copy of itself, and its pip ends as told. */
    private void python(String name, String version, String pipExitCode) throws IOException {
        program(name, """
            #!/bin/sh
            PATH=/usr/bin:/bin
            case "$1 $2" in
              "-c "*) echo %s;;
              "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && echo "$(basename "$0") venv" >>"$CALLS";;
              "-m pip") shift 2; echo "pip $*" | sed "s#[^ ]*/requirements.txt#FILE#" >>"$CALLS"
                        cat requirements.txt >>"$CALLS"
                        [ %s = 0 ] || printf '%%s' "$PIP_SAYS"; exit %s;;
            esac
            """.formatted(version, pipExitCode, pipExitCode));
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(programs.resolve(name), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void createsAnEnvironmentWithPipOnce() throws IOException {
        Path python = python(spec("", "pandas==2.2.3", "pyspark[sql]>=3.4"));

        assertThat(python).isExecutable();
        assertThat(python(spec("", "pandas==2.2.3", "pyspark[sql]>=3.4"))).isEqualTo(python);
        assertThat(calls())
                .containsExactly(
                        "python3 venv",
                        "pip install --progress-bar off -r FILE",
                        "pandas==2.2.3",
                        "pyspark[sql]",
                        "pyspark==3.5.6");
        assertThat(notices)
                .containsExactly(
                        "Step 'counts': pyspark[sql]>=3.4 is ignored, because this Spark is 3.5.6.",
                        "Step 'counts': creating a virtual environment for Python 3.11 with pandas==2.2.3, pyspark[sql],"
                                + " pyspark==3.5.6 (pip)");
    }

    @Test
    void installsPysparkFirstBesidePackagesWithHashes() throws IOException {
        python(spec("", "--index-url https://example.org", "--require-hashes", "pandas==2.2.3 --hash=sha256:0a"));

        assertThat(calls())
                .containsExactly(
                        "python3 venv",
                        "pip install --progress-bar off -r FILE",
                        "--index-url https://example.org",
                        "pyspark==3.5.6",
                        "pip install --progress-bar off -r FILE",
                        "--index-url https://example.org",
                        "--require-hashes",
                        "pandas==2.2.3 --hash=sha256:0a");
        assertThat(notices)
                .containsExactly("Step 'counts': creating a virtual environment for Python 3.11 with pandas==2.2.3,"
                        + " pyspark==3.5.6 (pip)");
    }

    @Test
    void otherPackagesAnotherVersionAndConstraintsGetAnEnvironmentOfTheirOwn() throws IOException {
        python("python3.9", "3.9", "0");
        List<Path> pythons = List.of(
                python(spec("", "pandas==2.2.3")),
                python(spec("", "pandas==2.2.2")),
                python(spec("3.9", "pandas==2.2.3")),
                python(new EnvironmentSpec(List.of("pandas==2.2.3"), List.of("numpy<2"), "")));

        assertThat(pythons).doesNotHaveDuplicates();
        assertThat(calls()).contains("python3.9 venv");
    }

    @Test
    void uvIsPreferredAndFindsAVersionThatThePathLacks() throws IOException {
        program("uv", """
            #!/bin/sh
            PATH=/usr/bin:/bin
            echo "uv $*" | sed "s# [^ ]*/\\(environment\\|requirements.txt\\)# \\1#g" >>"$CALLS"
            if [ "$1" = venv ]; then for last; do :; done; mkdir -p "$last/bin" && touch "$last/bin/python"; fi
            """);

        python(spec("3.12", "pandas"));

        assertThat(calls())
                .containsExactly(
                        "uv venv --quiet --no-project --python 3.12 environment",
                        "uv pip install --python environment/bin/python -r requirements.txt");
    }

    @Test
    void reportsTheLastLinesOfTheInstaller() throws IOException {
        python("python3", "3.11", "1");

        assertThatThrownBy(() -> python(spec("", "nosuch==1")))
                .isInstanceOfSatisfying(
                        PythonException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.PLATFORM_FAILED))
                .hasMessage("Step 'counts': cannot install nosuch==1, pyspark==3.5.6. pip says:\n"
                        + "  ERROR: Could not find a version that satisfies the requirement nosuch==1 (from versions:"
                        + " none)\n"
                        + "  ERROR: No matching distribution found for nosuch==1");
    }

    @Test
    void reportsTheFreeSpaceWhereTheInstallerPrintsNothing() throws IOException {
        program("python3", """
            #!/bin/sh
            [ "$1" = -c ] && echo 3.11 && exit
            exit 9
            """);

        assertThatThrownBy(() -> python(spec("", "pandas")))
                .hasMessageMatching(
                        "Step 'counts': cannot create a virtual environment with .*/bin/python3\\. The command ended"
                                + " with"
                                + " exit code 9 and printed nothing\\. Free space in .*/cache/python: [0-9]+ MB\\.");
    }

    @Test
    void reportsAMissingInterpreter() throws IOException {
        assertThatThrownBy(() -> python(spec("3.9", "pandas")))
                .hasMessage("Step 'counts' needs Python 3.9, but the PATH has no python3.9, and python3 has another"
                        + " version. Install it, or install uv, which downloads it: python3 -m pip install uv");
        python("python3", "3.7", "0");
        assertThatThrownBy(() -> python(spec("", "pandas")))
                .hasMessage("Step 'counts': Spark needs Python 3.8 or later, but python3 is Python 3.7. Set \"python\""
                        + " to a later version.");
        Files.delete(programs.resolve("python3"));
        assertThatThrownBy(() -> python(spec("", "pandas")))
                .hasMessage("Step 'counts' needs Python, but python3 cannot be started. Install Python 3.11, or set"
                        + " \"python\" to the version of one that is installed.");
    }

    @Test
    void anInterruptStopsTheInstaller() throws IOException {
        program("python3", """
            #!/bin/sh
            [ "$1" = -c ] && echo 3.11 && exit
            : >"$CALLS"
            PATH=/usr/bin:/bin exec sleep 100
            """);

        assertThatThrownBy(() -> environments.python(
                        spec("", "pandas"), "python3", "3.5.6", OWNER, process(() -> Files.exists(callsFile()))))
                .isInstanceOf(CancellationException.class);
    }

    private Path callsFile() {
        return directory.resolve("calls");
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(callsFile());
    }

    private static EnvironmentSpec spec(String version, String... requirements) {
        return new EnvironmentSpec(List.of(requirements), List.of(), version);
    }

    private Path python(EnvironmentSpec spec) throws IOException {
        return environments.python(spec, "python3", "3.5.6", OWNER, process(() -> false));
    }

    private InstallerProcess process(BooleanSupplier interrupted) {
        return new InstallerProcess(
                Map.of("PATH", programs.toString(), "CALLS", callsFile().toString(), "PIP_SAYS", FAILURE),
                notices::add,
                interrupted);
    }
}
