package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.model.Sha256;
import org.emrelay.runner.platform.EventLogs;

/**
 * The AppCDS archives of Spark's classes, which save a step's JVM most of its start-up time.
 *
 * <p>Each Spark runtime has one. A missing archive is created in the background when the platform closes: a training step exercises what
 * most steps use, and the JVM archives the classes it has loaded at exit. Not thread-safe.
 */
final class AppCdsArchives implements AutoCloseable {
    private static final String TRAINING_CLASS = "org.emrelay.stepprocess.Training";

    private final Optional<ClassArchiveCache> cache;
    private final Map<SparkRuntime, Optional<Path>> archives = new HashMap<>();

    AppCdsArchives(Map<String, String> environment) {
        this.cache = ClassArchiveCache.of(environment);
    }

    /** The archive of a runtime, the same for all steps of the platform. */
    Optional<Path> archive(SparkRuntime runtime) {
        return archives.computeIfAbsent(runtime, this::find);
    }

    private Optional<Path> find(SparkRuntime runtime) {
        try {
            return cache.isPresent() ? cache.get().find(name(runtime)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Starts to create the archives that steps had to do without. */
    @Override
    public void close() {
        archives.forEach((runtime, archive) -> {
            if (archive.isEmpty()) {
                createInBackground(runtime);
            }
        });
        archives.clear();
    }

    Optional<Process> createInBackground(SparkRuntime runtime) {
        try {
            String name = name(runtime);
            return cache.flatMap(
                    present -> present.createInBackground(name, directory -> trainingCommand(runtime, directory)));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Without the user's Spark configuration, which must not affect the training step. */
    private static List<String> trainingCommand(SparkRuntime runtime, Path directory) throws IOException {
        AttemptFolder folder = new AttemptFolder(directory.resolve("training"));
        folder.create();
        List<String> arguments = new ArrayList<>(List.of("--master", "local[2]"));
        Map<String, String> conf = new HashMap<>(SparkConf.localDefaults(folder));
        conf.putAll(EventLogs.settings(folder.temporary().toUri().toString()));
        conf.forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
        arguments.addAll(
                List.of("--class", TRAINING_CLASS, runtime.stepProcess().toString()));
        arguments.add(folder.temporary().resolve("data").toString());
        Files.write(directory.resolve("input"), StepChild.frames(folder.summary(), arguments));
        List<String> command = new ArrayList<>(List.of(
                "env",
                "SPARK_LOCAL_IP=127.0.0.1",
                "SPARK_CONF_DIR=" + folder.temporary(),
                runtime.java().toString()));
        command.addAll(JvmFlags.forTraining(folder, directory.resolve("archive")));
        command.addAll(List.of("-cp", runtime.classPath(), StepJvmCommand.MAIN_CLASS));
        return command;
    }

    /** Contains a hash of everything the JVM checks before it maps an archive, and of what the training step loads. */
    private static String name(SparkRuntime runtime) throws IOException {
        List<String> factors = new ArrayList<>(List.of(
                runtime.java().toString(),
                System.getProperty("java.vm.version"),
                System.getProperty("java.vm.vendor")));
        factors.addAll(JvmFlags.shared());
        factors.addAll(EventLogs.settings("").keySet());
        for (Path jar : runtime.jars()) {
            factors.add(jar.toString());
            factors.add(Long.toString(Files.size(jar)));
            factors.add(Files.getLastModifiedTime(jar).toString());
        }
        return "spark-" + new Sha256().add(String.join("\n", factors)).hex(12);
    }
}
