package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptRequest;
import org.jspecify.annotations.Nullable;

/** Gives attempts their processes, and keeps one ready for the attempt that is expected next. Used by one thread. */
final class StepStarter {

    /** A process that waits for its command. */
    private record Ready(StepJvmCommand command, AttemptFolder folder, StepChild child) {
        boolean fits(StepJvmCommand wanted) {
            return command.equals(wanted) && child.isAlive();
        }
    }

    private final Path workspace;
    private final SparkRuntime spark;
    private final CdsProvider archives;
    private final Map<String, String> environment;
    private final ProcessTable processes;
    private final Clock clock;
    private final Set<StepName> longSteps;
    private final Map<String, PythonRuntime> pythons = new HashMap<>();
    private @Nullable Ready ready;

    StepStarter(
            Path workspace,
            SparkRuntime spark,
            CdsProvider archives,
            Map<String, String> environment,
            ProcessTable processes,
            Clock clock,
            Set<StepName> longSteps) {
        this.workspace = workspace;
        this.spark = spark;
        this.archives = archives;
        this.environment = Map.copyOf(environment);
        this.processes = processes;
        this.clock = clock;
        this.longSteps = Set.copyOf(longSteps);
    }

    /** Starts an attempt: in the process that is ready for it, else in a new one. */
    StepChild start(RunId run, AttemptRequest launch, ResourceAllocation allotment)
            throws IOException, SparkMissingException, InterruptedException {
        AttemptFolder folder = AttemptFolder.of(workspace, run, launch.attempt());
        StepJvmCommand command = command(launch, allotment, folder);
        List<String> arguments = SparkArguments.of(launch, allotment, folder);
        StepChild child = takeReady(command, folder).orElse(null);
        if (child == null) {
            child = newChild(run, launch, folder, command);
        }
        try {
            WorkFiles.offer(launch, folder.work());
        } catch (IOException | RuntimeException exception) {
            child.dismiss();
            throw exception;
        }
        child.send(folder.summary(), arguments);
        return child;
    }

    /** Starts the process of an attempt that is yet to come, unless that is done. */
    void makeReady(RunId run, AttemptRequest launch, ResourceAllocation allotment)
            throws IOException, SparkMissingException, InterruptedException {
        AttemptFolder folder = AttemptFolder.of(workspace, run, launch.attempt());
        StepJvmCommand command = command(launch, allotment, folder);
        if (ready == null || !ready.fits(command)) {
            dismissReady();
            ready = new Ready(command, folder, newChild(run, launch, folder, command));
        }
    }

    /** It is in the table before it gets its command: whatever a process may write, its record is there first. */
    private StepChild newChild(RunId run, AttemptRequest launch, AttemptFolder folder, StepJvmCommand command)
            throws IOException {
        folder.create();
        StepChild child = StepChild.start(command, folder);
        try {
            processes.add(run, launch.attempt(), child.handle(), clock.instant());
            return child;
        } catch (IOException | RuntimeException exception) {
            child.dismiss();
            throw exception;
        }
    }

    private Optional<StepChild> takeReady(StepJvmCommand command, AttemptFolder folder) {
        if (ready != null && ready.fits(command)) {
            StepChild child = ready.child();
            ready = null;
            return Optional.of(child);
        }
        if (ready != null && ready.folder().equals(folder)) {
            dismissReady();
        }
        return Optional.empty();
    }

    /** Ends the process that was kept ready, if there is one, and removes what it left. */
    void dismissReady() {
        if (ready != null) {
            Ready unused = ready;
            ready = null;
            unused.child().dismiss();
            unused.child().exit().join();
            unused.folder().removeUnused();
            processes.remove(unused.child().handle().pid());
        }
    }

    private StepJvmCommand command(AttemptRequest launch, ResourceAllocation allotment, AttemptFolder folder)
            throws SparkMissingException, InterruptedException {
        Map<String, String> variables = StepEnvironment.of(launch, environment);
        SparkRuntime runtime = spark;
        if (launch.submission().isPython()) {
            PythonRuntime python = python(SparkConf.of(launch, allotment, folder), variables);
            runtime = python.spark();
            variables.put("SPARK_HOME", python.sparkHome());
            variables.put("PYSPARK_DRIVER_PYTHON", python.executable());
            variables.putIfAbsent("PYSPARK_PYTHON", python.executable());
        }
        JitProfile pace = longSteps.contains(launch.attempt().step()) ? JitProfile.STEADY : JitProfile.BRIEF;
        return StepJvmCommand.of(launch, allotment, folder, pace, runtime, archives.of(runtime), variables);
    }

    private PythonRuntime python(SparkConf conf, Map<String, String> variables)
            throws SparkMissingException, InterruptedException {
        String executable = PythonRuntime.executableFor(conf, variables);
        String asked = executable + " " + variables.get("PYTHONPATH");
        PythonRuntime python = pythons.get(asked);
        if (python == null) {
            python = PythonRuntime.find(executable, variables, spark);
            pythons.put(asked, python);
        }
        return python;
    }
}
