package org.emrelay.runner.platform.emr.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.RUN;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.attempt;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.words;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.plan.Argument;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.emrelay.runner.platform.local.SparkOfTheFake;
import org.emrelay.runner.platform.local.SparkRuntime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jobs, as steps of a cluster of the fake, on this machine's Spark: what they write is in the fake's bucket. */
final class SparkOnTheFakeIT {
    private static final Path SPARK =
            Path.of(System.getProperty("spark.runtime", "target/spark")).toAbsolutePath();
    private static final Path JOBS = Path.of("../pyspark-equivalent-jobs/target");
    private static final String TITLES = "org.emrelay.jobs.wordclouds.titles.GenerateTitles";

    @TempDir
    Path directory;

    @Test
    void aStepWritesToTheBucketWhatItsProgramWrites() throws Exception {
        try (EmrStepsFixture stage = new EmrStepsFixture(1)) {
            stage.aws.s3().add("bucket", "us-east-1");
            stage.aws.s3().write("bucket", "scripts/jobs.jar", Files.readAllBytes(JOBS.resolve("jobs.jar")));
            SparkOfTheFake spark = new SparkOfTheFake(SparkRuntime.find(SPARK, Map.of()), stage.aws.s3(), directory);
            stage.aws
                    .emr()
                    .steps(name ->
                            StepScript.completesAfter(Duration.ofSeconds(40)).doing(spark));
            EmrPlatform platform = stage.ready().platform();

            platform.submit(RUN, List.of(titles("a", "50"), titles("b", "many")));

            assertThat(words(stage.await(platform)))
                    .containsExactly("a/1 Succeeded[rows=null]", "b/1 Failed[reason=exit code 1]");
            List<String> keys = stage
                    .clients
                    .s3()
                    .listObjectsV2(request -> request.bucket("bucket").prefix("output/"))
                    .contents()
                    .stream()
                    .map(object -> object.key())
                    .toList();
            assertThat(keys).contains("output/a/_SUCCESS").anyMatch(key -> key.matches("output/a/part-.*"));
            assertThat(keys).noneMatch(key -> key.endsWith(".crc"));
        }
    }

    private static AttemptRequest titles(String step, String rows) {
        SparkSubmit submission = new SparkSubmit(
                Argument.of(new Argument.Uploaded("scripts/jobs.jar")),
                TITLES,
                new SparkSubmit.Sizes(null, null, null, null),
                DeployMode.CLUSTER,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(
                        Argument.literal("--rows"),
                        Argument.literal(rows),
                        Argument.literal("--output"),
                        Argument.literal("s3://bucket/output/" + step)));
        return new AttemptRequest(
                attempt(step, 1), submission, new EmrStepsFixture.Here(), OnAttemptFailure.NEXT_STARTS);
    }
}
