package org.emrelay.runner.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a newcomer's first commands: the default pipeline, then the same with the user's own titles. */
class RootPipelineIT {
    private static final String STEPS =
            BuildArtifacts.root().resolve("steps.json").toString();
    private static final List<String> IMAGES_OF_ALL_YEARS =
            IntStream.rangeClosed(1995, 2015).mapToObj(year -> year + ".png").toList();

    @TempDir
    private Path temporary;

    private TestProject project;
    private Path clouds;

    @BeforeEach
    void createProject() throws IOException {
        project = new TestProject(temporary);
        clouds = project.directory().resolve("results/word-clouds/clouds");
    }

    @AfterEach
    void closeProject() throws Exception {
        project.close();
    }

    @Test
    void drawsACloudForEveryYear() throws Exception {
        ProcessResult ended = project.run("-a", "run", "-steps", STEPS).expectExitCode(0);

        assertThat(ended.out())
                .containsPattern(
                        "\nDone in .* s\\. New: titles, words, counts, clouds\\.\nResults: \\Q" + clouds + "\\E\n");
        assertThat(ended.out())
                .contains("\nOpen " + clouds.resolve("index.html").toUri() + "\n");
        assertThat(ended.lastLine())
                .isEqualTo("Report: " + clouds.resolveSibling("report.html").toUri());
        assertThat(clouds.resolveSibling("report.html")).content().contains("<title>word-clouds: done</title>");
        assertThat(imageNames()).isEqualTo(IMAGES_OF_ALL_YEARS);
        assertThat(clouds.resolve("evolution.gif")).isNotEmptyFile();
        assertThat(clouds.resolve("index.html")).content().startsWith("<!DOCTYPE html>");
        assertThat(ended.err())
                .containsSubsequence(
                        "titles: started", "words: started", "counts: started", "clouds: started", "clouds: done in ");
    }

    @Test
    void readsCustomTitlesInTheirOwnFormat() throws Exception {
        Files.writeString(project.directory().resolve("own titles.csv"), """
                name;published;sold
                The Wolves of the Sea;1851;3
                "The Wolf; and the ""Whale\""";1851;4
                Whales;-750;1
                ;1999;1
                Nothing;someday;1
                """);

        ProcessResult ended = project.run(
                        "-a",
                        "run",
                        "-steps",
                        STEPS,
                        "-p",
                        "titles=own titles.csv",
                        "-p",
                        "title_column=name",
                        "-p",
                        "year_column=published",
                        "-p",
                        "weight_column=sold",
                        "-p",
                        "weight=reviews",
                        "--output",
                        "json")
                .expectExitCode(0);

        assertThat(imageNames()).containsExactly("-750.png", "1851.png");
        Json report = ended.json();
        assertThat(report.keys())
                .containsExactly(
                        "run_id",
                        "pipeline",
                        "status",
                        "steps",
                        "cost_so_far",
                        "bill",
                        "notices",
                        "instance_changes",
                        "cluster_id",
                        "elapsed_seconds",
                        "results",
                        "page",
                        "report");
        assertThat(report.text("pipeline")).isEqualTo("word-clouds");
        assertThat(report.text("status")).isEqualTo("done");
        assertThat(report.texts("results")).containsExactly(clouds.toString());
        assertThat(report.states()).containsExactly("titles skipped", "words done", "counts done", "clouds done");
        assertSkipped(report.step("titles"));
        assertDone(report.step("words"), 5);
        assertDone(report.step("counts"), 4);
    }

    private static void assertSkipped(Json titles) {
        assertThat(titles.text("reason")).isEqualTo("not needed: parameter 'titles' is set");
        assertThat(titles.get("output").isNull()).isTrue();
        assertThat(titles.get("log").isNull()).isTrue();
        assertThat(titles.number("attempts")).isZero();
    }

    private void assertDone(Json step, int rows) {
        assertThat(step.keys())
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
                        "last_lines",
                        "cost",
                        "reused_from",
                        "attempt_history");
        assertThat(step.number("attempts")).isEqualTo(1);
        assertThat(step.number("rows")).isEqualTo(rows);
        assertThat(step.get("cause").isNull()).isTrue();
        assertThat(Path.of(step.text("output"))).startsWith(project.workspace()).isDirectory();
        assertThat(Path.of(step.text("log"))).startsWith(project.workspace()).isRegularFile();
    }

    private List<String> imageNames() throws IOException {
        try (Stream<Path> files = Files.list(clouds)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }
}
