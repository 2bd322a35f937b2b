package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the runner, again and again, at any moment of a run on real Spark. */
class KilledRunIT {
    private static final int KILLS = 20;
    private static final long SEED = 20_261_121;

    @TempDir
    private Path temporary;

    @Test
    void afterTwentyKillsTheSameRowsAreThereAndNothingIsHalfWritten() throws Exception {
        try (Playground playground = new Playground(temporary)) {
            writeSteps(playground);
            Footprints footprints = new Footprints(playground.directory());
            RunnerProcess whole = playground.start("-a", "run", "--output", "json");
            int length = footprints.follow(whole, Integer.MAX_VALUE);
            assertThat(whole.ended().with(0).json().states())
                    .containsExactly("rows done", "doubled done", "total done");
            Path undisturbed = playground.newestRun();
            assertComplete(playground, undisturbed);

            Random random = new Random(SEED);
            Set<Path> killed = new LinkedHashSet<>();
            int kills = 0;
            RunnerProcess process = begin(playground, killed);
            while (kills < KILLS) {
                footprints.follow(process, 1 + random.nextInt(length / 2));
                if (process.isAlive()) {
                    kill(process, random.nextBoolean());
                    kills++;
                    assertWhatIsDoneIsComplete(playground);
                    process = playground.start("-a", "execute_steps");
                } else {
                    process.ended().with(0);
                    process = begin(playground, killed);
                }
            }
            process.ended().with(0);

            Playground.await(
                    "an end of what was killed",
                    () -> playground.processesInside().isEmpty());
            for (Path run : killed) {
                assertComplete(playground, run);
                assertSameRows(playground, undisturbed, run);
            }
            Json report = playground
                    .run("-a", "list_steps", "--output", "json")
                    .with(0)
                    .json();
            assertThat(report.text("status")).isEqualTo("done");
            assertThat(report.states()).containsExactly("rows done", "doubled done", "total done");
        }
    }

    private static void writeSteps(Playground playground) throws IOException {
        playground.steps("""
                { "name": "rows", "main_class": "endtoend.Rows", "args": { "count": 500 } },
                { "name": "doubled", "main_class": "endtoend.Doubled", "inputs": { "rows": { "from_step": "rows" } } },
                { "name": "total", "main_class": "endtoend.Total", "inputs": { "doubled": { "from_step": "doubled" } } }
                """);
    }

    /** A run that can be gone on with as soon as it has a journal; killed before, it has not begun. */
    private static RunnerProcess begin(Playground playground, Set<Path> begun) throws Exception {
        Path before = playground.newestRun();
        RunnerProcess process = playground.start("-a", "run");
        Playground.await(
                "a run",
                () -> !playground.newestRun().equals(before)
                        && !playground.journal().isEmpty());
        begun.add(playground.newestRun());
        return process;
    }

    /** The next runner starts at once, or when all that this one has started is gone. */
    private static void kill(RunnerProcess process, boolean awaitSteps) throws Exception {
        List<ProcessHandle> steps = process.children();
        process.kill();
        if (awaitSteps) {
            Playground.await("an end of the steps", () -> steps.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    /** What the journal calls done is whole, whenever the runner dies. */
    private static void assertWhatIsDoneIsComplete(Playground playground) throws IOException {
        Set<String> done = new LinkedHashSet<>();
        for (Json event : playground.journal()) {
            if (event.text("event").equals("attempt_succeeded")) {
                done.add(event.text("step"));
            } else if (event.has("step")) {
                done.remove(event.text("step"));
            }
        }
        for (String step : done) {
            assertWhole(playground.output(step));
        }
    }

    private static void assertComplete(Playground playground, Path run) throws IOException {
        List<Json> journal = Playground.journal(run);
        assertThat(journal.get(journal.size() - 1).text("outcome")).isEqualTo("DONE");
        for (String step : List.of("rows", "doubled", "total")) {
            assertWhole(output(playground, run, step));
        }
    }

    private static void assertWhole(Path output) throws IOException {
        assertThat(output.resolve("_SUCCESS")).exists();
        try (Stream<Path> files = Files.walk(output)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .noneMatch(name -> name.startsWith("_temporary"));
        }
    }

    private static void assertSameRows(Playground playground, Path expected, Path run) throws IOException {
        assertThat(Playground.lines(output(playground, run, "doubled"), ".json"))
                .hasSize(500)
                .containsExactlyInAnyOrderElementsOf(
                        Playground.lines(output(playground, expected, "doubled"), ".json"));
        assertThat(Playground.lines(output(playground, run, "total"), ".csv"))
                .containsExactly("rows,total,names", "500,249500,500");
        assertThat(parquetFiles(output(playground, run, "rows")))
                .isEqualTo(parquetFiles(output(playground, expected, "rows")));
    }

    private static long parquetFiles(Path output) throws IOException {
        return Playground.children(output).stream()
                .filter(file -> file.toString().endsWith(".parquet"))
                .count();
    }

    private static Path output(Playground playground, Path run, String step) {
        return playground
                .workspace()
                .resolve("output/trial")
                .resolve(run.getFileName())
                .resolve(step);
    }
}
