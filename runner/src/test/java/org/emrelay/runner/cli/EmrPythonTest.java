package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packages of Python steps on EMR, with a uv that writes a file. */
final class EmrPythonTest {
    private static final String UV = """
        #!/bin/sh
        PATH=/usr/bin:/bin
        echo called >>"$CALLS"
        while [ $# -gt 0 ]; do
          case "$1" in --target) target=$2;; -r) requirements=$2;; esac
          shift
        done
        if grep -q nosuch "$requirements"; then echo "error: no wheel of nosuch"; exit 1; fi
        mkdir -p "$target"
        cp "$requirements" "$target/words.py"
        """;

    private static final String STEPS = """
        {"name": "counts", "steps": [{"name": "counts", "script_uri": "job.py", "requirements": "requirements.txt"}]}
        """;

    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void setUp() throws IOException {
        emr = new EmrCliFixture(directory);
        Path programs = Files.createDirectories(directory.resolve("bin"));
        Path uv = Files.writeString(programs.resolve("uv"), UV);
        Files.setPosixFilePermissions(uv, PosixFilePermissions.fromString("rwx------"));
        emr.cli()
                .file("job.py", "print('job')\n")
                .file("requirements.txt", "words==1.0\npyspark==3.4.1\n")
                .file("steps.json", STEPS)
                .withEnvironment("PATH", programs.toString())
                .withEnvironment("HOME", directory.resolve("home").toString())
                .withEnvironment("CALLS", calls().toString());
    }

    @AfterEach
    void close() {
        emr.close();
    }

    private Path calls() {
        return directory.resolve("calls");
    }

    @Test
    void thePlanNamesTheArchiveWithoutBuildingIt() {
        CommandResult plan = emr.cli().run("-a", "plan", "-t", "emr");

        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out())
                .contains(
                        "   python       with words==1.0, pyspark==3.4.1; run and add_steps build python-3.9-x86_64.zip\n")
                .containsPattern("--archives 'workspace:/scripts/[0-9a-f]{32}/python-3.9-x86_64.zip#emrelay_python'");
        assertThat(calls()).doesNotExist();
        assertThat(directory.resolve("home")).doesNotExist();
        assertThat(emr.cli().run("-a", "plan", "-t", "emr")).isEqualTo(plan);
    }

    @Test
    void stepsGetTheArchiveThatWasBuiltForTheirCluster() {
        assertThat(emr.create().code()).isZero();

        CommandResult added = emr.run("-a", "add_steps", "-steps", "steps.json");

        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.err())
                .contains(
                        "Step 'counts': pyspark==3.4.1 is ignored, because emr-7.13.0 has its own.\n",
                        "Step 'counts': building an archive of words==1.0 for Python 3.9 on x86_64 nodes (uv)\n");
        List<String> archives = keys("scripts/[0-9a-f]{32}/python-3.9-x86_64.zip");
        assertThat(archives).hasSize(1);
        List<String> arguments = new ArrayList<>();
        emr.aws()
                .emr()
                .scriptSteps(name -> StepScript.completesAfter(Duration.ofSeconds(20))
                        .withProgram((step, words, scripted) -> {
                            arguments.add(String.join(" ", words));
                            return emr.writeOutput(step, words, scripted);
                        }));
        emr.run("-a", "execute_steps");
        assertThat(arguments.get(0))
                .contains(
                        "--conf spark.yarn.appMasterEnv.PYTHONPATH=./emrelay_python",
                        "--conf spark.executorEnv.PYTHONPATH=./emrelay_python",
                        "/" + archives.get(0) + "#emrelay_python");
        assertThat(emr.run("-a", "add_steps", "-steps", "steps.json").err())
                .doesNotContain("building", "Someone other than Emrelay");
    }

    @Test
    void pysparkAloneNeedsNoArchive() {
        emr.cli().file("requirements.txt", "pyspark==3.5.6\n").withEnvironment("HOME", "");
        assertThat(emr.create().code()).isZero();

        CommandResult added = emr.run("-a", "add_steps", "-steps", "steps.json");

        assertThat(added.code()).as(added.err()).isZero();
        assertThat(emr.cli().run("-a", "plan", "-t", "emr").out()).doesNotContain("--archives");
        assertThat(calls()).doesNotExist();
        assertThat(keys("scripts/[0-9a-f]{32}/python-.*")).isEmpty();
    }

    @Test
    void packagesThatCannotBeInstalledCreateNothing() {
        emr.cli().file("requirements.txt", "nosuch==1.0\n");

        CommandResult run = emr.run("-a", "run", "-t", "emr");

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err())
                .endsWith("Step 'counts': cannot install nosuch==1.0 for Python 3.9 on x86_64 nodes, from wheels"
                        + " only. uv says:\n  error: no wheel of nosuch\n");
        assertThat(emr.createdClusterCount()).isZero();
        assertThat(emr.aws().remaining()).isEmpty();
    }

    private List<String> keys(String pattern) {
        return emr.aws()
                .inspect(() -> emr.aws().s3().buckets().values().stream()
                        .flatMap(bucket -> bucket.objects().stream())
                        .map(object -> object.key())
                        .filter(key -> key.matches(pattern))
                        .toList());
    }
}
