package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptRequest;
import org.jspecify.annotations.Nullable;

/** Starts the processes of attempts and prewarms one for the next attempt. Not thread-safe. */
final class StepStarter {

    /** A process waiting for its command. */
    private record PrewarmedProcess(StepJvmCommand command, AttemptFolder folder, StepChild child) {
        boolean matches(StepJvmCommand required) {
            return command.equals(required) && child.isAlive();
        }
    }

    private final Path workspace;
    private final SparkRuntime spark;
    private final AppCdsArchives archives;
    private final Map<String, String> environment;
    private final ProcessTable processes;
    private final Clock clock;
    private final Set<StepName> longSteps;
    private final StepPythons pythons;
    private @Nullable PrewarmedProcess prewarmed;

    StepStarter(
            Path workspace,
            SparkRuntime spark,
            AppCdsArchives archives,
            Map<String, String> environment,
            ProcessTable processes,
            Clock clock,
            Set<StepName> longSteps,
            StepPythons pythons) {
        this.workspace = workspace;
        this.spark = spark;
        this.archives = archives;
        this.environment = Map.copyOf(environment);
        this.processes = processes;
        this.clock = clock;
        this.longSteps = Set.copyOf(longSteps);
        this.pythons = pythons;
    }

    /** Starts an attempt in the prewarmed process if it matches, else in a new one. */
    StepChild start(RunId run, AttemptRequest request, ResourceAllocation allocation)
            throws IOException, SparkMissingException, InterruptedException {
        AttemptFolder folder = AttemptFolder.of(workspace, run, request.attempt());
        StepJvmCommand command = command(request, allocation, folder);
        List<String> arguments = SparkArguments.of(request, allocation, folder);
        StepChild child = takePrewarmed(command, folder).orElse(null);
        if (child == null) {
            child = newChild(run, request, folder, command);
        }
        try {
            WorkFiles.link(request, folder.work());
        } catch (IOException | RuntimeException exception) {
            child.discard();
            throw exception;
        }
        child.send(folder.summary(), arguments);
        return child;
    }

    /** Starts the process for an attempt that is not submitted yet, unless there is one already. */
    void prewarm(RunId run, AttemptRequest request, ResourceAllocation allocation)
            throws IOException, SparkMissingException, InterruptedException {
        AttemptFolder folder = AttemptFolder.of(workspace, run, request.attempt());
        StepJvmCommand command = command(request, allocation, folder);
        if (prewarmed == null || !prewarmed.matches(command)) {
            discardPrewarmed();
            prewarmed = new PrewarmedProcess(command, folder, newChild(run, request, folder, command));
        }
    }

    /** Records the process before it receives its command, so that every process that writes has a record. */
    private StepChild newChild(RunId run, AttemptRequest request, AttemptFolder folder, StepJvmCommand command)
            throws IOException {
        folder.create();
        StepChild child = StepChild.start(command, folder);
        try {
            processes.add(run, request.attempt(), child.handle(), clock.instant());
            return child;
        } catch (IOException | RuntimeException exception) {
            child.discard();
            throw exception;
        }
    }

    private Optional<StepChild> takePrewarmed(StepJvmCommand command, AttemptFolder folder) {
        if (prewarmed != null && prewarmed.matches(command)) {
            StepChild child = prewarmed.child();
            prewarmed = null;
            return Optional.of(child);
        }
        if (prewarmed != null && prewarmed.folder().equals(folder)) {
            discardPrewarmed();
        }
        return Optional.empty();
    }

    /** Kills the prewarmed process, if any, and deletes its files. */
    void discardPrewarmed() {
        if (prewarmed != null) {
            PrewarmedProcess unused = prewarmed;
            prewarmed = null;
            unused.child().discard();
            unused.child().exit().join();
            unused.folder().removeUnused();
            processes.remove(unused.child().handle().pid());
        }
    }

    private StepJvmCommand command(AttemptRequest request, ResourceAllocation allocation, AttemptFolder folder)
            throws IOException, InterruptedException {
        Map<String, String> variables = StepEnvironment.of(request, environment);
        SparkRuntime runtime = spark;
        if (request.sparkSubmit().isPython()) {
            PythonRuntime python = pythons.of(request, () -> false);
            runtime = python.spark();
            variables.put("SPARK_HOME", python.sparkHome());
            variables.put("PYSPARK_DRIVER_PYTHON", python.executable());
            if (request.sparkSubmit().python().isNone()) {
                variables.putIfAbsent("PYSPARK_PYTHON", python.executable());
            } else {
                variables.put("PYSPARK_PYTHON", python.executable());
            }
        }
        variables.put(StepProcesses.VARIABLE, folder.directory().toString());
        JitProfile jitProfile = longSteps.contains(request.attempt().step()) ? JitProfile.LONG : JitProfile.SHORT;
        return StepJvmCommand.of(
                request, allocation, folder, jitProfile, runtime, archives.archive(runtime), variables);
    }
}
