package org.emrelay.runner.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.emr.FakeCluster;
import org.emrelay.runner.fakeaws.emr.StepProgram.Result;

/** Runs commands against a fake AWS, in a directory with this repository's cluster file. */
final class EmrCliFixture implements AutoCloseable {
    static final String CLUSTER_FILE = "cluster-ec2-spot-fleet.json";

    private static final Path ROOT = Path.of("..");

    private final FakeAws aws;
    private final String region;
    private final CliFixture cli;

    EmrCliFixture(Path directory) {
        this(directory, "us-east-1");
    }

    EmrCliFixture(Path directory, String region) {
        this.aws = FakeAws.start(region);
        this.region = region;
        cli = new CliFixture(directory)
                .file(CLUSTER_FILE, repositoryFile(CLUSTER_FILE))
                .file("bootstrap-action.sh", repositoryFile("bootstrap-action.sh"))
                .withEnvironment("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
                .withEnvironment("AWS_SECRET_ACCESS_KEY", "not-so-secret")
                .withClock(aws.clock(), aws.clock()::sleep);
    }

    static String repositoryFile(String name) {
        try {
            return Files.readString(ROOT.resolve(name));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Adds keys to the cluster file of this repository. */
    void clusterFileWith(String keys) {
        cli.file(CLUSTER_FILE, repositoryFile(CLUSTER_FILE).replace("\"Tags\":", keys + ", \"Tags\":"));
    }

    FakeAws aws() {
        return aws;
    }

    CliFixture cli() {
        return cli;
    }

    CommandResult run(String... arguments) {
        List<String> options =
                List.of("--region", region, "--endpoint-url", aws.endpoint().toString());
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(options);
        return cli.run(all.toArray(String[]::new)).without(" " + String.join(" ", options));
    }

    CommandResult create(String... more) {
        return run(Stream.concat(Stream.of("-a", "create_cluster", "-c", "demo"), Stream.of(more))
                .toArray(String[]::new));
    }

    CommandResult terminate(String... more) {
        return run(Stream.concat(Stream.of("-a", "terminate_cluster", "-c", "demo", "--yes"), Stream.of(more))
                .toArray(String[]::new));
    }

    /** Deletes the resource journals but not the workspace id, as after the loss of a disk. */
    void deleteResourceJournals() {
        Path folder = cli.path(".runner/cluster-fleet");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
                Files.delete(file);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Writes a Spark step's output: a part and the _SUCCESS marker. A YARN cleanup step writes nothing. */
    Result writeOutput(String step, List<String> arguments, Result scripted) {
        if (!arguments.contains("--output")) {
            return scripted;
        }
        String uri = arguments.get(arguments.indexOf("--output") + 1).substring("s3://".length());
        String bucket = uri.substring(0, uri.indexOf('/'));
        String key = uri.substring(uri.indexOf('/') + 1);
        aws.s3().write(bucket, key + "/part-00000.csv", "word\nemma\n".getBytes(StandardCharsets.UTF_8));
        aws.s3().write(bucket, key + "/_SUCCESS", new byte[0]);
        return scripted;
    }

    /** All step attempts that YARN started, in this order. */
    List<String> startedAttempts() {
        return aws.inspect(() -> aws.emr().yarn().startedSteps());
    }

    /** The number of clusters created, live or ended, without those that EMR refused before it launched instances. */
    int createdClusterCount() {
        return aws.inspect(() -> aws.emr().clusters().size()) - refusedClusterCount();
    }

    /** The clusters that EMR refused. */
    int refusedClusterCount() {
        return aws.inspect(() -> aws.emr().clusters().stream()
                .filter(FakeCluster::isRefused)
                .toList()
                .size());
    }

    @Override
    public void close() {
        aws.close();
    }
}
