package org.sparkpipelines.runner.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Archives of Spark's classes as the JVM lays them out in memory, which save each step's process most of its start. One is made
 * on this machine for each runtime, by a step of our own that does what most steps do. Used by one thread.
 */
final class ClassDataArchives implements StartupArchives {
    private static final String BUSY = "preparing Spark for this machine (once)";
    private static final String TRAINING = "org.sparkpipelines.stepprocess.Training";
    private static final String PREFIX = "step-classes-";
    private static final String SUFFIX = ".jsa";

    private final Path cache;
    private final Map<String, String> environment;
    private final Consumer<String> notices;
    private final Consumer<String> busy;
    private final Map<SparkRuntime, Optional<Path>> known = new HashMap<>();

    /**
     * Looks for archives beside each runtime, or else in the user's cache.
     *
     * @param busy hears what steps wait for while an archive is made, and an empty text when it is done
     */
    ClassDataArchives(Map<String, String> environment, Consumer<String> notices, Consumer<String> busy) {
        this.cache = cache(environment);
        this.environment = Map.copyOf(environment);
        this.notices = notices;
        this.busy = busy;
    }

    private static Path cache(Map<String, String> environment) {
        String given = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = given.startsWith("/") ? Path.of(given) : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("spark-pipelines");
    }

    @Override
    public Optional<Path> of(SparkRuntime runtime) throws InterruptedException {
        Optional<Path> archive = known.get(runtime);
        if (archive == null) {
            archive = findOrMake(runtime);
            known.put(runtime, archive);
        }
        return archive;
    }

    private Optional<Path> findOrMake(SparkRuntime runtime) throws InterruptedException {
        try {
            String place = PREFIX
                    + hash(List.of(runtime.home().toString(), runtime.java().toString()));
            String name = place + "-" + hash(ingredients(runtime)) + SUFFIX;
            for (Path directory : List.of(runtime.home(), cache)) {
                if (Files.isRegularFile(directory.resolve(name))) {
                    return Optional.of(directory.resolve(name));
                }
            }
            return make(runtime, place, name);
        } catch (IOException exception) {
            notices.accept(
                    "Steps start slowly, for no archive of Spark's classes could be made: " + exception.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Path> make(SparkRuntime runtime, String place, String name)
            throws IOException, InterruptedException {
        Path directory = Files.isWritable(runtime.home()) ? runtime.home() : Files.createDirectories(cache);
        notices.accept("Preparing Spark for this machine (once, about half a minute) …");
        busy.accept(BUSY);
        // Only its name is wanted: the JVM refuses to write to a file that is there.
        Path scratch = Files.createTempDirectory(directory, "." + PREFIX);
        try {
            Path made = scratch.resolve(name);
            train(runtime, made, scratch);
            AtomicFile.move(made, directory.resolve(name));
            removeOutdated(directory, place, name);
            return Optional.of(directory.resolve(name));
        } finally {
            busy.accept("");
            FileTree.delete(scratch);
        }
    }

    private void train(SparkRuntime runtime, Path archive, Path scratch) throws IOException, InterruptedException {
        AttemptFolder folder = new AttemptFolder(scratch.resolve("training"));
        folder.create();
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("SPARK_LOCAL_IP", "127.0.0.1");
        List<String> words = new ArrayList<>(List.of(runtime.java().toString()));
        words.addAll(JvmFlags.training(folder, archive));
        words.addAll(List.of("-cp", runtime.classPath(), StepProcessCommand.MAIN_CLASS));
        StepChild training = StepChild.start(new StepProcessCommand(words, variables), folder);
        try {
            training.send(folder.summary(), arguments(runtime, folder));
            int exitCode = training.exit().get();
            if (exitCode != 0 || !Files.isRegularFile(archive)) {
                throw new IOException("its training step ended with exit code " + exitCode
                        + LogDiagnosis.of(folder)
                                .map(why -> " (" + why.cause() + ")")
                                .orElse(""));
            }
        } catch (ExecutionException exception) {
            throw new IOException("its training step was lost", exception);
        } finally {
            training.dismiss();
        }
    }

    private static List<String> arguments(SparkRuntime runtime, AttemptFolder folder) {
        List<String> arguments = new ArrayList<>(List.of("--master", "local[2]"));
        for (String conf : List.of(
                "spark.ui.enabled=false", "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1")) {
            arguments.addAll(List.of("--conf", conf));
        }
        arguments.addAll(List.of("--class", TRAINING, runtime.stepProcess().toString()));
        arguments.add(folder.temporary().resolve("data").toString());
        return arguments;
    }

    /** Archives of the same JVM and place, whose jars have changed since: no JVM would take them. */
    private static void removeOutdated(Path directory, String place, String current) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(place + "-") && name.endsWith(SUFFIX) && !name.equals(current)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** All that a JVM compares before it takes an archive. */
    private static List<String> ingredients(SparkRuntime runtime) throws IOException {
        List<String> ingredients = new ArrayList<>();
        ingredients.add(System.getProperty("java.vm.version"));
        ingredients.add(System.getProperty("java.vm.vendor"));
        ingredients.addAll(JvmFlags.shared());
        for (Path jar : runtime.jars()) {
            ingredients.add(jar.toString());
            ingredients.add(Long.toString(Files.size(jar)));
            ingredients.add(Files.getLastModifiedTime(jar).toString());
        }
        return ingredients;
    }

    private static String hash(List<String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEach(text -> digest.update((text + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JVM has SHA-256", exception);
        }
    }
}
