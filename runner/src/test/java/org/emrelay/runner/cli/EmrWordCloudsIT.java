package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.platform.local.FakeClusterSpark;
import org.emrelay.runner.platform.local.SparkRuntime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the word-cloud pipeline on a fake cluster whose steps run on local Spark, and checks that it draws its images. */
final class EmrWordCloudsIT {
    private static final Path SPARK =
            Path.of(System.getProperty("spark.runtime", "target/spark")).toAbsolutePath();
    private static final Path STEPS = Path.of("../steps.json").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @TempDir
    Path cluster;

    @Test
    void addsExecutesAndFetchesTheImages() throws Exception {
        try (EmrCliFixture emr = new EmrCliFixture(directory)) {
            FakeClusterSpark spark = new FakeClusterSpark(
                    SparkRuntime.find(SPARK, Map.of()), emr.aws().s3(), cluster);
            emr.aws()
                    .emr()
                    .scriptSteps(name ->
                            StepScript.completesAfter(Duration.ofMinutes(2)).withProgram(spark));
            emr.create();

            CommandResult added = emr.run("-a", "add_steps", "-steps", STEPS.toString(), "-p", "rows=2000");
            CommandResult executed = emr.run("-a", "execute_steps");
            CommandResult fetched = emr.run("-a", "fetch_output");

            assertThat(added.code()).as(added.err()).isZero();
            assertThat(executed.code()).as(executed.out() + executed.err()).isZero();
            assertThat(executed.out())
                    .containsSubsequence("titles  done", "words   done", "counts  done", "clouds  done");
            assertThat(fetched.code()).as(fetched.err()).isZero();
            assertThat(names(emr.cli().path("results/word-clouds/clouds")))
                    .contains("index.html")
                    .anyMatch(name -> name.endsWith(".png"));
        }
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
