package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.platform.python.ProgramSearch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script of {@code plan --print-commands} with a spark-submit that prints what it gets. */
final class CommandScriptTest {
    private static final String PIPELINE = """
            {
              "name": "two",
              "parameters": { "db_password": "it's $canary" },
              "steps": [
                { "name": "gen", "script_uri": "gen.py", "args": { "text": "a b'c\\n$x *", "empty": "", "db-password": "${db_password}" },
                  "env": { "PLAIN": "x y" }, "driver_memory": "1G", "executor_memory": "2G", "num_executors": 3 },
                { "name": "count", "script_uri": "gen.py", "inputs": { "data": { "from_step": "gen", "path": "a b" }, "side": "my side.txt" },
                  "spark_conf": { "spark.sql.shuffle.partitions": "1", "spark.executor.cores": "2" } }
              ]
            }
            """;

    /** Runs a Python program with its modules, as spark-submit does. */
    private static final String PYTHON_SUBMIT = """
            #!/bin/sh
            while [ "${1#-}" != "$1" ]; do
              if [ "$1" = --py-files ]; then PYTHONPATH=$(printf %s "$2" | tr , :); fi
              shift 2
            done
            export PYTHONPATH
            exec python3 "$@"
            """;

    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() throws IOException {
        cli = new CliFixture(directory)
                .file("steps.json", PIPELINE)
                .file("gen.py", "")
                .file("my side.txt", "side")
                .file("bin/spark-submit", "#!/bin/sh\necho \"PLAIN=$PLAIN\"\nprintf '<%s>\\n' \"$@\"\n");
        Files.setPosixFilePermissions(cli.path("bin/spark-submit"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void runsEachStepWithSparkSubmit() throws Exception {
        CommandResult printed = cli.run("plan", "steps.json", "--print-commands");
        cli.file("run.sh", printed.out());

        assertThat(printed.err()).isEmpty();
        assertThat(printed.out())
                .contains("\n#   runner.sh -a plan -steps steps.json --print-commands\n")
                .doesNotContain("canary");
        assertThat(bash(Map.of("DB_PASSWORD", "it's $canary"), "my work").replaceAll("[0-9a-f]{32}", "HASH"))
                .isEqualTo("""
                        Step gen
                        PLAIN=x y
                        <--master>
                        <local[*]>
                        <--driver-memory>
                        <2G>
                        <DIR/my work/scripts/HASH/gen.py>
                        <--output>
                        <DIR/my work/output/gen>
                        <--text>
                        <a b'c
                        $x *>
                        <--empty>
                        <>
                        <--db-password>
                        <it's $canary>
                        Step count
                        PLAIN=
                        <--master>
                        <local[*]>
                        <--conf>
                        <spark.sql.shuffle.partitions=1>
                        <DIR/my work/scripts/HASH/gen.py>
                        <--data>
                        <DIR/my work/output/gen/a b>
                        <--side>
                        <DIR/my work/input/HASH/my side.txt>
                        <--output>
                        <DIR/my work/output/count>
                        Result: DIR/my work/output/count
                        """);
    }

    /** Packages are the user's to install. */
    @Test
    void zipsModulesAndNamesPackages() throws Exception {
        cli.file("lib/__init__.py", "WORD = 'package'\n")
                .file("lib/inner/__init__.py", "WORD = 'inner package'\n")
                .file("src/other.py", "WORD = 'module'\n")
                .file(
                        "scripts/words.py",
                        "import lib.inner, other\nprint(lib.WORD, lib.inner.WORD, other.WORD, sep=', ')\n")
                .file("python.json", """
                    {"name": "modules", "steps": [{"name": "gen", "script_uri": "scripts/words.py", "py_files": ["lib", "src"],
                      "requirements": ["pandas==2.2.3"]}]}
                    """)
                .file("bin/spark-submit", PYTHON_SUBMIT);
        String script = cli.run("plan", "python.json", "--print-commands").out();
        cli.file("run.sh", script.replace("DIR", directory.toRealPath().toString()));

        assertThat(script).contains("# The Python of this step needs: pandas==2.2.3\necho 'Step gen' >&2\n");
        assumeThat(ProgramSearch.of(System.getenv()).find("python3")).isPresent();

        assertThat(bash(Map.of(), "my work"))
                .isEqualTo("Step gen\npackage, inner package, module\nResult: DIR/my work/output/gen\n");

        Files.delete(cli.path("src/other.py"));
        Files.delete(cli.path("src"));
        assertThat(bash(Map.of(), "other work")).isEqualTo("DIR/src does not exist.\n");
    }

    @Test
    void endsAtTheFirstFailure() throws Exception {
        cli.file("run.sh", cli.run("plan", "--print-commands").out());

        assertThat(bash(Map.of(), "work")).endsWith("DB_PASSWORD: is a secret of the pipeline: export it\n");
        cli.file("bin/spark-submit", "#!/bin/sh\nexit 1\n");
        assertThat(bash(Map.of("DB_PASSWORD", "x"), "work")).isEqualTo("Step gen\n");
    }

    @Test
    void printsTheScriptAsJson() {
        assertThat(cli.run("plan", "--print-commands", "--output", "json").out())
                .startsWith("{\n  \"script\" : \"#!/usr/bin/env bash\\n# Runs the pipeline two on this machine");
    }

    @Test
    void refusesWhatPlainSparkSubmitCannotDo() {
        cli.file("s3.json", PIPELINE.replace("\"my side.txt\"", "\"s3://b/x.csv\""));

        assertThat(cli.run("plan", "s3.json", "--print-commands"))
                .isEqualTo(new CommandResult(
                        5,
                        "",
                        "Step 'count' reads s3://b/x.csv, which plain spark-submit cannot access. Use a path on this"
                                + " machine.\n"));
        assertThat(cli.run("plan", "--print-commands", "-t", "emr"))
                .isEqualTo(new CommandResult(2, "", "--print-commands is for this machine: omit -t emr.\n"));
        assertThat(cli.run("plan", "--print-commands", "--only", "gen"))
                .isEqualTo(new CommandResult(
                        2, "", "--print-commands runs all steps: omit --resume, --from, --only and --rerun.\n"));
    }

    /** What the script and its commands print, with this directory replaced by DIR. */
    private String bash(Map<String, String> environment, String work) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "run.sh", work)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().merge("PATH", cli.path("bin").toString(), (path, bin) -> bin + ":" + path);
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .replace(directory.toRealPath().toString(), "DIR");
    }
}
