package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that uses what an earlier one has finished. */
class ResumedRunIT {
    @TempDir
    private Path temporary;

    @Test
    void onlyWhatHasChangedRunsAgainAndTheReasonIsTold() throws Exception {
        try (Playground playground = new Playground(temporary)) {
            writeSteps(playground, "two");
            playground.run("-a", "run").with(0);
            String first = id(playground);

            Ended same = playground.run("-a", "run", "--resume").with(0);
            assertThat(same.err())
                    .contains("one: reused from " + first + "\n")
                    .contains("two: reused from " + first + "\n")
                    .contains("three: reused from " + first + "\n")
                    .doesNotContain("started");
            assertThat(result(playground)).hasContent("one\ntwo\nthree\n");
            String second = id(playground);

            writeSteps(playground, "zwei");
            Ended changed =
                    playground.run("-a", "run", "--resume", "--output", "json").with(0);
            assertThat(changed.json().states()).containsExactly("one reused", "two done", "three done", "apart reused");
            assertThat(changed.json().step("one").text("reused_from")).isEqualTo(second);
            assertThat(changed.err())
                    .contains("two: runs again: args.text changed: two → zwei\n")
                    .contains("three: runs again: two runs again\n");
            assertThat(result(playground)).hasContent("one\nzwei\nthree\n");
        }
    }

    @Test
    void stepsAreChosenByHandAndWhatIsGoneIsMadeAgain() throws Exception {
        try (Playground playground = new Playground(temporary)) {
            writeSteps(playground, "two");
            playground.run("-a", "run").with(0);

            Ended from = playground
                    .run("-a", "run", "--from", "two", "--output", "json")
                    .with(0);
            assertThat(from.json().states()).containsExactly("one reused", "two done", "three done", "apart reused");
            assertThat(from.err()).contains("two: runs again: chosen by --from\n");

            Json only = playground
                    .run("-a", "run", "--only", "two", "--output", "json")
                    .with(0)
                    .json();
            assertThat(only.states()).containsExactly("one reused", "two done", "three skipped", "apart reused");
            assertThat(only.step("three").text("reason")).isEqualTo("not chosen (--only)");

            Json rerun = playground
                    .run("-a", "run", "--rerun", "apart", "--output", "json")
                    .with(0)
                    .json();
            assertThat(rerun.states()).containsExactly("one reused", "two reused", "three done", "apart done");

            Path output = Path.of(rerun.step("two").text("output"));
            Files.delete(output.resolve("note.txt"));
            Files.delete(output);
            Ended again =
                    playground.run("-a", "run", "--resume", "--output", "json").with(0);
            assertThat(again.json().states()).containsExactly("one reused", "two done", "three done", "apart reused");
            assertThat(again.err()).contains("two: runs again: its output at " + output + " is gone\n");
            assertThat(result(playground)).hasContent("one\ntwo\nthree\n");
        }
    }

    private static void writeSteps(Playground playground, String second) throws Exception {
        playground.steps("""
                { "name": "one", "main_class": "endtoend.Note", "args": { "text": "one" } },
                { "name": "two", "main_class": "endtoend.Note", "inputs": { "above": { "from_step": "one" } },
                  "args": { "text": "%s" } },
                { "name": "three", "main_class": "endtoend.Note", "inputs": { "above": { "from_step": "two" } },
                  "args": { "text": "three" } },
                { "name": "apart", "main_class": "endtoend.Note", "args": { "text": "apart" } }
                """.formatted(second));
    }

    private static String id(Playground playground) throws Exception {
        return String.valueOf(playground.newestRun().getFileName());
    }

    private static Path result(Playground playground) {
        return playground.directory().resolve("results/trial/three/note.txt");
    }
}
