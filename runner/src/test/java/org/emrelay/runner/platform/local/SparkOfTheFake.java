package org.emrelay.runner.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.fakeaws.emr.StepWork;
import org.emrelay.runner.fakeaws.s3.Bucket;
import org.emrelay.runner.fakeaws.s3.S3State;
import org.emrelay.runner.fakeaws.s3.StoredObject;

/**
 * Runs the spark-submit of a fake cluster's step on this machine's Spark: what lies in the fake's buckets is laid into a directory, each {@code s3://} of the
 * command is that directory, and what the step wrote there goes back into the buckets.
 */
public final class SparkOfTheFake implements StepWork {
    private static final String YARN_ENVIRONMENT = "spark.yarn.appMasterEnv.";

    private final SparkRuntime runtime;
    private final S3State s3;
    private final Path directory;
    /** The content of each file that is as it lies in its bucket, by bucket and key. */
    private final Map<String, Integer> laidOut = new HashMap<>();

    /**
     * For the steps of one fake.
     *
     * @param s3 its buckets, {@code aws.s3()}
     * @param directory an empty one
     */
    public SparkOfTheFake(SparkRuntime runtime, S3State s3, Path directory) {
        this.runtime = runtime;
        this.s3 = s3;
        this.directory = directory.toAbsolutePath();
    }

    @Override
    public Done run(String step, List<String> words, Done asScripted) {
        if (!words.get(0).equals("spark-submit")) {
            return asScripted;
        }
        try {
            Path logs = Files.createDirectories(directory.resolve("logs").resolve(step));
            layOut();
            int exitCode = submit(words, logs);
            takeBack();
            return done(exitCode, logs);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            return new Done("interrupted", Map.of());
        }
    }

    private static Done done(int exitCode, Path logs) throws IOException {
        Map<String, String> shipped = new LinkedHashMap<>();
        shipped.put("stdout", Files.readString(logs.resolve("stdout"), UTF_8));
        shipped.put("stderr", Files.readString(logs.resolve("stderr"), UTF_8));
        shipped.put("controller", "INFO total process run time, exit code " + exitCode + "\n");
        return new Done(exitCode == 0 ? null : "exit code " + exitCode, shipped);
    }

    private int submit(List<String> words, Path logs) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(runtime.java().toString()));
        command.addAll(JvmFlags.shared());
        command.addAll(List.of("-Xmx1g", "-cp", runtime.classPath(), "org.apache.spark.deploy.SparkSubmit"));
        command.addAll(List.of("--master", "local[2]", "--conf", "spark.ui.enabled=false"));
        Map<String, String> environment = new HashMap<>(Map.of("SPARK_LOCAL_IP", "127.0.0.1", "LC_ALL", "C.UTF-8"));
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--deploy-mode")) {
                i++;
                continue;
            }
            int equals = word.indexOf('=');
            if (word.startsWith(YARN_ENVIRONMENT) && equals > 0) {
                environment.put(word.substring(YARN_ENVIRONMENT.length(), equals), word.substring(equals + 1));
            }
            command.add(word.replaceAll("s3[an]?://", "file://" + directory.resolve("s3") + "/"));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(logs.toFile())
                .redirectOutput(logs.resolve("stdout").toFile())
                .redirectError(logs.resolve("stderr").toFile());
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    private Path place(String bucketAndKey) {
        return directory.resolve("s3").resolve(bucketAndKey);
    }

    private void layOut() throws IOException {
        for (Bucket bucket : s3.buckets().values()) {
            for (StoredObject object : bucket.objects()) {
                String name = bucket.name() + "/" + object.key();
                int content = Arrays.hashCode(object.content());
                if (!object.key().endsWith("/") && !Integer.valueOf(content).equals(laidOut.put(name, content))) {
                    Files.createDirectories(place(name).getParent());
                    Files.write(place(name), object.content());
                }
            }
        }
    }

    /** Hadoop lays checksums beside local files, which it does not do on S3. */
    private void takeBack() throws IOException {
        for (String bucket : s3.buckets().keySet()) {
            Path root = place(bucket);
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        takeBack(bucket, root.relativize(file).toString(), file);
                    }
                }
            }
        }
        for (String name : List.copyOf(laidOut.keySet())) {
            if (!Files.exists(place(name))) {
                int slash = name.indexOf('/');
                s3.remove(name.substring(0, slash), name.substring(slash + 1));
                laidOut.remove(name);
            }
        }
    }

    private void takeBack(String bucket, String key, Path file) throws IOException {
        if (file.getFileName().toString().endsWith(".crc")) {
            return;
        }
        byte[] content = Files.readAllBytes(file);
        int hash = Arrays.hashCode(content);
        if (!Integer.valueOf(hash).equals(laidOut.put(bucket + "/" + key, hash))) {
            s3.write(bucket, key, content);
        }
    }
}
