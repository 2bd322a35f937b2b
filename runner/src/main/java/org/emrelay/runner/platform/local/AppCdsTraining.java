package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Creates an AppCDS archive of Spark's classes.
 *
 * <p>A training step exercises what most steps use, and the JVM archives the classes it has loaded at exit.
 */
final class AppCdsTraining {

    /** The training failed in a way that a retry cannot fix. */
    static final class PermanentFailureException extends Exception {
        private static final long serialVersionUID = 1L;

        private PermanentFailureException(String message) {
            super(message);
        }
    }

    private static final String TRAINING_CLASS = "org.emrelay.stepprocess.Training";

    /** Exit codes from 128 on mean that a signal killed the process, so a retry may succeed. */
    private static final int SIGNAL_BASE = 128;

    private final SparkRuntime runtime;
    private final Map<String, String> environment;

    AppCdsTraining(SparkRuntime runtime, Map<String, String> environment) {
        this.runtime = runtime;
        this.environment = environment;
    }

    /** @param scratch an existing directory for temporary files */
    void run(Path archive, Path scratch) throws IOException, InterruptedException, PermanentFailureException {
        AttemptFolder folder = new AttemptFolder(scratch.resolve("training"));
        folder.create();
        List<String> commandLine = new ArrayList<>(List.of(runtime.java().toString()));
        commandLine.addAll(JvmFlags.forTraining(folder, archive));
        commandLine.addAll(List.of("-cp", runtime.classPath(), StepJvmCommand.MAIN_CLASS));
        StepChild training = StepChild.start(new StepJvmCommand(commandLine, variables(folder)), folder);
        try {
            training.send(folder.summary(), arguments(folder));
            check(training.exit().get(), folder, archive);
        } catch (ExecutionException exception) {
            throw new IOException("lost the process of the training step", exception);
        } finally {
            training.discard();
        }
    }

    private static void check(int exitCode, AttemptFolder folder, Path archive)
            throws IOException, PermanentFailureException {
        if (exitCode >= SIGNAL_BASE) {
            throw new IOException("the training step was killed (exit code " + exitCode + ")");
        } else if (exitCode != 0) {
            String cause =
                    LogDiagnosis.of(folder).map(found -> ": " + found.cause()).orElse("");
            throw new PermanentFailureException("the training step failed (exit code " + exitCode + ")" + cause);
        } else if (!Files.isRegularFile(archive)) {
            throw new PermanentFailureException("the JVM wrote no archive");
        }
    }

    /** Without the user's Spark configuration, which must not affect the training step. */
    private Map<String, String> variables(AttemptFolder folder) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("SPARK_LOCAL_IP", "127.0.0.1");
        variables.put("SPARK_CONF_DIR", folder.temporary().toString());
        return variables;
    }

    private List<String> arguments(AttemptFolder folder) {
        List<String> arguments = new ArrayList<>(List.of("--master", "local[2]"));
        SparkConf.localDefaults(folder).forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
        arguments.addAll(
                List.of("--class", TRAINING_CLASS, runtime.stepProcess().toString()));
        arguments.add(folder.temporary().resolve("data").toString());
        return arguments;
    }
}
