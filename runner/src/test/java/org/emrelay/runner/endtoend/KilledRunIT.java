package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.emrelay.runner.Sampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Kills the runner with {@code kill -9} at random points of runs on real Spark. */
class KilledRunIT {
    private static final int KILLS = 20;
    private static final int SAMPLE = 5;
    private static final long SEED = 20_261_121;

    @RegisterExtension
    static final Sampling SAMPLING = Sampling.of("kills");

    @TempDir
    private Path temporary;

    @Test
    void killsNeitherLoseRowsNorLeavePartialOutputs() throws Exception {
        try (TestProject project = new TestProject(temporary)) {
            writeSteps(project);
            WorkspaceChanges changes = new WorkspaceChanges(project.directory());
            RunnerProcess uninterrupted = project.start("-a", "run", "--output", "json");
            int totalChanges = changes.awaitChanges(uninterrupted, Integer.MAX_VALUE);
            assertThat(uninterrupted.awaitExit().expectExitCode(0).json().states())
                    .containsExactly("rows done", "doubled done", "total done");
            Path reference = project.newestRun();
            assertComplete(project, reference);

            Set<Path> killed = new LinkedHashSet<>();
            Deque<Kill> kills = new ArrayDeque<>(SAMPLING.choose(SAMPLE, kills(totalChanges / 2), Kill::kind));
            RunnerProcess process = startRun(project, killed);
            while (!kills.isEmpty()) {
                changes.awaitChanges(process, kills.element().afterChanges);
                if (process.isAlive()) {
                    kill(process, kills.remove().awaitSteps);
                    assertDoneStepsAreComplete(project);
                    process = project.start("-a", "execute_steps");
                } else {
                    process.awaitExit().expectExitCode(0);
                    kills.add(kills.remove().sooner());
                    process = startRun(project, killed);
                }
            }
            process.awaitExit().expectExitCode(0);

            TestProject.await(
                    "the end of all killed processes",
                    () -> project.processesInside().isEmpty());
            for (Path run : killed) {
                assertComplete(project, run);
                assertSameRows(project, reference, run);
            }
            Json report = project.run("-a", "list_steps", "--output", "json")
                    .expectExitCode(0)
                    .json();
            assertThat(report.text("status")).isEqualTo("done");
            assertThat(report.states()).containsExactly("rows done", "doubled done", "total done");
        }
    }

    private record Kill(int afterChanges, boolean isLate, boolean awaitSteps) {
        String kind() {
            return isLate + " " + awaitSteps;
        }

        Kill sooner() {
            return new Kill((afterChanges + 1) / 2, isLate, awaitSteps);
        }
    }

    private static List<Kill> kills(int maxChanges) {
        Random random = new Random(SEED);
        return Stream.generate(() -> 1 + random.nextInt(maxChanges))
                .limit(KILLS)
                .map(changes -> new Kill(changes, changes > maxChanges / 2, random.nextBoolean()))
                .toList();
    }

    private static void writeSteps(TestProject project) throws IOException {
        project.steps("""
            { "name": "rows", "main_class": "endtoend.WriteRows", "args": { "count": 500 } },
            { "name": "doubled", "main_class": "endtoend.DoubleNumbers", "inputs": { "rows": { "from_step": "rows" } } },
            { "name": "total", "main_class": "endtoend.SumNumbers", "inputs": { "doubled": { "from_step": "doubled" } } }
            """);
    }

    /** Starts a run and waits for its journal. A run killed before it has a journal cannot be resumed. */
    private static RunnerProcess startRun(TestProject project, Set<Path> runs) throws Exception {
        Path before = project.newestRun();
        RunnerProcess process = project.start("-a", "run");
        TestProject.await(
                "a run",
                () -> !project.newestRun().equals(before) && !project.journal().isEmpty());
        runs.add(project.newestRun());
        return process;
    }

    /** Kills the runner, and optionally waits for the end of its steps. */
    private static void kill(RunnerProcess process, boolean awaitSteps) throws Exception {
        List<ProcessHandle> steps = process.descendants();
        process.kill();
        if (awaitSteps) {
            TestProject.await("the end of the steps", () -> steps.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    /** Whenever the runner is killed, the outputs of all steps that are done in the journal are complete. */
    private static void assertDoneStepsAreComplete(TestProject project) throws IOException {
        Set<String> done = new LinkedHashSet<>();
        for (Json event : project.journal()) {
            if (event.text("event").equals("attempt_succeeded")) {
                done.add(event.text("step"));
            } else if (event.has("step")) {
                done.remove(event.text("step"));
            }
        }
        for (String step : done) {
            assertCommitted(project.output(step));
        }
    }

    private static void assertComplete(TestProject project, Path run) throws IOException {
        List<Json> journal = TestProject.journal(run);
        assertThat(journal)
                .filteredOn(event -> event.text("event").equals("run_ended"))
                .last()
                .extracting(event -> event.text("outcome"))
                .isEqualTo("DONE");
        for (String step : List.of("rows", "doubled", "total")) {
            assertCommitted(output(project, run, step));
        }
    }

    private static void assertCommitted(Path output) throws IOException {
        assertThat(output.resolve("_SUCCESS")).exists();
        try (Stream<Path> files = Files.walk(output)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .noneMatch(name -> name.startsWith("_temporary"));
        }
    }

    private static void assertSameRows(TestProject project, Path expected, Path run) throws IOException {
        assertThat(TestProject.lines(output(project, run, "doubled"), ".json"))
                .hasSize(500)
                .containsExactlyInAnyOrderElementsOf(TestProject.lines(output(project, expected, "doubled"), ".json"));
        assertThat(TestProject.lines(output(project, run, "total"), ".csv"))
                .containsExactly("rows,total,names", "500,249500,500");
        assertThat(parquetFiles(output(project, run, "rows")))
                .isEqualTo(parquetFiles(output(project, expected, "rows")));
    }

    private static long parquetFiles(Path output) throws IOException {
        return TestProject.children(output).stream()
                .filter(file -> file.toString().endsWith(".parquet"))
                .count();
    }

    private static Path output(TestProject project, Path run, String step) {
        return project.workspace()
                .resolve("output/trial")
                .resolve(run.getFileName())
                .resolve(step);
    }
}
