package org.emrelay.runner.platform.local;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Python interpreter of a step, with the Spark of its pyspark package.
 *
 * <p>Python and JVM must run the same Spark version, because their protocol is version-specific.
 *
 * @param executable as configured for the step
 */
record PythonRuntime(String executable, SparkRuntime spark) {
    private static final String PROBE = "import pyspark; print(pyspark.__path__[0]); print(pyspark.__version__)";
    private static final int PROBE_TIMEOUT_SECONDS = 60;

    /**
     * Locates the pyspark of a Python interpreter by running it.
     *
     * @param owner who needs it, such as {@code Step 'counts'}
     */
    static PythonRuntime find(String executable, Map<String, String> environment, SparkRuntime runtime, String owner)
            throws SparkMissingException, InterruptedException {
        String remedy = ". Add \"requirements\": [\"pyspark\"] to the step, and Emrelay installs " + runtime.version()
                + " in an environment of its own; or set PYSPARK_PYTHON to a Python that has it.";
        List<String> output = probe(executable, environment, owner, remedy);
        Path pyspark = Path.of(output.get(0));
        if (!output.get(1).startsWith("3.")) {
            throw new SparkMissingException(owner + " needs pyspark 3.5, but " + executable + " has " + output.get(1)
                    + " (in " + pyspark + ")" + remedy);
        }
        // A pip installation contains the jars. In a Spark distribution they are in jars/ next to python/.
        Path jars = Stream.of(pyspark.resolve("jars"), pyspark.resolve("../../jars"))
                .map(Path::normalize)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new SparkMissingException(owner + " needs Spark's jars, but the pyspark of "
                        + executable + " (in " + pyspark + ") contains none" + remedy));
        return new PythonRuntime(executable, runtime.withJarsFrom(jars));
    }

    /** The Python executable of a step, by PySpark's own precedence. */
    static String executableFor(SparkConf conf, Map<String, String> environment) {
        String executable = conf.get("spark.pyspark.driver.python")
                .or(() -> conf.get("spark.pyspark.python"))
                .orElse(environment.getOrDefault(
                        "PYSPARK_DRIVER_PYTHON", environment.getOrDefault("PYSPARK_PYTHON", "python3")));
        // A path is relative to the runner's directory; the step has another working directory.
        return executable.contains("/") ? Path.of(executable).toAbsolutePath().toString() : executable;
    }

    /** The SPARK_HOME for PySpark. */
    String sparkHome() {
        return String.valueOf(spark.home().getParent());
    }

    private static List<String> probe(String executable, Map<String, String> environment, String owner, String remedy)
            throws SparkMissingException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(executable, "-c", PROBE)
                // Python imports from the current directory first, and the user's may contain a folder called pyspark.
                .directory(new File("/"))
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectError(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process python = builder.start();
            List<String> lines = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (!python.waitFor(PROBE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                python.destroyForcibly();
            } else if (python.exitValue() == 0 && lines.size() == 2) {
                return lines;
            }
        } catch (IOException exception) {
            throw new SparkMissingException(
                    owner + " needs Python 3 with pyspark, but " + executable + " cannot be started" + remedy);
        }
        throw new SparkMissingException(owner + " needs pyspark, but " + executable + " does not have it" + remedy);
    }
}
