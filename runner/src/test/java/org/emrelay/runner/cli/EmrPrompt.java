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
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.emr.StepWork.Done;

/** Somebody in a directory with this repository's own cluster file who types commands that go to an AWS of the test's own. */
final class EmrPrompt implements AutoCloseable {
    static final String CLUSTER_FILE = "cluster-ec2-spot-fleet.json";

    private static final Path ROOT = Path.of("..");

    private final FakeAws aws = FakeAws.start();
    private final Prompt prompt;

    EmrPrompt(Path directory) {
        prompt = new Prompt(directory)
                .file(CLUSTER_FILE, rootFile(CLUSTER_FILE))
                .file("bootstrap-action.sh", rootFile("bootstrap-action.sh"))
                .withEnvironment("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
                .withEnvironment("AWS_SECRET_ACCESS_KEY", "not-so-secret")
                .at(aws.time(), aws.time()::sleep);
    }

    static String rootFile(String name) {
        try {
            return Files.readString(ROOT.resolve(name));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    FakeAws aws() {
        return aws;
    }

    Prompt prompt() {
        return prompt;
    }

    CommandResult type(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of(
                "--region", "us-east-1", "--endpoint-url", aws.endpoint().toString()));
        return prompt.type(all.toArray(String[]::new));
    }

    CommandResult create(String... more) {
        return type(Stream.concat(Stream.of("-a", "create_cluster", "-c", "demo"), Stream.of(more))
                .toArray(String[]::new));
    }

    CommandResult terminate(String... more) {
        return type(Stream.concat(Stream.of("-a", "terminate_cluster", "-c", "demo", "--yes"), Stream.of(more))
                .toArray(String[]::new));
    }

    /** The journals are gone, as with a disk that was lost and a workspace that was copied from elsewhere; its id stays. */
    void loseLedgers() {
        Path folder = prompt.path(".runner/cluster-fleet");
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

    /** How many clusters there ever were. */
    /** A step of Spark's leaves a part and the mark that all are there; one that ends what another left on YARN writes nothing. */
    Done write(String step, List<String> words, Done asScripted) {
        if (!words.contains("--output")) {
            return asScripted;
        }
        String uri = words.get(words.indexOf("--output") + 1).substring("s3://".length());
        String bucket = uri.substring(0, uri.indexOf('/'));
        String key = uri.substring(uri.indexOf('/') + 1);
        aws.s3().write(bucket, key + "/part-00000.csv", "word\nemma\n".getBytes(StandardCharsets.UTF_8));
        aws.s3().write(bucket, key + "/_SUCCESS", new byte[0]);
        return asScripted;
    }

    /** What has begun on YARN, in its order. */
    List<String> started() {
        return aws.look(() -> aws.emr().yarn().started());
    }

    int clustersEver() {
        return aws.look(() -> aws.emr().clusters().size());
    }

    @Override
    public void close() {
        aws.close();
    }
}
