package org.emrelay.runner.platform.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Spark that steps run on: a JVM and the jars of its class path.
 *
 * @param java the executable
 * @param jars sorted, so that one runtime always gives one class path
 * @param home the directory that the jars of Spark lie in
 */
public record SparkRuntime(Path java, List<Path> jars, Path home) {
    private static final String STEP_PROCESS = "step-process.jar";
    private static final String SPARK_CORE = "spark-core_";
    private static final String SCALA = "2.12";

    public SparkRuntime {
        Objects.requireNonNull(java, "java");
        jars = List.copyOf(jars);
        Objects.requireNonNull(home, "home");
    }

    /**
     * Finds the Spark of this machine: that of the distribution, else the user's own.
     *
     * @param bundled the directory {@code spark} beside runner.jar, whether or not it is there
     */
    public static SparkRuntime find(Path bundled, Map<String, String> environment) throws SparkMissingException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (coreIn(bundled).isPresent() && Files.exists(bundled.resolve(STEP_PROCESS))) {
            return new SparkRuntime(java, jarsIn(bundled), bundled);
        }
        String home = environment.getOrDefault("SPARK_HOME", "");
        if (home.isBlank()) {
            throw new SparkMissingException("There is no Spark to run steps on: neither in " + bundled
                    + " nor by SPARK_HOME, which is not set. Build the project, unpack the whole distribution, or set"
                    + " SPARK_HOME to a Spark 3.5 for Scala " + SCALA + ".");
        }
        Path stepProcess = Stream.of(bundled.resolve(STEP_PROCESS), bundled.resolveSibling(STEP_PROCESS))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new SparkMissingException(STEP_PROCESS + " is neither in " + bundled
                        + " nor beside it. Build the project, or unpack the whole distribution."));
        return with(java, Path.of(home, "jars"), stepProcess, "Set SPARK_HOME to");
    }

    /** The same JVM on the Spark in another directory, such as that of a pyspark. */
    SparkRuntime on(Path sparkJars) throws SparkMissingException {
        return with(java, sparkJars, stepProcess(), "Install");
    }

    /** The jar of our own part. */
    Path stepProcess() {
        return jars.stream()
                .filter(jar -> jar.endsWith(STEP_PROCESS))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a runtime without " + STEP_PROCESS + ": " + home));
    }

    /** Spark's own jars and, last, the main class of our steps. */
    private static SparkRuntime with(Path java, Path sparkJars, Path stepProcess, String remedy)
            throws SparkMissingException {
        String core = coreIn(sparkJars).orElse("");
        if (!core.startsWith(SPARK_CORE + SCALA + "-3.")) {
            String found = core.isEmpty() ? "no jar there is named spark-core_…" : "its " + core + " does not fit";
            throw new SparkMissingException("There is no Spark to run steps on in " + sparkJars + ": " + found + ". "
                    + remedy + " a Spark 3.5 for Scala " + SCALA + ".");
        }
        List<Path> jars = new ArrayList<>(jarsIn(sparkJars));
        jars.add(stepProcess);
        return new SparkRuntime(java, jars, sparkJars);
    }

    private static Optional<String> coreIn(Path directory) {
        return Files.isDirectory(directory)
                ? jarsIn(directory).stream()
                        .map(jar -> jar.getFileName().toString())
                        .filter(name -> name.startsWith(SPARK_CORE))
                        .findFirst()
                : Optional.empty();
    }

    private static List<Path> jarsIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot list " + directory, exception);
        }
    }

    String classPath() {
        return String.join(File.pathSeparator, jars.stream().map(Path::toString).toList());
    }
}
