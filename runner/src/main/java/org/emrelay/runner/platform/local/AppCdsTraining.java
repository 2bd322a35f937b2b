package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Makes an archive of Spark's classes: a step of our own does what most steps do, and the JVM keeps what it loaded for it. */
final class AppCdsTraining {

    /** The step ended without an archive, as it will do again. */
    static final class Hopeless extends Exception {
        private static final long serialVersionUID = 1L;

        private Hopeless(String message) {
            super(message);
        }
    }

    private static final String STEP = "org.emrelay.stepprocess.Training";

    /** An exit code from here on is that of a process which was killed: another time it may go better. */
    private static final int KILLED = 128;

    private final SparkRuntime runtime;
    private final Map<String, String> environment;

    AppCdsTraining(SparkRuntime runtime, Map<String, String> environment) {
        this.runtime = runtime;
        this.environment = environment;
    }

    /** Writes the archive to a file that is not there yet; the directory is for what else it needs. */
    void run(Path archive, Path scratch) throws IOException, InterruptedException, Hopeless {
        AttemptFolder folder = new AttemptFolder(scratch.resolve("training"));
        folder.create();
        List<String> words = new ArrayList<>(List.of(runtime.java().toString()));
        words.addAll(JvmFlags.training(folder, archive));
        words.addAll(List.of("-cp", runtime.classPath(), StepJvmCommand.MAIN_CLASS));
        StepChild training = StepChild.start(new StepJvmCommand(words, variables(folder)), folder);
        try {
            training.send(folder.summary(), arguments(folder));
            check(training.exit().get(), folder, archive);
        } catch (ExecutionException exception) {
            throw new IOException("the process of its training step was lost", exception);
        } finally {
            training.dismiss();
        }
    }

    private static void check(int exitCode, AttemptFolder folder, Path archive) throws IOException, Hopeless {
        if (exitCode >= KILLED) {
            throw new IOException("its training step was killed (exit code " + exitCode + ")");
        } else if (exitCode != 0) {
            String why =
                    LogDiagnosis.of(folder).map(found -> ": " + found.cause()).orElse("");
            throw new Hopeless("its training step failed (exit code " + exitCode + ")" + why);
        } else if (!Files.isRegularFile(archive)) {
            throw new Hopeless("this JVM writes none");
        }
    }

    /** Without the user's Spark settings, which are not for a step that the user knows nothing of. */
    private Map<String, String> variables(AttemptFolder folder) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("SPARK_LOCAL_IP", "127.0.0.1");
        variables.put("SPARK_CONF_DIR", folder.temporary().toString());
        return variables;
    }

    private List<String> arguments(AttemptFolder folder) {
        List<String> arguments = new ArrayList<>(List.of("--master", "local[2]"));
        SparkConf.onThisMachine(folder).forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
        arguments.addAll(List.of("--class", STEP, runtime.stepProcess().toString()));
        arguments.add(folder.temporary().resolve("data").toString());
        return arguments;
    }
}
