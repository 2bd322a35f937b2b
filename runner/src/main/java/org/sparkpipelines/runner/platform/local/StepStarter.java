package org.sparkpipelines.runner.platform.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparkpipelines.runner.model.RunId;
import org.sparkpipelines.runner.platform.Launch;

/** Gives attempts their processes, and keeps one ready for the attempt that is expected next. Used by one thread. */
final class StepStarter {

    /** A process that waits for its command. */
    private record Ready(StepProcessCommand command, AttemptFolder folder, StepChild child) {}

    private final Path workspace;
    private final SparkRuntime spark;
    private final StartupArchives archives;
    private final Map<String, String> environment;
    private final ProcessTable processes;
    private final Clock clock;
    private final Map<String, PythonRuntime> pythons = new HashMap<>();
    private @Nullable Ready ready;

    StepStarter(
            Path workspace,
            SparkRuntime spark,
            StartupArchives archives,
            Map<String, String> environment,
            ProcessTable processes,
            Clock clock) {
        this.workspace = workspace;
        this.spark = spark;
        this.archives = archives;
        this.environment = Map.copyOf(environment);
        this.processes = processes;
        this.clock = clock;
    }

    /** Starts an attempt: in the process that is ready for it, else in a new one. */
    StepChild start(RunId run, Launch launch, Allotment allotment)
            throws IOException, SparkMissingException, InterruptedException {
        AttemptFolder folder = AttemptFolder.of(workspace, run, launch.attempt());
        StepProcessCommand command = command(launch, allotment, folder);
        List<String> arguments = SparkArguments.of(launch, allotment, folder);
        StepChild child = takeReady(command).orElse(null);
        if (child == null) {
            folder.create();
            child = StepChild.start(command, folder);
        }
        try {
            processes.add(run, launch.attempt(), child.handle(), clock.instant());
            WorkFiles.offer(launch, folder.work());
        } catch (IOException | RuntimeException exception) {
            child.dismiss();
            throw exception;
        }
        child.send(folder.summary(), arguments);
        return child;
    }

    /** Starts the process of an attempt that is yet to come, unless that is done. */
    void makeReady(RunId run, Launch launch, Allotment allotment)
            throws IOException, SparkMissingException, InterruptedException {
        AttemptFolder folder = AttemptFolder.of(workspace, run, launch.attempt());
        StepProcessCommand command = command(launch, allotment, folder);
        if (ready == null || !ready.command().equals(command) || !ready.child().isAlive()) {
            dismissReady();
            folder.create();
            ready = new Ready(command, folder, StepChild.start(command, folder));
        }
    }

    private Optional<StepChild> takeReady(StepProcessCommand command) {
        if (ready == null || !ready.command().equals(command) || !ready.child().isAlive()) {
            return Optional.empty();
        }
        StepChild child = ready.child();
        ready = null;
        return Optional.of(child);
    }

    /** Ends the process that was kept ready, if there is one, and removes what it left. */
    void dismissReady() {
        if (ready != null) {
            Ready unused = ready;
            ready = null;
            unused.child().dismiss();
            unused.child().exit().join();
            unused.folder().removeUnused();
        }
    }

    private StepProcessCommand command(Launch launch, Allotment allotment, AttemptFolder folder)
            throws SparkMissingException, InterruptedException {
        Map<String, String> variables = StepEnvironment.of(launch, environment);
        SparkRuntime runtime = spark;
        if (launch.submission().isPython()) {
            PythonRuntime python =
                    python(PythonRuntime.executableFor(SparkConf.of(launch, allotment, folder), variables), variables);
            runtime = python.spark();
            variables.put("SPARK_HOME", python.sparkHome());
            variables.putIfAbsent("PYSPARK_PYTHON", python.executable());
        }
        return StepProcessCommand.of(launch, allotment, folder, runtime, archives.of(runtime), variables);
    }

    private PythonRuntime python(String executable, Map<String, String> variables)
            throws SparkMissingException, InterruptedException {
        PythonRuntime python = pythons.get(executable);
        if (python == null) {
            python = PythonRuntime.find(executable, variables, spark);
            pythons.put(executable, python);
        }
        return python;
    }
}
