package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.cli.TemplateValues.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.emrelay.runner.endtoend.BuildArtifacts;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.SdkClients;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.emrelay.runner.fakeaws.emr.FakeCluster;
import org.emrelay.runner.fakeaws.yarn.YarnStepExecutor;
import org.emrelay.runner.json.JsonWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs exports with the orchestrators that they are for, against a fake EMR whose steps are executed by a real YARN, with the roles and security
 * groups of the exported template.
 */
@Tag("servers")
final class ExportedRunsIT {
    private static final String BUCKET = "exports-of-this-account";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** How much faster than real time the fake EMR is while no step runs. */
    private static final Duration TICK = Duration.ofMillis(100);

    private static final Duration SIMULATED_TICK = Duration.ofSeconds(3);
    private static final Path AIRFLOW_HOME = PythonEnvironment.DIRECTORY.resolve("airflow-home");

    private static boolean hasDatabase;

    @TempDir
    Path directory;

    private EmrCliFixture emr;
    private YarnStepExecutor yarn;
    private SdkClients clients;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private Thread time;

    @BeforeEach
    void start() throws IOException {
        emr = new EmrCliFixture(directory);
        FakeAws aws = emr.aws();
        clients = new SdkClients(aws);
        aws.account().bucket(BUCKET);
        aws.emr()
                .scriptClusters(name -> ClusterScript.typical()
                        .withPhases(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(20)));
        yarn = new YarnStepExecutor(aws, "exports", Map.of());
        aws.executeSteps(yarn);
        time = new Thread(() -> passTime(aws), "time");
        time.setDaemon(true);
        time.start();
    }

    private void passTime(FakeAws aws) {
        try {
            while (!stopped.get()) {
                TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
                aws.clock().advance(SIMULATED_TICK);
                aws.emr();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        stopped.set(true);
        time.join();
        yarn.close();
        clients.close();
        emr.close();
    }

    @AfterAll
    static void forgetDatabase() {
        hasDatabase = false;
    }

    /** What the last step of the pipeline writes, here and on the cluster. */
    private static final List<String> TOTALS = List.of("rows,total,names", "40,1560,40");

    @Test
    void airflowWritesWhatARunWrites() throws Exception {
        assertThat(lines(runHere())).isEqualTo(TOTALS);

        String log = runWithAirflow(PIPELINE);

        assertThat(log).contains("state=success");
        assertThat(totals()).isEqualTo(TOTALS);
        assertThat(clusters()).containsExactly("TERMINATED");
        assertThat(log).doesNotContain("state=failed");
    }

    @Test
    void aFailedStepFailsTheRunOfAirflowAndEndsTheCluster() throws Exception {
        String log = runWithAirflow(FAILING_PIPELINE);

        assertThat(log).contains("state=failed").doesNotContain("state=success, external_trigger");
        assertThat(totals()).isEmpty();
        assertThat(clusters()).containsExactly("TERMINATED");
    }

    @Test
    void stepFunctionsWriteWhatARunWrites() throws Exception {
        assertThat(runWithStepFunctions(PIPELINE)).isEqualTo("{\"status\": \"SUCCEEDED\"}\n");

        assertThat(totals()).isEqualTo(TOTALS);
        assertThat(clusters()).containsExactly("TERMINATED");
    }

    @Test
    void aFailedStepFailsTheExecutionOfStepFunctionsAndEndsTheCluster() throws Exception {
        assertThat(runWithStepFunctions(FAILING_PIPELINE))
                .startsWith("{\"status\": \"FAILED\", \"error\": \"PipelineFailed\", \"cause\": ");

        assertThat(totals()).isEmpty();
        assertThat(clusters()).containsExactly("TERMINATED");
    }

    /** Its first step has a text that orchestrators would take for their own. */
    private static final Map<String, Object> ROWS = Map.of(
            "name", "rows",
            "main_class", "endtoend.WriteRows",
            "args", Map.of("count", 40, "text", "it's {% 5 %} of {x} \\ $${y}"));

    private static final Map<String, Object> DOUBLED = Map.of(
            "name", "doubled",
            "main_class", "endtoend.DoubleNumbers",
            "inputs", Map.of("rows", Map.of("from_step", "rows")));

    private static final Map<String, Object> SUM = Map.of(
            "name", "sum",
            "main_class", "endtoend.SumNumbers",
            "inputs", Map.of("doubled", Map.of("from_step", "doubled")));

    private static final String PIPELINE = pipeline(List.of(ROWS, DOUBLED, SUM));

    private static final String FAILING_PIPELINE =
            pipeline(List.of(Map.of("name", "doubled", "main_class", "endtoend.FailWithCause"), SUM));

    private static String pipeline(List<Map<String, Object>> steps) {
        Map<String, Object> defaults = Map.of(
                "script_uri",
                BuildArtifacts.stepsJar().toString(),
                "executor_memory",
                "512M",
                "driver_memory",
                "512M",
                "executor_cores",
                1);
        return JsonWriter.line(Map.of("name", "numbers", "defaults", defaults, "steps", steps));
    }

    /** The result of the pipeline without an export, on this machine. */
    private Path runHere() throws IOException, InterruptedException {
        emr.cli().file("here/steps.json", PIPELINE);
        return LocalRun.start(directory.resolve("here"), emr.cli().path("here/steps.json"))
                .awaitOutput()
                .resolve("sum");
    }

    private static List<String> lines(Path output) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".csv")).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private List<String> totals() {
        return emr.aws()
                .inspect(() -> emr.aws().s3().buckets().get(BUCKET).objects().stream()
                        .filter(object -> object.key().matches("output/numbers/[^/]+/sum/.*[.]csv"))
                        .flatMap(
                                object -> new String(object.content(), java.nio.charset.StandardCharsets.UTF_8).lines())
                        .toList());
    }

    private List<String> clusters() {
        return emr.aws()
                .inspect(() -> emr.aws().emr().clusters().stream()
                        .map(FakeCluster::state)
                        .map(String::valueOf)
                        .toList());
    }

    private Path export(String target, String pipeline) throws IOException {
        emr.cli().file("steps.json", pipeline);
        YarnFixture.succeed(emr.cli().run("-a", "export", "--to", target, "--out", target));
        Path exported = emr.cli().path(target);
        Path bundle = exported.resolve("bundle");
        try (Stream<Path> files = Files.walk(bundle)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] content = Files.readAllBytes(file);
                emr.aws().inspect(() -> {
                    emr.aws().s3().write(BUCKET, bundle.relativize(file).toString(), content);
                    return true;
                });
            }
        }
        return exported;
    }

    private DeployedTemplate deploy(Path exported) throws IOException {
        return new DeployedTemplate(Files.readString(exported.resolve("template.json")), clients, BUCKET);
    }

    private String runWithAirflow(String pipeline) throws Exception {
        Path python = PythonEnvironment.with("apache-airflow==2.10.5", "apache-airflow-providers-amazon==9.17.0");
        Path exported = export("airflow", pipeline);
        try (DeployedTemplate deployed = deploy(exported)) {
            Map<String, Object> settings = new LinkedHashMap<>();
            deployed.outputs()
                    .forEach((name, output) -> settings.put(name, map(output).get("Value")));
            settings.put("PollSeconds", 1);
            List<Object> outputs = new ArrayList<>();
            settings.forEach((name, value) -> outputs.add(Map.of("OutputKey", name, "OutputValue", value)));
            Files.writeString(exported.resolve("dags/numbers.json"), JsonWriter.line(outputs));
            Map<String, String> environment = new LinkedHashMap<>();
            environment.put("AIRFLOW_HOME", AIRFLOW_HOME.toAbsolutePath().toString());
            environment.put("AIRFLOW__CORE__LOAD_EXAMPLES", "False");
            environment.put(
                    "AIRFLOW__CORE__DAGS_FOLDER", exported.resolve("dags").toString());
            environment.put("AIRFLOW_CONN_AWS_DEFAULT", "aws://");
            String airflow = python.resolveSibling("airflow").toString();
            if (!hasDatabase) {
                output(environment, airflow, "db", "migrate");
                hasDatabase = true;
            }
            String log = output(environment, airflow, "dags", "test", "numbers");
            awaitEnd();
            return log;
        }
    }

    private String runWithStepFunctions(String pipeline) throws Exception {
        Path python = PythonEnvironment.with("moto[server,stepfunctions]==5.2.5");
        Path exported = export("step-functions", pipeline);
        try (DeployedTemplate deployed = deploy(exported)) {
            Map<String, Object> machine =
                    map(map(TemplateValues.parse(Files.readString(exported.resolve("template.json")))
                                    .get("Resources"))
                            .get("StateMachine"));
            String definition = Files.readString(exported.resolve("state-machine.asl.json"));
            Map<String, Object> substitutions =
                    map(map(machine.get("Properties")).get("DefinitionSubstitutions"));
            for (Map.Entry<String, Object> value : substitutions.entrySet()) {
                definition = definition.replace(
                        "${" + value.getKey() + "}", String.valueOf(deployed.resolve(value.getValue())));
            }
            Path file = Files.writeString(directory.resolve("machine.json"), definition);
            Path script = Files.writeString(
                    directory.resolve("run_state_machine.py"), TestResources.text("servers/run_state_machine.py"));
            String printed = output(Map.of(), python.toString(), script.toString(), file.toString(), "run-1");
            awaitEnd();
            return printed;
        }
    }

    /** The clusters end some time after the run. */
    private void awaitEnd() throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!clusters().stream().allMatch(state -> state.startsWith("TERMINATED")) && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
        }
    }

    private String output(Map<String, String> environment, String... command) throws Exception {
        Path log = directory.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(log.toFile())
                .redirectError(directory.resolve("errors.txt").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("AWS_ENDPOINT_URL_EMR", emr.aws().endpoint().toString());
        builder.environment().put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "not-so-secret");
        builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as(String.join(" ", command))
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(log)
                + (Objects.equals(command[1], "dags") ? Files.readString(directory.resolve("errors.txt")) : "");
    }
}
