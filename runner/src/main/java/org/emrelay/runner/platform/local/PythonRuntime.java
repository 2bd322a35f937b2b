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
 * The Python that a step's script runs with, and the Spark that its pyspark brings along: the two speak a protocol that fits only
 * within one version.
 *
 * @param executable as the step names it
 */
record PythonRuntime(String executable, SparkRuntime spark) {
    private static final String QUESTION = "import pyspark; print(pyspark.__path__[0]); print(pyspark.__version__)";
    private static final String REMEDY = ": pip install pyspark==3.5.6, or name another Python by PYSPARK_PYTHON.";
    private static final int LONGEST_ANSWER_SECONDS = 60;

    /** Asks a Python for its pyspark. */
    static PythonRuntime find(String executable, Map<String, String> environment, SparkRuntime runtime)
            throws SparkMissingException, InterruptedException {
        List<String> answer = ask(executable, environment);
        Path pyspark = Path.of(answer.get(0));
        if (!answer.get(1).startsWith("3.")) {
            throw new SparkMissingException("Python steps need pyspark 3.5, and that of " + executable + " is "
                    + answer.get(1) + " (in " + pyspark + ")" + REMEDY);
        }
        // Installed by pip it brings the jars inside; in a whole Spark they lie beside its folder python/.
        Path jars = Stream.of(pyspark.resolve("jars"), pyspark.resolve("../../jars"))
                .map(Path::normalize)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new SparkMissingException("Python steps need the jars of Spark, and the pyspark of "
                        + executable + " (in " + pyspark + ") brings none" + REMEDY));
        return new PythonRuntime(executable, runtime.on(jars));
    }

    /** Which Python a step wants, as PySpark itself looks for it. */
    static String executableFor(SparkConf conf, Map<String, String> environment) {
        String wanted = conf.get("spark.pyspark.driver.python")
                .or(() -> conf.get("spark.pyspark.python"))
                .orElse(environment.getOrDefault(
                        "PYSPARK_DRIVER_PYTHON", environment.getOrDefault("PYSPARK_PYTHON", "python3")));
        // A path holds from where the runner stands; the step will stand elsewhere.
        return wanted.contains("/") ? Path.of(wanted).toAbsolutePath().toString() : wanted;
    }

    /** Where PySpark finds the rest of itself. */
    String sparkHome() {
        return String.valueOf(spark.home().getParent());
    }

    private static List<String> ask(String executable, Map<String, String> environment)
            throws SparkMissingException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(executable, "-c", QUESTION)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectError(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process python = builder.start();
            List<String> lines = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (!python.waitFor(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS)) {
                python.destroyForcibly();
            } else if (python.exitValue() == 0 && lines.size() == 2) {
                return lines;
            }
        } catch (IOException exception) {
            throw new SparkMissingException(
                    "Python steps need Python 3 with pyspark, and " + executable + " cannot be started" + REMEDY);
        }
        throw new SparkMissingException("Python steps need pyspark, which " + executable + " does not have" + REMEDY);
    }
}
