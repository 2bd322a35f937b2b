package org.sparkpipelines.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer runs first. */
class RootPipelineIT {
    private static final List<String> EVERY_YEAR =
            IntStream.rangeClosed(1995, 2015).mapToObj(String::valueOf).toList();

    @TempDir
    private Path temporary;

    @Test
    void endsWithATableOfEveryYearAndTakesTitlesOfOnesOwn() throws Exception {
        try (Playground playground = new Playground(temporary)) {
            Path results = playground.directory().resolve("results/book-titles/table");
            String steps = Build.root().resolve("steps.json").toString();

            Ended first = playground.run("-a", "run", "-steps", steps).with(0);

            assertThat(first.lastLine()).isEqualTo("Results: " + results);
            assertThat(years(results)).isEqualTo(EVERY_YEAR);
            assertThat(titles(results)).isEqualTo(100_000);
            assertThat(first.err())
                    .containsSubsequence("titles: started", "titles: done in ", "counts: started", "table: done in ");

            // As a user would give it: relative to where the command is typed.
            Path own = playground.directory().relativize(playground.newestRun());
            String titles = ".runner/output/book-titles/" + own.getFileName() + "/titles";
            Ended second = playground
                    .run("-a", "run", "-steps", steps, "-p", "titles=" + titles, "--output", "json")
                    .with(0);

            Json report = second.json();
            assertThat(report.keys()).containsExactly("run_id", "pipeline", "status", "steps", "cluster_id", "results");
            assertThat(report.text("pipeline")).isEqualTo("book-titles");
            assertThat(report.text("status")).isEqualTo("done");
            assertThat(report.texts("results")).containsExactly(results.toString());
            assertThat(report.states()).containsExactly("titles skipped", "counts done", "table done");
            assertSkipped(report.step("titles"));
            assertDone(report.step("counts"), playground);
            assertThat(titles(results)).isEqualTo(100_000);
        }
    }

    private static void assertSkipped(Json titles) {
        assertThat(titles.text("reason")).isEqualTo("not needed: titles is given");
        assertThat(titles.get("output").isNull()).isTrue();
        assertThat(titles.get("log").isNull()).isTrue();
        assertThat(titles.number("attempts")).isZero();
    }

    private static void assertDone(Json counts, Playground playground) {
        assertThat(counts.keys())
                .containsExactly(
                        "name",
                        "state",
                        "attempts",
                        "elapsed_seconds",
                        "output",
                        "rows",
                        "files",
                        "bytes",
                        "log",
                        "reason",
                        "runs_again",
                        "cause",
                        "cause_where",
                        "hint",
                        "reused_from");
        assertThat(counts.number("attempts")).isEqualTo(1);
        assertThat(counts.number("rows")).isEqualTo(EVERY_YEAR.size());
        assertThat(counts.get("cause").isNull()).isTrue();
        assertThat(Path.of(counts.text("output")))
                .startsWith(playground.workspace())
                .isDirectory();
        assertThat(Path.of(counts.text("log")))
                .startsWith(playground.workspace())
                .isRegularFile();
    }

    private static List<String> years(Path results) throws Exception {
        return table(results).stream()
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
    }

    private static long titles(Path results) throws Exception {
        return table(results).stream()
                .map(line -> line.substring(line.indexOf(',') + 1, line.lastIndexOf(',')))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static List<String> table(Path results) throws Exception {
        List<String> lines = Files.readAllLines(results.resolve("table.csv"));
        assertThat(lines.get(0)).isEqualTo("year,titles,distinct_titles");
        return lines.subList(1, lines.size());
    }
}
