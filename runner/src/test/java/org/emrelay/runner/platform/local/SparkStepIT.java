package org.emrelay.runner.platform.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.emrelay.runner.platform.local.TestPlatforms.RUN;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Diagnosis;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.platform.StepOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps on the real Spark runtime. The workspace name has spaces and non-ASCII characters. */
class SparkStepIT {
    private static final Path SPARK =
            Path.of(System.getProperty("spark.runtime", "target/spark")).toAbsolutePath();
    private static final String JOB = """
        import org.apache.spark.sql.SparkSession;

        public class Job {
            public static void main(String[] arguments) {
                if (arguments[0].equals("fail")) {
                    throw new IllegalStateException("there are no titles");
                } else if (arguments[0].startsWith("exit ")) {
                    System.exit(Integer.parseInt(arguments[0].substring(5)));
                }
                SparkSession spark = SparkSession.builder().getOrCreate();
                spark.range(5).selectExpr("id", "'ü' || id AS title").write().parquet(arguments[0]);
                System.out.println("rows " + spark.read().parquet(arguments[0]).filter("title LIKE 'ü%'").count());
                System.out.println("warehouse " + spark.conf().get("spark.sql.warehouse.dir"));
            }
        }
        """;
    private static final String SCRIPT = """
        import sys
        from pyspark.sql import SparkSession
        spark = SparkSession.builder.getOrCreate()
        if sys.argv[1] == "fail":
            raise ValueError("there are no titles")
        spark.range(7).write.parquet(sys.argv[1])
        print("sum", sum(spark.sparkContext.parallelize([1, 2, 3]).map(lambda n: n + 1).collect()))
        """;

    @TempDir
    static Path jobs;

    private final List<String> notices = new ArrayList<>();
    private LocalWorkspace workspace;
    private LocalPlatform platform;

    @BeforeEach
    void openPlatform(@TempDir Path directory) throws Exception {
        workspace = LocalWorkspace.open(directory.resolve("wörk späce"));
        platform = new LocalPlatform(
                workspace,
                SparkRuntime.find(SPARK, Map.of()),
                new LocalResources(2, 2048),
                System.getenv(),
                Clock.systemUTC(),
                Sleeper.system(),
                notices::add,
                Set.of());
        workspace.upload(jobs.resolve("job.jar"), "scripts/job.jar");
        workspace.write("scripts/job.py", SCRIPT.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @AfterEach
    void closePlatform() {
        platform.close();
    }

    @Test
    void aChainOfStepsWritesItsOutputsAndNothingElse() throws Exception {
        AttemptRequest first = java("first", workspace.uri("output/first"));
        AttemptRequest second = java("second", workspace.uri("output/second"));
        platform.submit(RUN, List.of(first));
        platform.prewarm(RUN, second);
        TestPlatforms.awaitAllEnded(platform);
        platform.submit(RUN, List.of(second));
        assertThat(TestPlatforms.awaitAllEnded(platform))
                .extracting(AttemptStatus::outcome)
                .containsExactly(new StepOutcome.Succeeded(5L), new StepOutcome.Succeeded(5L));
        assertThat(workspace.summary(workspace.uri("output/second")))
                .hasValueSatisfying(summary -> assertThat(summary.bytes()).isPositive());
        assertThat(folder("second").stdout()).content().contains("rows 5").contains("/wörk");
        assertThat(files(folder("second").directory())).containsExactly("stderr", "stdout", "summary.json");
        assertThat(folder("second").stderr()).content().doesNotContain("warning", "Exception");
    }

    @Test
    void reportsAFailureWithItsCause() throws Exception {
        assertThat(outcome(java("failing", "fail"))).isEqualTo(new StepOutcome.Failed("exit code 1"));
        assertThat(platform.diagnose(RUN, AttemptRequestBuilder.step("failing").id()))
                .map(Diagnosis::cause)
                .hasValue("java.lang.IllegalStateException: there are no titles");
    }

    @Test
    void aStepThatCallsSystemExitDoesNotAffectOthers() throws Exception {
        assertThat(outcome(java("exiting", "exit 7"))).isEqualTo(new StepOutcome.Failed("exit code 7"));
        assertThat(outcome(java("ending", "exit 0")))
                .isEqualTo(new StepOutcome.Failed("exit code 0: the program called System.exit(0), which fails a step"
                        + " on YARN; return from main instead"));
        assertThat(outcome(java("next", workspace.uri("output/next")))).isEqualTo(new StepOutcome.Succeeded(5L));
    }

    @Test
    void runsAPythonScript() throws Exception {
        AttemptRequest request = AttemptRequestBuilder.step("script", workspace.uri("output/script"))
                .build(Argument.literal(workspace.uri("scripts/job.py")), null, workspace.directory());
        StepOutcome outcome = outcome(request);
        assumeThat(outcome.toString()).as("Python with pyspark is installed").doesNotContain(" needs ");
        assertThat(outcome).isEqualTo(new StepOutcome.Succeeded(7L));
        assertThat(folder("script").stdout()).content().contains("sum 9");
        AttemptRequest failing = AttemptRequestBuilder.step("failing", "fail")
                .build(Argument.literal(workspace.uri("scripts/job.py")), null, workspace.directory());
        assertThat(outcome(failing)).isEqualTo(new StepOutcome.Failed("exit code 1"));
        assertThat(platform.diagnose(RUN, failing.attempt()))
                .map(Diagnosis::cause)
                .hasValue("ValueError: there are no titles");
    }

    private AttemptRequest java(String step, String argument) {
        return AttemptRequestBuilder.step(step, argument)
                .resources("1g", 2, 1, null)
                .build(Argument.literal(workspace.uri("scripts/job.jar")), "Job", workspace.directory());
    }

    private StepOutcome outcome(AttemptRequest request) throws InterruptedException {
        platform.submit(RUN, List.of(request));
        return TestPlatforms.awaitAllEnded(platform).stream()
                .filter(status -> status.attempt().equals(request.attempt()))
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    private AttemptFolder folder(String step) {
        return AttemptFolder.of(
                workspace.directory(), RUN, AttemptRequestBuilder.step(step).id());
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Compiled at test time, because the runner has no compile-time dependency on Spark. */
    @BeforeAll
    static void compileJob() throws Exception {
        Path source = Files.writeString(jobs.resolve("Job.java"), JOB);
        String classPath = SparkRuntime.find(SPARK, Map.of()).classPath();
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-encoding",
                                "UTF-8",
                                "-proc:none",
                                "-nowarn",
                                "-cp",
                                classPath,
                                source.toString()))
                .isZero();
        try (OutputStream stream = Files.newOutputStream(jobs.resolve("job.jar"));
                JarOutputStream entries = new JarOutputStream(stream)) {
            entries.putNextEntry(new JarEntry("Job.class"));
            entries.write(Files.readAllBytes(jobs.resolve("Job.class")));
        }
    }
}
