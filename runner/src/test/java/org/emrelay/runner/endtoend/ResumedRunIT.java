package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a run reuses the results of earlier runs. */
class ResumedRunIT {
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
