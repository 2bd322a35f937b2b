package org.emrelay.stepprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.stepprocess.steps.AwaitsTaskProgress;
import org.emrelay.stepprocess.steps.CountsRows;
import org.emrelay.stepprocess.steps.HangsInShutdownHook;
import org.emrelay.stepprocess.steps.InterruptsChild;
import org.emrelay.stepprocess.steps.LeaksThread;
import org.emrelay.stepprocess.steps.ReadsStandardInput;
import org.emrelay.stepprocess.steps.StopsSparkAndExits;
import org.emrelay.stepprocess.steps.Throws;
import org.emrelay.stepprocess.steps.WaitsForConnection;
import org.emrelay.stepprocess.steps.WritesRows;
import org.emrelay.stepprocess.steps.WritesRowsAndExits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StepProcessTest {

    @TempDir
    private Path folder;

    @Test
    void aStepThatReturnsExitsWithZeroAndItsRowsAreCounted() throws Exception {
        try (StepChild child = StepChild.start(folder)) {
            submit(
                    child,
                    WritesRows.class,
                    folder.resolve("a").toString(),
                    folder.resolve("b").toString());

            assertThat(child.exitCode()).as(child.errors()).isZero();
            assertThat(summary()).hasContent("{\"rows\": 14, \"returned\": true}");
            assertThat(folder.resolve("b/_SUCCESS")).exists();
            assertThat(child.errors()).isEmpty();
        }
    }

    @Test
    void rowsAreCountedWhenTheStepCallsSystemExit() throws Exception {
        try (StepChild child = StepChild.start(folder)) {
            submit(child, WritesRowsAndExits.class, folder.resolve("a").toString());

            assertThat(child.exitCode()).as(child.errors()).isEqualTo(3);
            assertThat(summary()).hasContent("{\"rows\": 7, \"returned\": false}");
        }
    }

    @Test
    void aStepThatWritesNothingHasNoRowCount() throws Exception {
        try (StepChild child = StepChild.start(folder)) {
            submit(child, CountsRows.class);

            assertThat(child.exitCode()).as(child.errors()).isZero();
            assertThat(child.output()).isEqualTo("rows 5\n");
            assertThat(summary()).hasContent("{\"rows\": null, \"returned\": true}");
        }
    }

    @Test
    void theTasksOfActiveStagesAreReported() throws Exception {
        Path tasks = folder.resolve("tasks.json");
        String expected = "{\"completed\": 2, \"total\": 3}";
        try (StepChild child = StepChild.start(folder)) {
            submit(child, AwaitsTaskProgress.class, tasks.toString(), expected);

            assertThat(child.exitCode()).as(child.errors()).isZero();
            assertThat(child.output()).contains(expected).endsWith("{}\n");
        }
    }

    @Test
    void theEventLogTellsHowMuchMemoryTheProcessUsed() throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        List<String> conf = List.of("spark.eventLog.enabled=true", "spark.eventLog.dir=" + logs.toUri());
        try (StepChild child = StepChild.start(folder)) {
            submit(child, conf, CountsRows.class);

            assertThat(child.exitCode()).as(child.errors()).isZero();
        }
        try (Stream<Path> files = Files.list(logs)) {
            assertThat(Files.readString(files.findFirst().orElseThrow()))
                    .containsPattern(
                            "\\{\"Event\":\"org.emrelay.stepprocess.PeakMemory\",\"heap\":[0-9]{7,},\"process\":[0-9]{8,}}");
        }
    }

    @Test
    void aStepThatCallsSystemExitAfterStoppingSparkHasNotReturned() throws Exception {
        try (StepChild child = StepChild.start(folder)) {
            submit(child, StopsSparkAndExits.class);

            assertThat(child.exitCode()).as(child.errors()).isZero();
            assertThat(summary()).hasContent("{\"rows\": null, \"returned\": false}");
        }
    }

    @Test
    void aStepWhoseSummaryCannotBeWrittenFails() throws Exception {
        Files.createDirectories(folder.resolve("summary.json/occupied"));
        try (StepChild child = StepChild.start(folder)) {
            submit(child, LeaksThread.class);

            assertThat(child.exitCode()).isEqualTo(1);
            assertThat(child.errors())
                    .startsWith("Exception in thread \"main\" java.nio.file.FileSystemException: ")
                    .contains("summary.json");
        }
    }

    @Test
    void aStepThatThrowsExitsWithOneAndPrintsItsStackTrace() throws Exception {
        try (StepChild child = StepChild.start(folder)) {
            submit(child, Throws.class, "books");

            assertThat(child.exitCode()).isEqualTo(1);
            assertThat(child.errors()).startsWith("""
                            Exception in thread "main" java.lang.IllegalStateException: no titles in books
                            \tat org.emrelay.stepprocess.steps.Throws.main(Throws.java:""");
            assertThat(summary()).doesNotExist();
        }
    }

    @Test
    void aLeakedThreadDoesNotKeepTheProcessAlive() throws Exception {
        try (StepChild child = StepChild.start(folder)) {
            submit(child, LeaksThread.class);

            assertThat(child.exitCode()).as(child.errors()).isZero();
            assertThat(child.output()).isEqualTo("returning\n");
            assertThat(summary()).hasContent("{\"rows\": null, \"returned\": true}");
        }
    }

    @Test
    void aStepSeesAnEmptyStandardInputThatItMayClose() throws Exception {
        try (StepChild child = StepChild.start(folder)) {
            submit(child, ReadsStandardInput.class);

            assertThat(child.exitCode()).as(child.errors()).isZero();
            assertThat(child.output()).isEqualTo("read -1\n");
        }
    }

    @Test
    void closingStandardInputKillsTheProcessAndItsChildren() throws Exception {
        try (StepChild child = StepChild.start(folder)) {
            submit(child, WaitsForConnection.class);
            ProcessHandle shell =
                    ProcessHandle.of(Long.parseLong(child.readLine())).orElseThrow();
            List<ProcessHandle> children = new ArrayList<>(shell.descendants().toList());
            children.add(shell);

            child.standardInput().close();

            assertThat(child.exitCode()).isEqualTo(137);
            for (ProcessHandle handle : children) {
                StepChild.awaitEnd(handle);
            }
        }
    }

    @Test
    void killingTheRunnerEndsAProcessThatHangsInAShutdownHook() throws Exception {
        List<String> runner = List.of("sh", "-c", "exec 3<&0; \"$@\" <&3 & wait", "runner");
        try (StepChild child = StepChild.start(folder, runner)) {
            submit(child, HangsInShutdownHook.class);
            ProcessHandle step =
                    ProcessHandle.of(Long.parseLong(child.readLine())).orElseThrow();

            child.kill();

            StepChild.awaitEnd(step);
        }
    }

    @Test
    void theProcessIgnoresSigint() throws Exception {
        try (StepChild child = StepChild.start(folder)) {
            submit(child, WaitsForConnection.class);
            ProcessHandle shell =
                    ProcessHandle.of(Long.parseLong(child.readLine())).orElseThrow();
            int port = Integer.parseInt(child.readLine());

            new ProcessBuilder("kill", "-INT", Long.toString(child.pid()))
                    .start()
                    .waitFor();
            new Socket(InetAddress.getLoopbackAddress(), port).close();

            assertThat(child.exitCode()).as(child.errors()).isZero();
            StepChild.awaitEnd(shell);
        }
    }

    @Test
    void childProcessesOfAStepIgnoreSigint() throws Exception {
        try (StepChild child = StepChild.start(folder)) {
            submit(child, InterruptsChild.class);

            assertThat(child.exitCode()).as(child.errors()).isZero();
            assertThat(child.output()).isEqualTo("survived\n");
        }
    }

    @Test
    void aProcessThatReceivesNoCommandExitsSilently() throws Exception {
        try (StepChild child = StepChild.start(folder)) {
            child.standardInput().close();

            assertThat(child.exitCode()).isZero();
            assertThat(child.output()).isEmpty();
            assertThat(child.errors()).isEmpty();
        }
    }

    @Test
    void aMalformedCommandExitsWithOneAndAMessage() throws Exception {
        try (StepChild child = StepChild.start(folder)) {
            child.send("no arguments");

            assertThat(child.exitCode()).isEqualTo(1);
            assertThat(child.errors())
                    .isEqualTo("Malformed step command: it has 1 strings and needs at least 2, the summary file and a"
                            + " spark-submit argument.\n");
        }
    }

    @Test
    void anErrorOfSparkSubmitIsPrintedAndFailsTheProcess() throws Exception {
        try (StepChild child = StepChild.start(folder)) {
            child.send(
                    "",
                    "--master",
                    "local[1]",
                    "--class",
                    "no.such.Step",
                    StepChild.buildStepsJar(folder).toString());

            assertThat(child.exitCode()).isNotZero();
            assertThat(child.errors()).contains("Failed to load class no.such.Step");
        }
    }

    private void submit(StepChild child, Class<?> step, String... arguments) throws Exception {
        submit(child, List.of(), step, arguments);
    }

    private void submit(StepChild child, List<String> conf, Class<?> step, String... arguments) throws Exception {
        List<String> strings = new ArrayList<>(List.of(summary().toString(), "--master", "local[2]"));
        conf.forEach(setting -> strings.addAll(List.of("--conf", setting)));
        strings.addAll(List.of(
                "--class", step.getName(), StepChild.buildStepsJar(folder).toString()));
        strings.addAll(List.of(arguments));
        child.send(strings.toArray(String[]::new));
    }

    private Path summary() {
        return folder.resolve("summary.json");
    }
}
