package org.emrelay.runner.platform.emr.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.RUN;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.attempt;
import static org.emrelay.runner.platform.emr.steps.EmrStepsFixture.describe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.emrelay.runner.platform.local.FakeClusterSpark;
import org.emrelay.runner.platform.local.SparkRuntime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs real jobs as steps on a fake cluster, with a local Spark. Their output is in the fake's bucket. */
final class SparkOnTheFakeIT {
    private static final Path SPARK_RUNTIME =
            Path.of(System.getProperty("spark.runtime", "target/spark")).toAbsolutePath();
    private static final Path JOBS_TARGET = Path.of("../pyspark-equivalent-jobs/target");
    private static final String GENERATE_TITLES = "org.emrelay.jobs.wordclouds.titles.GenerateTitles";

    /** What the jobs read and write tables with. */
    private static final String LIBRARY = "scripts/lib/sql-step.jar";

    @TempDir
    Path directory;

    @Test
    void stepsWriteTheirOutputToTheBucket() throws Exception {
        try (EmrStepsFixture fixture = new EmrStepsFixture(1)) {
            fixture.aws.s3().addBucket("bucket", "us-east-1");
            fixture.aws.s3().write("bucket", "scripts/jobs.jar", Files.readAllBytes(JOBS_TARGET.resolve("jobs.jar")));
            try (Stream<Path> libraries = Files.list(JOBS_TARGET.resolve("lib"))) {
                Path tables = libraries
                        .filter(library -> String.valueOf(library.getFileName()).startsWith("sql-step-"))
                        .findFirst()
                        .orElseThrow();
                fixture.aws.s3().write("bucket", LIBRARY, Files.readAllBytes(tables));
            }
            fixture.aws.executeSteps(
                    new FakeClusterSpark(fixture.aws, SparkRuntime.find(SPARK_RUNTIME, Map.of()), directory));
            EmrPlatform platform = fixture.becomeReady().newPlatform();

            platform.submit(RUN, List.of(generateTitles("a", "50"), generateTitles("b", "many")));

            assertThat(describe(fixture.awaitEnd(platform)))
                    .containsExactly("a/1 Succeeded[rows=null]", "b/1 Failed[reason=exit code 1]");
            List<String> keys = fixture
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

    private static AttemptRequest generateTitles(String step, String rows) {
        SparkSubmit sparkSubmit = new SparkSubmit(
                Argument.of(new Argument.UploadedFile("scripts/jobs.jar")),
                GENERATE_TITLES,
                SparkSettings.<Argument>defaults()
                        .with(FileOption.JARS, List.of(Argument.of(new Argument.UploadedFile(LIBRARY)))),
                List.of(
                        Argument.literal("--rows"),
                        Argument.literal(rows),
                        Argument.literal("--output"),
                        Argument.literal("s3://bucket/output/" + step)),
                false);
        return new AttemptRequest(
                attempt(step, 1), sparkSubmit, new EmrStepsFixture.FixedUris(), OnAttemptFailure.CONTINUE);
    }
}
