package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a run reuses the results of earlier runs. */
class ResumedRunIT {
    private static final String DAYS = "day=2026-11-01..2026-11-03";

    @TempDir
    private Path temporary;

    @Test
    void onlyChangedStepsRerunAndTheReasonIsReported() throws Exception {
        try (TestProject project = new TestProject(temporary)) {
            writeSteps(project, "two");
            project.run("-a", "run").expectExitCode(0);
            String first = id(project);

            ProcessResult same = project.run("-a", "run", "--resume").expectExitCode(0);
            assertThat(same.err())
                    .contains("one: reused from " + first + "\n")
                    .contains("two: reused from " + first + "\n")
                    .contains("three: reused from " + first + "\n")
                    .doesNotContain("started");
            assertThat(result(project)).hasContent("one\ntwo\nthree\n");

            writeSteps(project, "zwei");
            ProcessResult changed =
                    project.run("-a", "run", "--resume", "--output", "json").expectExitCode(0);
            assertThat(changed.json().states()).containsExactly("one reused", "two done", "three done", "apart reused");
            assertThat(changed.json().step("one").text("reused_from")).isEqualTo(first);
            assertThat(changed.err())
                    .contains("two: runs again: args.text changed: two → zwei\n")
                    .contains("three: runs again: two runs again\n");
            assertThat(result(project)).hasContent("one\nzwei\nthree\n");

            writeSteps(project, "two");
            ProcessResult back =
                    project.run("-a", "run", "--resume", "--output", "json").expectExitCode(0);
            assertThat(back.json().states())
                    .containsExactly("one reused", "two reused", "three reused", "apart reused");
            assertThat(back.json().step("two").text("reused_from")).isEqualTo(first);
            assertThat(result(project)).hasContent("one\ntwo\nthree\n");
        }
    }

    @Test
    void selectedStepsRerunAndMissingOutputsAreRecreated() throws Exception {
        try (TestProject project = new TestProject(temporary)) {
            writeSteps(project, "two");
            project.run("-a", "run").expectExitCode(0);

            ProcessResult from = project.run("-a", "run", "--from", "two", "--output", "json")
                    .expectExitCode(0);
            assertThat(from.json().states()).containsExactly("one reused", "two done", "three done", "apart reused");
            assertThat(from.err()).contains("two: runs again: selected by --from\n");

            Json only = project.run("-a", "run", "--only", "two", "--output", "json")
                    .expectExitCode(0)
                    .json();
            assertThat(only.states()).containsExactly("one reused", "two done", "three skipped", "apart reused");
            assertThat(only.step("three").text("reason")).isEqualTo("not selected (--only)");

            Json rerun = project.run("-a", "run", "--rerun", "apart", "--output", "json")
                    .expectExitCode(0)
                    .json();
            assertThat(rerun.states()).containsExactly("one reused", "two reused", "three reused", "apart done");

            Path output = Path.of(rerun.step("two").text("output"));
            try (Stream<Path> runs = Files.list(project.directory().resolve(".runner/output/trial"))) {
                for (Path run : runs.filter(Files::isDirectory).toList()) {
                    Files.deleteIfExists(run.resolve("two/note.txt"));
                    Files.deleteIfExists(run.resolve("two"));
                }
            }
            ProcessResult again =
                    project.run("-a", "run", "--resume", "--output", "json").expectExitCode(0);
            assertThat(again.json().states()).containsExactly("one reused", "two done", "three done", "apart reused");
            assertThat(again.err()).contains("two: runs again: its output at " + output + " is gone\n");
            assertThat(result(project)).hasContent("one\ntwo\nthree\n");
        }
    }

    @Test
    void aKilledBackfillRepeatsOnlyTheDaysThatAreNotDone() throws Exception {
        try (TestProject project = new TestProject(temporary)) {
            writeDailySteps(project);
            release(project, "2026-11-01");
            killAt(project, "2026-11-02", "-a", "run", "--backfill", DAYS);
            Path killed = project.newestRun();
            assertThat(attempts(killed))
                    .containsExactly(
                            "note[day=2026-11-01]/1",
                            "wait[day=2026-11-01]/1",
                            "note[day=2026-11-02]/1",
                            "wait[day=2026-11-02]/1");

            release(project, "2026-11-02");
            killAt(project, "2026-11-03", "-a", "execute_steps");
            assertThat(project.newestRun()).isEqualTo(killed);
            assertThat(attempts(killed).stream().skip(4))
                    .containsExactly("wait[day=2026-11-02]/2", "note[day=2026-11-03]/1", "wait[day=2026-11-03]/1");

            release(project, "2026-11-03");
            Json resumed = project.run("-a", "run", "--backfill", DAYS, "--resume", "--output", "json")
                    .expectExitCode(0)
                    .json();
            assertThat(resumed.states())
                    .containsExactly(
                            "note[day=2026-11-01] reused",
                            "wait[day=2026-11-01] reused",
                            "note[day=2026-11-02] reused",
                            "wait[day=2026-11-02] reused",
                            "note[day=2026-11-03] reused",
                            "wait[day=2026-11-03] done");
            for (String day : List.of("2026-11-01", "2026-11-02", "2026-11-03")) {
                Path output = Path.of(resumed.step("wait[day=" + day + "]").text("output"));
                assertThat(TestProject.lines(output, ".txt")).as(day).containsExactly("one half", "the other half");
            }
        }
    }

    /** For each day a note, and a step that waits for the day's marker. */
    private static void writeDailySteps(TestProject project) throws Exception {
        Files.writeString(
                project.directory().resolve("steps.json"), """
                { "name": "trial", "parameters": { "day": null }, "defaults": { "script_uri": "%s" },
                  "steps": [
                    { "name": "note", "main_class": "endtoend.WriteNote", "args": { "text": "${day}" } },
                    { "name": "wait", "main_class": "endtoend.WaitForMarker", "after": ["note"],
                      "args": { "markers": "%s/${day}" } } ] }
                """.formatted(BuildArtifacts.stepsJar(), project.markers()));
        for (String day : List.of("2026-11-01", "2026-11-02", "2026-11-03")) {
            Files.createDirectory(project.markers().resolve(day));
        }
    }

    /** Lets the waiting step of a day end. */
    private static void release(TestProject project, String day) throws Exception {
        Files.createFile(project.markers().resolve(day).resolve("go"));
    }

    /** Runs a command, and kills it when the step of a day waits. */
    private static void killAt(TestProject project, String day, String... command) throws Exception {
        RunnerProcess runner = project.start(command);
        TestProject.await(
                "the step of " + day,
                () -> !TestProject.children(project.markers().resolve(day)).isEmpty());
        List<ProcessHandle> steps = runner.descendants();
        runner.kill();
        TestProject.await("the end of the steps", () -> steps.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** The attempts that a run started, in order: {@code wait[day=2026-11-01]/1}. */
    private static List<String> attempts(Path run) throws Exception {
        return TestProject.journal(run).stream()
                .filter(event -> event.text("event").equals("attempt_submitted"))
                .map(event -> event.text("step") + "/" + event.number("attempt"))
                .toList();
    }

    private static void writeSteps(TestProject project, String second) throws Exception {
        project.steps("""
                { "name": "one", "main_class": "endtoend.WriteNote", "args": { "text": "one" } },
                { "name": "two", "main_class": "endtoend.WriteNote", "inputs": { "above": { "from_step": "one" } },
                  "args": { "text": "%s" } },
                { "name": "three", "main_class": "endtoend.WriteNote", "inputs": { "above": { "from_step": "two" } },
                  "args": { "text": "three" } },
                { "name": "apart", "main_class": "endtoend.WriteNote", "args": { "text": "apart" } }
                """.formatted(second));
    }

    private static String id(TestProject project) throws Exception {
        return String.valueOf(project.newestRun().getFileName());
    }

    private static Path result(TestProject project) {
        return project.directory().resolve("results/trial/three/note.txt");
    }
}
