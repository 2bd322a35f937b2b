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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Spark installation that steps run on: a JVM and the jars of the class path.
 *
 * @param java the Java executable
 * @param jars sorted, to make the class path deterministic
 * @param home the directory of Spark's jars
 */
public record SparkRuntime(Path java, List<Path> jars, Path home) {
    private static final String STEP_PROCESS = "step-process.jar";
    private static final String SPARK_CORE = "spark-core_";
    private static final String SCALA = "2.12";
    private static final Pattern CORE_JAR = Pattern.compile(SPARK_CORE + "[0-9.]+-(.+)\\.jar");

    public SparkRuntime {
        Objects.requireNonNull(java, "java");
        jars = List.copyOf(jars);
        Objects.requireNonNull(home, "home");
    }

    /**
     * Finds the Spark of the distribution, or else the user's own in SPARK_HOME.
     *
     * @param bundled the directory {@code spark} next to runner.jar; it may not exist
     */
    public static SparkRuntime find(Path bundled, Map<String, String> environment) throws SparkMissingException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (coreIn(bundled).isPresent() && Files.exists(bundled.resolve(STEP_PROCESS))) {
            return new SparkRuntime(java, jarsIn(bundled), bundled);
        }
        String home = environment.getOrDefault("SPARK_HOME", "");
        if (home.isBlank()) {
            throw new SparkMissingException("Spark not found: there is none in " + bundled
                    + " and SPARK_HOME is not set. Build the project, unpack the whole distribution, or set"
                    + " SPARK_HOME to a Spark 3.5 for Scala " + SCALA + ".");
        }
        Path stepProcess = Stream.of(bundled.resolve(STEP_PROCESS), bundled.resolveSibling(STEP_PROCESS))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new SparkMissingException(STEP_PROCESS + " not found in " + bundled
                        + " or its parent directory. Build the project, or unpack the whole distribution."));
        return create(java, Path.of(home, "jars"), stepProcess, "Set SPARK_HOME to");
    }

    /** The same JVM with the Spark jars of another directory, such as those of pyspark. */
    SparkRuntime withJarsFrom(Path sparkJars) throws SparkMissingException {
        return create(java, sparkJars, stepProcess(), "Install");
    }

    /** The version of Spark, from the name of its jar. */
    String version() {
        return jars.stream()
                .map(jar -> CORE_JAR.matcher(String.valueOf(jar.getFileName())))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Spark in the runtime of " + home));
    }

    /** The jar of the module step-process. */
    Path stepProcess() {
        return jars.stream()
                .filter(jar -> jar.endsWith(STEP_PROCESS))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + STEP_PROCESS + " in the runtime of " + home));
    }

    /** Spark's jars, followed by step-process.jar. */
    private static SparkRuntime create(Path java, Path sparkJars, Path stepProcess, String remedy)
            throws SparkMissingException {
        String core = coreIn(sparkJars).orElse("");
        if (!core.startsWith(SPARK_CORE + SCALA + "-3.")) {
            String reason = core.isEmpty() ? "it contains no spark-core_… jar" : core + " is incompatible";
            throw new SparkMissingException("No compatible Spark in " + sparkJars + ": " + reason + ". " + remedy
                    + " a Spark 3.5 for Scala " + SCALA + ".");
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
