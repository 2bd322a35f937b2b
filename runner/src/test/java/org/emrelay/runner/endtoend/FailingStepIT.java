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

/** Steps that go wrong, each in its own way, and what their user is told. */
class FailingStepIT {
    @TempDir
    private Path temporary;

    private Playground playground;

    @BeforeEach
    void makePlayground() throws Exception {
        playground = new Playground(temporary);
    }

    @AfterEach
    void endWhatWasStarted() throws Exception {
        playground.close();
    }

    @Test
    void theCauseIsToldWithItsFileAndLinesAndWhatDependsOnItIsNotRun() throws Exception {
        playground.steps("""
                { "name": "bad", "main_class": "endtoend.Fails" },
                { "name": "below", "main_class": "endtoend.Note", "inputs": { "above": { "from_step": "bad" } },
                  "args": { "text": "never" } },
                { "name": "aside", "main_class": "endtoend.Note", "after": [ "below" ], "args": { "text": "never" } }
                """);

        Ended ended = playground.run("-a", "run").with(1);

        Path log = playground.newestRun().getFileName();
        Path stderr = playground.workspace().resolve("logs").resolve(log).resolve("bad-1/stderr");
        assertThat(ended.out())
                .contains("""

                        bad failed: exit code 1
                          Probable cause: java.lang.IllegalStateException: the well is dry
                        """.stripTrailing())
                .containsPattern("\\(lines \\d+–\\d+ of \\Q" + stderr + "\\E\\)\n")
                .contains("\n  Log: " + stderr + "\n");
        assertThat(ended.lastLine())
                .isEqualTo("The run failed. Once the cause is mended, -a run --resume goes on from what is finished.");
    }

    @Test
    void othersGoOnWhereTheFileSaysSo() throws Exception {
        playground.steps("""
                { "name": "bad", "main_class": "endtoend.Fails", "on_failure": "continue" },
                { "name": "below", "main_class": "endtoend.Note", "inputs": { "above": { "from_step": "bad" } },
                  "args": { "text": "never" } },
                { "name": "aside", "main_class": "endtoend.LeaksThread" },
                { "name": "apart", "main_class": "endtoend.WritesNothing" }
                """);

        Json report = playground.run("-a", "run", "--output", "json").with(1).json();

        assertThat(report.text("status")).isEqualTo("failed");
        assertThat(report.states()).containsExactly("bad failed", "below skipped", "aside done", "apart done");
        assertThat(report.step("below").text("reason")).isEqualTo("needs bad, which failed");
        assertThat(report.step("bad").text("cause"))
                .isEqualTo(
                        "java.lang.IllegalStateException: the well is dry\nwhich led to java.lang.RuntimeException: no tea today");
        assertThat(playground.output("aside").resolve("done.txt")).hasContent("done\n");
        assertThat(report.step("apart").get("output").isNull()).isTrue();
    }

    @Test
    void aStepIsTriedAgainAsOftenAsTheFileSaysOnACleanPlace() throws Exception {
        playground.steps("""
                { "name": "shaky", "main_class": "endtoend.FailsOnce", "retries": 1, "args": { "signs": "%s" } }
                """.formatted(playground.signs()));

        Json report = playground.run("-a", "run", "--output", "json").with(0).json();

        assertThat(report.states()).containsExactly("shaky done");
        assertThat(report.step("shaky").number("attempts")).isEqualTo(2);
        assertThat(Playground.lines(playground.output("shaky"), ".txt")).containsExactly("all of it");
    }

    @Test
    void aStepThatHangsOrExitsOrWritesNothingForItsReaderFails() throws Exception {
        playground.steps("""
                { "name": "hanging", "main_class": "endtoend.Waits", "timeout": "3s", "on_failure": "continue",
                  "args": { "signs": "%s" } },
                { "name": "exiting", "main_class": "endtoend.Exits", "on_failure": "continue", "args": { "code": 3 } },
                { "name": "empty", "main_class": "endtoend.WritesNothing", "on_failure": "continue" },
                { "name": "reader", "main_class": "endtoend.Note", "inputs": { "above": { "from_step": "empty" } },
                  "args": { "text": "never" } }
                """.formatted(playground.signs()));

        Json report = playground.run("-a", "run", "--output", "json").with(1).json();

        assertThat(report.states())
                .containsExactly("hanging failed", "exiting failed", "empty failed", "reader skipped");
        assertThat(report.step("hanging").text("cause")).isEqualTo("timed out after 3s");
        assertThat(report.step("exiting").text("reason")).isEqualTo("exit code 3");
        assertThat(report.step("empty").text("cause"))
                .isEqualTo("ended well but wrote nothing to " + playground.output("empty"));
        assertThat(playground.processesInside()).isEmpty();
    }

    @Test
    void anInputOnS3WithoutAnAwsToAskIsToldWithTheParameterThatTakesItsPlace() throws Exception {
        Files.writeString(playground.directory().resolve("steps.json"), """
                { "name": "trial", "parameters": { "titles": "s3://bucket/titles.parquet" },
                  "steps": [ { "name": "far", "script_uri": "%s", "main_class": "endtoend.Note",
                               "inputs": { "above": "${titles}" } } ] }
                """.formatted(Build.stepsJar()));

        Map<String, String> nothingOfAws = Map.of(
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_REGION", "",
                "AWS_CONFIG_FILE", "/nowhere",
                "AWS_SHARED_CREDENTIALS_FILE", "/nowhere");

        try (RunnerProcess process = playground.startWith(nothingOfAws, "-a", "run")) {
            assertThat(process.ended().with(2).err())
                    .isEqualTo(
                            "Step 'far' reads s3://bucket/titles.parquet. No AWS region is set: give --region us-east-1 (or another), set AWS_REGION, or put one into your profile. Or give it a copy on this machine, with -p titles=PATH.\n");
        }
    }

    @Test
    void aPythonStepWithoutPysparkFailsWithOneSentence() throws Exception {
        Path python = Files.writeString(playground.signs().resolve("python"), "#!/bin/sh\nexit 1\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
        writePythonStep();

        try (RunnerProcess process =
                playground.startWith(Map.of("PYSPARK_PYTHON", python.toString()), "-a", "run", "--output", "json")) {
            Json report = process.ended().with(1).json();

            assertThat(report.states()).containsExactly("snake failed");
            assertThat(report.step("snake").text("cause"))
                    .isEqualTo("Python steps need pyspark, which " + python
                            + " does not have: pip install pyspark==3.5.6, or name another Python by PYSPARK_PYTHON.");
        }
    }

    @Test
    void aPythonStepRunsWherePysparkIs() throws Exception {
        Process question = new ProcessBuilder("sh", "-c", "exec python3 -c 'import pyspark'").start();
        assumeTrue(question.waitFor() == 0, "there is no pyspark here");
        writePythonStep();

        playground.run("-a", "run").with(0);

        assertThat(Playground.lines(playground.output("snake"), ".csv")).containsExactly("42");
    }

    private void writePythonStep() throws Exception {
        Files.writeString(playground.directory().resolve("snake.py"), """
                import sys
                from pyspark.sql import SparkSession
                spark = SparkSession.builder.getOrCreate()
                spark.range(42, 43).coalesce(1).write.csv(sys.argv[sys.argv.index("--output") + 1])
                """);
        Files.writeString(playground.directory().resolve("steps.json"), """
                { "name": "trial", "steps": [ { "name": "snake", "script_uri": "snake.py" } ] }
                """);
    }
}
