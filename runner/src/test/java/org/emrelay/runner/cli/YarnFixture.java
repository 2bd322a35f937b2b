package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.endtoend.BuildArtifacts;
import org.emrelay.runner.fakeaws.s3.StoredObject;
import org.emrelay.runner.fakeaws.yarn.YarnStepExecutor;
import org.emrelay.runner.json.JsonWriter;

/** Runs commands against a fake AWS with one cluster, whose steps are executed by a real YARN. */
final class YarnFixture implements AutoCloseable {
    private final EmrCliFixture emr;
    private final YarnStepExecutor yarn;
    private final String bucket;

    YarnFixture(Path directory, String name, int concurrency, Map<String, String> sparkDefaults) throws IOException {
        this(directory, name, concurrency, sparkDefaults, Map.of(), "");
    }

    YarnFixture(
            Path directory, String name, int concurrency, Map<String, String> sparkDefaults, Map<String, String> python)
            throws IOException {
        this(directory, name, concurrency, sparkDefaults, python, "");
    }

    /**
     * Creates the cluster.
     *
     * @param name the name of the directory below {@code target/yarn-nodes} with the logs
     * @param sparkDefaults added to the default cluster file
     * @param python environment variables for Python steps
     * @param location the workspace in a bucket of the user: the bucket and the key prefix; empty for a bucket of its own
     */
    YarnFixture(
            Path directory,
            String name,
            int concurrency,
            Map<String, String> sparkDefaults,
            Map<String, String> python,
            String location)
            throws IOException {
        emr = new EmrCliFixture(directory);
        yarn = new YarnStepExecutor(emr.aws(), name, python);
        emr.aws().executeSteps(yarn);
        String storage = "";
        if (!location.isEmpty()) {
            String[] bucketAndPrefix = location.split("/", 2);
            emr.aws().account().bucket(bucketAndPrefix[0]);
            storage = "\"bucket\": \"" + bucketAndPrefix[0] + "\", \"prefix\": \"" + bucketAndPrefix[1] + "\", ";
        }
        String spark = JsonWriter.line(Map.of("Classification", "spark-defaults", "Properties", sparkDefaults));
        emr.cli()
                .file(
                        EmrCliFixture.CLUSTER_FILE,
                        EmrCliFixture.repositoryFile(EmrCliFixture.CLUSTER_FILE)
                                .replaceFirst("\\{", "{ " + storage + "\"StepConcurrencyLevel\": " + concurrency + ",")
                                .replace("\"Configurations\": [", "\"Configurations\": [ " + spark + ","));
        succeed(emr.create());
        bucket = emr.aws()
                .inspect(() -> emr.aws().s3().buckets().keySet().iterator().next());
    }

    EmrCliFixture emr() {
        return emr;
    }

    CommandResult run(String... arguments) {
        return emr.run(arguments);
    }

    /** Adds and executes the steps of a file, and returns the result as JSON text. */
    CommandResult execute(Path steps, String... parameters) {
        succeed(run(Stream.concat(Stream.of("-a", "add_steps", "-steps", steps.toString()), Arrays.stream(parameters))
                .toArray(String[]::new)));
        return run("-a", "execute_steps", "--output", "json");
    }

    /** Adds and executes steps that use the jar of test steps. */
    CommandResult execute(List<Map<String, Object>> steps) throws IOException {
        Map<String, Object> defaults = Map.of(
                "script_uri", BuildArtifacts.stepsJar().toString(),
                "executor_memory", "512M",
                "driver_memory", "512M",
                "executor_cores", 1,
                "on_failure", "continue");
        emr.cli().file("steps.json", JsonWriter.line(Map.of("name", "trial", "defaults", defaults, "steps", steps)));
        return execute(emr.cli().path("steps.json"));
    }

    static CommandResult succeed(CommandResult result) {
        assertThat(result.code()).as(result.out() + result.err()).isZero();
        return result;
    }

    /** The workspace's bucket. */
    String bucket() {
        return bucket;
    }

    /** The applications that run on YARN, from its own command line tool. */
    List<String> activeApplications() throws IOException, InterruptedException {
        return yarn.output("yarn", "application", "-list")
                .lines()
                .filter(line -> line.startsWith("application_"))
                .toList();
    }

    /** The lines of the text files below an output that has this step's name. */
    List<String> outputLines(String step) {
        return lines(bucket(), "(.*/)?output/.*/" + step + "/part-.*");
    }

    /** The lines of the objects whose keys match. */
    List<String> lines(String bucket, String keys) {
        return emr.aws()
                .inspect(() -> emr.aws().s3().buckets().get(bucket).objects().stream()
                        .filter(object -> object.key().matches(keys))
                        .map(StoredObject::content)
                        .flatMap(content -> new String(content, StandardCharsets.UTF_8).lines())
                        .toList());
    }

    /** Writes the outputs of all steps below a directory: STEP/path. */
    Path downloadOutputs(Path to) throws IOException {
        for (Map.Entry<String, byte[]> file : outputs().entrySet()) {
            Path path = to.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.write(path, file.getValue());
        }
        return to;
    }

    private Map<String, byte[]> outputs() {
        Map<String, byte[]> outputs = new TreeMap<>();
        emr.aws().inspect(() -> {
            emr.aws().s3().buckets().values().stream()
                    .flatMap(bucket -> bucket.objects().stream())
                    .filter(object -> object.key().matches("output/[^/]+/[^/]+/.*[^/]"))
                    .forEach(object ->
                            outputs.put(object.key().replaceFirst("output/[^/]+/[^/]+/", ""), object.content()));
            return outputs;
        });
        return outputs;
    }

    @Override
    public void close() {
        yarn.close();
        emr.close();
    }
}
