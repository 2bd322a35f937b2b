package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.emr.StepExecutor;
import org.emrelay.runner.fakeaws.s3.Bucket;
import org.emrelay.runner.fakeaws.s3.StoredObject;

/**
 * Runs the spark-submit commands of a fake cluster on a local Spark.
 *
 * <p>Before a step, the objects in the fake S3 buckets are written to a directory, and {@code s3://} URIs in the command are replaced by
 * it. After the step, changed files are uploaded to the buckets.
 */
public final class FakeClusterSpark implements StepExecutor {
    private static final String YARN_ENVIRONMENT = "spark.yarn.appMasterEnv.";

    private final SparkRuntime runtime;
    private final FakeAws aws;
    private final Path directory;
    /** The content hashes of the files in sync with their buckets, by bucket and key. */
    private final Map<String, Integer> synced = new HashMap<>();

    /**
     * @param directory an empty directory
     */
    public FakeClusterSpark(FakeAws aws, SparkRuntime runtime, Path directory) {
        this.runtime = runtime;
        this.aws = aws;
        this.directory = directory.toAbsolutePath();
    }

    /** The options of a JVM that runs Spark. */
    public static List<String> jvmFlags() {
        return JvmFlags.shared();
    }

    @Override
    public Execution start(Command command, Consumer<Result> whenEnded) {
        Thread thread = new Thread(() -> whenEnded.accept(execute(command)), "step " + command.step());
        thread.setDaemon(true);
        thread.start();
        return thread::interrupt;
    }

    private synchronized Result execute(Command command) {
        if (!command.arguments().contains("spark-submit")) {
            return new Result(0, Map.of());
        }
        String step = "steps/" + command.step() + "/";
        try {
            Path logs = Files.createDirectories(directory.resolve(step));
            aws.inspect(this::downloadAll);
            int exitCode = submit(command.arguments(), logs);
            aws.inspect(this::uploadChanges);
            return new Result(
                    exitCode,
                    Map.of(
                            step + "stdout", Files.readString(logs.resolve("stdout")),
                            step + "stderr", Files.readString(logs.resolve("stderr"))));
        } catch (IOException | InterruptedException exception) {
            return new Result(1, Map.of(step + "stderr", exception + "\n"));
        }
    }

    @Override
    public void terminateCluster(String cluster) {
        // A step ends by itself.
    }

    /** The command may start with {@code env} and variables. */
    private int submit(List<String> words, Path logs) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(runtime.java().toString()));
        command.addAll(jvmFlags());
        command.add(JitProfile.SHORT.collectorFlag());
        command.addAll(JitProfile.SHORT.compilerFlags());
        command.addAll(List.of("-Xmx1g", "-cp", runtime.classPath(), "org.apache.spark.deploy.SparkSubmit"));
        command.addAll(List.of("--master", "local[2]", "--conf", "spark.ui.enabled=false"));
        Map<String, String> environment = new HashMap<>(Map.of("SPARK_LOCAL_IP", "127.0.0.1", "LC_ALL", "C.UTF-8"));
        int program = words.indexOf("spark-submit");
        words.subList(0, program).stream()
                .map(word -> word.split("=", 2))
                .filter(variable -> variable.length == 2)
                .forEach(variable -> environment.put(variable[0], variable[1]));
        for (int i = program + 1; i < words.size(); i++) {
            String argument = words.get(i);
            if (argument.equals("--deploy-mode")) {
                i++;
                continue;
            }
            int equals = argument.indexOf('=');
            if (argument.startsWith(YARN_ENVIRONMENT) && equals > 0) {
                environment.put(argument.substring(YARN_ENVIRONMENT.length(), equals), argument.substring(equals + 1));
            }
            command.add(argument.replaceAll("s3[an]?://", "file://" + directory.resolve("s3") + "/"));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(logs.toFile())
                .redirectOutput(logs.resolve("stdout").toFile())
                .redirectError(logs.resolve("stderr").toFile());
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    private Path localFile(String bucketAndKey) {
        return directory.resolve("s3").resolve(bucketAndKey);
    }

    private boolean downloadAll() {
        try {
            download();
            return true;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private void download() throws IOException {
        for (Bucket bucket : aws.s3().buckets().values()) {
            for (StoredObject object : bucket.objects()) {
                String name = bucket.name() + "/" + object.key();
                int hash = Arrays.hashCode(object.content());
                if (!object.key().endsWith("/") && !Integer.valueOf(hash).equals(synced.put(name, hash))) {
                    Files.createDirectories(localFile(name).getParent());
                    Files.write(localFile(name), object.content());
                }
            }
        }
    }

    private boolean uploadChanges() {
        try {
            upload();
            return true;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private void upload() throws IOException {
        for (String bucket : aws.s3().buckets().keySet()) {
            Path root = localFile(bucket);
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        upload(bucket, root.relativize(file).toString(), file);
                    }
                }
            }
        }
        for (String name : List.copyOf(synced.keySet())) {
            if (!Files.exists(localFile(name))) {
                int slash = name.indexOf('/');
                aws.s3().remove(name.substring(0, slash), name.substring(slash + 1));
                synced.remove(name);
            }
        }
    }

    /** Hadoop writes checksum files on local file systems but not on S3. */
    private void upload(String bucket, String key, Path file) throws IOException {
        if (file.getFileName().toString().endsWith(".crc")) {
            return;
        }
        byte[] content = Files.readAllBytes(file);
        int hash = Arrays.hashCode(content);
        if (!Integer.valueOf(hash).equals(synced.put(bucket + "/" + key, hash))) {
            aws.s3().write(bucket, key, content);
        }
    }
}
