package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StepsFileReaderTest {
    @TempDir
    Path directory;

    private StepsFileFixture fixture;

    @BeforeEach
    void createFiles() {
        fixture = new StepsFileFixture(directory)
                .jar("target/jobs.jar", "org.example.ExtractWords", "org.example.CountWords", "org.example.DrawClouds")
                .jar("target/lib/b.jar")
                .jar("target/lib/a.jar")
                .file("data/mask.png");
    }

    @Test
    void readsTheDocumentedExample() {
        Pipeline pipeline = fixture.pipeline("""
                {
                  "$schema": "schemas/steps.schema.json",
                  "name": "word-clouds",
                  "parameters": { "titles": "s3://my-bucket/titles.parquet", "max_words": 300 },
                  "defaults": { "script_uri": "target/jobs.jar", "jars": ["target/lib/*.jar"],
                                "executor_memory": "2G", "executor_cores": 2 },
                  "steps": [
                    { "name": "words", "description": "Titles to words", "main_class": "org.example.ExtractWords",
                      "inputs": { "titles": "${titles}" }, "output": { "format": "parquet" }, "args": { "language": "en" } },
                    { "name": "counts", "main_class": "org.example.CountWords", "inputs": { "words": { "from_step": "words" } } },
                    { "name": "clouds", "main_class": "org.example.DrawClouds",
                      "inputs": { "counts": { "from_step": "counts" }, "mask": { "local": "data/mask.png" } },
                      "output": { "format": "png" }, "args": { "max-words": "${max_words}" } }
                  ]
                }
                """);

        SparkSettings<NamedFile> settings = SparkSettings.<NamedFile>defaults()
                .with(SparkOption.EXECUTOR_MEMORY, MemorySize.parse("2G").orElseThrow())
                .with(SparkOption.EXECUTOR_CORES, 2)
                .with(
                        FileOption.JARS,
                        List.of(
                                new NamedFile(new FileRef.Local(directory.resolve("target/lib/a.jar")), ""),
                                new NamedFile(new FileRef.Local(directory.resolve("target/lib/b.jar")), "")));
        FileRef jar = new FileRef.Local(directory.resolve("target/jobs.jar"));
        assertThat(pipeline)
                .isEqualTo(new Pipeline(
                        "word-clouds",
                        List.of(
                                new Step(
                                        new StepName("words"),
                                        "Titles to words",
                                        new Program.Jar(jar, "org.example.ExtractWords"),
                                        List.of(new Input(
                                                "titles",
                                                new FileRef.Remote("s3://my-bucket/titles.parquet"),
                                                "titles")),
                                        new Output(new Output.Automatic(), "output", "parquet", Overwrite.NONE),
                                        flags(new Arguments.Flag("language", List.of(Argument.literal("en")))),
                                        Set.of(),
                                        settings,
                                        FailurePolicy.DEFAULT,
                                        ""),
                                new Step(
                                        new StepName("counts"),
                                        "",
                                        new Program.Jar(jar, "org.example.CountWords"),
                                        List.of(new Input("words", new Source.FromStep(new StepName("words"), ""), "")),
                                        new Output(new Output.Automatic(), "output", "", Overwrite.NONE),
                                        flags(),
                                        Set.of(),
                                        settings,
                                        FailurePolicy.DEFAULT,
                                        ""),
                                new Step(
                                        new StepName("clouds"),
                                        "",
                                        new Program.Jar(jar, "org.example.DrawClouds"),
                                        List.of(
                                                new Input(
                                                        "counts", new Source.FromStep(new StepName("counts"), ""), ""),
                                                new Input(
                                                        "mask",
                                                        new FileRef.Local(directory.resolve("data/mask.png")),
                                                        "")),
                                        new Output(new Output.Automatic(), "output", "png", Overwrite.NONE),
                                        flags(new Arguments.Flag("max-words", List.of(Argument.literal("300")))),
                                        Set.of(),
                                        settings,
                                        FailurePolicy.DEFAULT,
                                        ""))));
    }

    private static Arguments flags(Arguments.Flag... flags) {
        return new Arguments.Flags(List.of(flags));
    }

    @Test
    void writesOfAStepReplaceThoseOfTheDefaults() {
        fixture.file("job.py");
        Pipeline pipeline = fixture.pipeline("""
                {"parameters": {"tables": "s3://tables/daily"},
                 "defaults": {"script_uri": "job.py", "writes": ["s3://shared"]},
                 "steps": [{"name": "inherits"}, {"name": "replaces", "writes": ["${tables}", "/data/tables"]},
                           {"name": "none", "writes": []}]}
                """);

        assertThat(pipeline.steps())
                .extracting(step -> step.output().writes())
                .containsExactly(List.of("s3://shared"), List.of("s3://tables/daily", "/data/tables"), List.of());
    }

    @Test
    void parsesEverySetting() {
        fixture.file("job.py").file("lib.py").file("lookup.csv").file("venv.tar.gz");

        Step step = fixture.pipeline("""
                        {"steps": [{"name": "a", "script_uri": "job.py", "executor_memory": "18G", "executor_cores": "4",
                          "num_executors": 3, "driver_memory": "1536m", "deploy_mode": "client",
                          "spark_conf": {"spark.sql.shuffle.partitions": 8, "spark.ui.enabled": false, "spark.x": "y"},
                          "packages": ["org.example:library_2.12:1.0"], "py_files": ["lib.py", "s3://bucket/other.zip"],
                          "files": ["lookup.csv#table.csv"], "archives": ["venv.tar.gz#environment"], "env": {"LEVEL": 3},
                          "on_failure": "continue", "retries": 2, "timeout": "1h30m"}]}
                        """).steps().get(0);

        assertThat(step.program()).isEqualTo(new Program.Python(new FileRef.Local(directory.resolve("job.py"))));
        assertThat(step.settings())
                .isEqualTo(SparkSettings.<NamedFile>defaults()
                        .with(
                                SparkOption.EXECUTOR_MEMORY,
                                MemorySize.parse("18G").orElseThrow())
                        .with(SparkOption.EXECUTOR_CORES, 4)
                        .with(SparkOption.NUM_EXECUTORS, 3)
                        .with(
                                SparkOption.DRIVER_MEMORY,
                                MemorySize.parse("1536m").orElseThrow())
                        .with(SparkOption.DEPLOY_MODE, DeployMode.CLIENT)
                        .withConf(Map.of(
                                "spark.sql.shuffle.partitions",
                                Argument.literal("8"),
                                "spark.ui.enabled",
                                Argument.literal("false"),
                                "spark.x",
                                Argument.literal("y")))
                        .with(SparkOption.PACKAGES, List.of("org.example:library_2.12:1.0"))
                        .with(
                                FileOption.PY_FILES,
                                List.of(
                                        new NamedFile(new FileRef.Local(directory.resolve("lib.py")), ""),
                                        new NamedFile(new FileRef.Remote("s3://bucket/other.zip"), "")))
                        .with(
                                FileOption.FILES,
                                List.of(new NamedFile(new FileRef.Local(directory.resolve("lookup.csv")), "table.csv")))
                        .with(
                                FileOption.ARCHIVES,
                                List.of(new NamedFile(
                                        new FileRef.Local(directory.resolve("venv.tar.gz")), "environment")))
                        .withEnv(Map.of("LEVEL", Argument.literal("3"))));
        assertThat(step.failurePolicy()).isEqualTo(new FailurePolicy(OnFailure.CONTINUE, 2, Duration.ofMinutes(90)));
    }

    @Test
    void mapsAreMergedWithDefaultsAndListsReplaceThem() {
        fixture.file("job.py");

        List<Step> steps = fixture.pipeline("""
                        {"defaults": {"script_uri": "job.py", "env": {"A": "1", "B": "1"}, "packages": ["a:b:1"], "retries": 1},
                         "steps": [{"name": "own", "env": {"B": "2", "C": "2"}, "packages": [], "retries": 0}, {"name": "standard"}]}
                        """).steps();

        assertThat(steps.get(0).settings().env())
                .isEqualTo(Map.of("A", Argument.literal("1"), "B", Argument.literal("2"), "C", Argument.literal("2")));
        assertThat(steps.get(0).settings().get(SparkOption.PACKAGES)).isNull();
        assertThat(steps.get(0).failurePolicy().retries()).isZero();
        assertThat(steps.get(1).settings().get(SparkOption.PACKAGES)).containsExactly("a:b:1");
        assertThat(steps.get(1).failurePolicy().retries()).isOne();
    }
}
