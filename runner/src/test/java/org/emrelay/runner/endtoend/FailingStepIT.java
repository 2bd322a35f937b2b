package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests how failing steps are reported. */
class FailingStepIT {
    @TempDir
    private Path temporary;

    private TestProject project;

    @BeforeEach
    void createProject() throws Exception {
        project = new TestProject(temporary);
    }

    @AfterEach
    void stopProcesses() throws Exception {
        project.close();
    }

    @Test
    void reportsTheCauseWithFileAndLinesAndDoesNotRunDependents() throws Exception {
        project.steps("""
            { "name": "bad", "main_class": "endtoend.FailWithCause" },
            { "name": "below", "main_class": "endtoend.WriteNote", "inputs": { "above": { "from_step": "bad" } },
              "args": { "text": "never" } },
            { "name": "aside", "main_class": "endtoend.WriteNote", "after": [ "below" ], "args": { "text": "never" } }
            """);

        ProcessResult ended = project.run("-a", "run").expectExitCode(1);

        Path run = project.newestRun().getFileName();
        Path stderr = project.workspace().resolve("logs").resolve(run).resolve("bad-1/stderr");
        assertThat(ended.out())
                .contains("""

                    bad failed: exit code 1
                      Probable cause: java.lang.IllegalStateException: the well is dry
                    """.stripTrailing())
                .containsPattern("\\(lines \\d+–\\d+ of \\Q" + stderr + "\\E\\)\n")
                .contains("\n  Log: " + stderr + "\n");
        assertThat(ended.out())
                .containsPattern("\nThe run failed after .* s\\. Fix the cause, then reuse the finished steps: \\Q"
                        + TestProject.PROGRAM + "\\E -a run -steps steps.json --resume\nReport: ");
    }

    /** One run for all of these, because most of the time is the start of JVMs. */
    @Test
    void stepsThatFailHangExitWriteNothingOrAreRetriedDoNotAffectOthers() throws Exception {
        project.steps("""
            { "name": "bad", "main_class": "endtoend.FailWithCause", "on_failure": "continue" },
            { "name": "below", "main_class": "endtoend.WriteNote", "inputs": { "above": { "from_step": "bad" } },
              "args": { "text": "never" } },
            { "name": "aside", "main_class": "endtoend.LeakThread" },
            { "name": "apart", "main_class": "endtoend.WriteNothing" },
            { "name": "shaky", "main_class": "endtoend.FailOnce", "retries": 1, "args": { "markers": "%1$s" } },
            { "name": "hanging", "main_class": "endtoend.WaitForMarker", "timeout": "3s", "on_failure": "continue",
              "args": { "markers": "%1$s" } },
            { "name": "exiting", "main_class": "endtoend.ExitWithCode", "on_failure": "continue", "args": { "code": 3 } },
            { "name": "empty", "main_class": "endtoend.WriteNothing", "on_failure": "continue" },
            { "name": "reader", "main_class": "endtoend.WriteNote", "inputs": { "above": { "from_step": "empty" } },
              "args": { "text": "never" } },
            { "name": "query", "for_each": { "least": [ 5 ] }, "sql": "titles.sql", "inputs": { "titles": "titles.csv" },
              "output": { "format": "csv" }, "args": { "least": "${each.least}" } },
            { "name": "typo", "sql": "typo.sql", "inputs": { "found": { "from_step": "query" } }, "on_failure": "continue" }
            """.formatted(project.markers()));

        Files.writeString(project.directory().resolve("titles.csv"), "title,year\nEmma,1815\nPersuasion,1817\n");
        Files.writeString(
                project.directory().resolve("titles.sql"),
                "SELECT title, year + 1 AS next FROM titles\nWHERE length(title) >= :least");
        Files.writeString(project.directory().resolve("typo.sql"), "SELECT title,\n  yaer\nFROM found");

        ProcessResult ended = project.run("-a", "run", "--output", "json").expectExitCode(1);
        Json report = ended.json();

        assertThat(ended.err()).contains("warning: Step 'apart' succeeded but wrote nothing to its output.\n");
        assertThat(project.directory().resolve("results/trial/aside/done.txt")).hasContent("done\n");
        assertThat(report.text("status")).isEqualTo("failed");
        assertThat(report.states())
                .containsExactly(
                        "bad failed",
                        "below skipped",
                        "aside done",
                        "apart done",
                        "shaky done",
                        "hanging failed",
                        "exiting failed",
                        "empty failed",
                        "reader skipped",
                        "query[least=5] done",
                        "typo failed");
        assertThat(TestProject.lines(project.output("query.least=5"), ".csv"))
                .containsExactly("title,next", "Persuasion,1818");
        assertThat(report.step("typo").text("cause"))
                .isEqualTo(
                        "typo.sql: line 2, column 3: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with"
                                + " name `yaer` cannot be resolved. Did you mean one of the following? [`next`, `title`].");
        assertThat(report.step("below").text("reason")).isEqualTo("needs bad, which failed");
        assertThat(report.step("bad").text("cause"))
                .isEqualTo("java.lang.IllegalStateException: the well is dry\n"
                        + "which led to java.lang.RuntimeException: no tea today");
        assertThat(project.output("aside").resolve("done.txt")).hasContent("done\n");
        assertThat(report.step("apart").get("output").isNull()).isTrue();
        assertThat(report.step("shaky").number("attempts")).isEqualTo(2);
        assertThat(TestProject.lines(project.output("shaky"), ".txt")).containsExactly("all of it");
        assertThat(report.step("hanging").text("cause")).isEqualTo("timed out after 3s");
        assertThat(report.step("exiting").text("reason")).isEqualTo("exit code 3");
        assertThat(report.step("empty").text("cause"))
                .isEqualTo("succeeded but wrote nothing to " + project.output("empty"));
        assertThat(project.run("-a", "validate", "--deep").expectExitCode(3).out())
                .startsWith("Started with their check: query[least=5], typo.\nNot started: bad (declares no check).\n")
                .contains(
                        "steps.json: steps[10]: the check of 'typo' failed: typo.sql: line 2, column 3: [UNRESOLVED_COLUMN");
        assertThat(project.processesInside()).isEmpty();
    }

    @Test
    void anS3InputWithoutAwsConfigurationNamesTheParameterToOverride() throws Exception {
        Files.writeString(project.directory().resolve("steps.json"), """
            { "name": "trial", "parameters": { "titles": "s3://bucket/titles.parquet" },
              "steps": [ { "name": "far", "script_uri": "%s", "main_class": "endtoend.WriteNote",
                           "inputs": { "above": "${titles}" } } ] }
            """.formatted(BuildArtifacts.stepsJar()));

        Map<String, String> withoutAws = Map.of(
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_REGION", "",
                "AWS_CONFIG_FILE", "/nowhere",
                "AWS_SHARED_CREDENTIALS_FILE", "/nowhere");

        try (RunnerProcess process = project.startWith(withoutAws, "-a", "run")) {
            assertThat(process.awaitExit().expectExitCode(2).err())
                    .isEqualTo("Step 'far' reads s3://bucket/titles.parquet. No AWS region configured: pass --region"
                            + " us-east-1 (or another), set AWS_REGION, or set it in your profile. Alternatively,"
                            + " use a local copy with -p titles=PATH.\n");
        }
    }

    @Test
    void aPythonStepWithoutPysparkFailsWithAClearMessage() throws Exception {
        Path python = Files.writeString(project.markers().resolve("python"), "#!/bin/sh\nexit 1\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
        writePythonStep();

        try (RunnerProcess process = project.startWith(Map.of("PYSPARK_PYTHON", python.toString()), "-a", "run")) {
            assertThat(process.awaitExit().expectExitCode(4).err())
                    .endsWith("Step 'snake' needs pyspark, but " + python
                            + " does not have it. Add \"requirements\": [\"pyspark\"] to the step, and Emrelay installs"
                            + " 3.5.6 in an environment of its own; or set PYSPARK_PYTHON to a Python that has it.\n"
                            + "No step has started.\n");
        }
    }

    @Test
    void aRequirementThatDoesNotExistFailsTheRunBeforeItsFirstStep() throws Exception {
        Path programs = Files.createDirectories(project.markers().resolve("bin"));
        Path uv = Files.writeString(programs.resolve("uv"), """
            #!/bin/sh
            [ "$1" = venv ] && exit
            echo "error: No solution found when resolving dependencies"
            echo "  cause: Because nosuch was not found in the package registry, your requirements are unsatisfiable."
            exit 1
            """);
        Path python = Files.writeString(programs.resolve("python3"), "#!/bin/sh\necho 3.11\n");
        assertThat(uv.toFile().setExecutable(true) && python.toFile().setExecutable(true))
                .isTrue();
        writePythonStep("\"requirements\": [\"nosuch==1\"], ");
        Map<String, String> environment = Map.of(
                "PATH",
                programs + ":" + System.getenv("PATH"),
                "XDG_CACHE_HOME",
                project.markers().resolve("cache").toString());

        try (RunnerProcess process = project.startWith(environment, "-a", "run")) {
            assertThat(process.awaitExit().expectExitCode(4).err())
                    .endsWith("Step 'snake': cannot install nosuch==1, pyspark==3.5.6. uv says:\n"
                            + "  error: No solution found when resolving dependencies\n"
                            + "    cause: Because nosuch was not found in the package registry, your requirements are"
                            + " unsatisfiable.\nNo step has started.\n");
        }
    }

    @Test
    void aPythonStepRunsIfPysparkIsInstalled() throws Exception {
        Process check = new ProcessBuilder("sh", "-c", "exec python3 -c 'import pyspark'").start();
        assumeTrue(check.waitFor() == 0, "pyspark is not installed");
        writePythonStep();

        project.run("-a", "run").expectExitCode(0);

        assertThat(TestProject.lines(project.output("snake"), ".csv")).containsExactly("42");
    }

    private void writePythonStep() throws Exception {
        writePythonStep("");
    }

    /** @param keys more keys of the step, each with a comma after it */
    private void writePythonStep(String keys) throws Exception {
        Files.writeString(project.directory().resolve("snake.py"), """
            import sys
            from pyspark.sql import SparkSession
            spark = SparkSession.builder.getOrCreate()
            spark.range(42, 43).coalesce(1).write.csv(sys.argv[sys.argv.index("--output") + 1])
            """);
        Files.writeString(project.directory().resolve("steps.json"), """
            { "name": "trial", "steps": [ { "name": "snake", %s"script_uri": "snake.py" } ] }
            """.formatted(keys));
    }
}
