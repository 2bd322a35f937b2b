package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.python.EnvironmentSpec;
import org.emrelay.runner.platform.python.InstallerProcess;
import org.emrelay.runner.platform.python.VirtualEnvironments;
import org.jspecify.annotations.Nullable;

/** The interpreters of Python steps, each with its Spark: of a virtual environment if the step declares one, else the user's own. */
final class StepPythons {
    private final SparkRuntime spark;
    private final Map<String, String> environment;
    private final @Nullable VirtualEnvironments environments;
    private final Notices notices;
    private final Map<String, PythonRuntime> found = new HashMap<>();

    /**
     * @param environment the runner's environment variables
     * @param environments null if the user has no cache directory
     */
    StepPythons(
            SparkRuntime spark,
            Map<String, String> environment,
            @Nullable VirtualEnvironments environments,
            Notices notices) {
        this.spark = spark;
        this.environment = Map.copyOf(environment);
        this.environments = environments;
        this.notices = notices;
    }

    /** Finds or creates the interpreters of all Python steps, and reports everything that is missing at once. */
    void prepare(List<AttemptRequest> requests, BooleanSupplier interrupted) throws IOException, InterruptedException {
        Set<String> failures = new LinkedHashSet<>();
        for (AttemptRequest request : requests) {
            if (request.sparkSubmit().isPython() && !interrupted.getAsBoolean()) {
                try {
                    of(request, interrupted);
                } catch (RunnerException failure) {
                    failures.add(failure.message());
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new SparkMissingException(String.join("\n", failures) + "\nNo step has started.");
        }
    }

    /** Finds or creates the interpreter of a step. */
    synchronized PythonRuntime of(AttemptRequest request, BooleanSupplier interrupted)
            throws IOException, InterruptedException {
        PythonDependencies<Argument> python = request.sparkSubmit().python();
        Map<String, String> variables = StepEnvironment.of(request, environment);
        String executable = PythonRuntime.executableFor(conf(request), variables);
        EnvironmentSpec spec = new EnvironmentSpec(
                python.requirements().stream()
                        .map(line -> line.resolve(request.uris()))
                        .toList(),
                python.constraints(),
                python.version());
        String key = executable + " " + variables.get("PYTHONPATH") + " " + spec;
        PythonRuntime known = found.get(key);
        if (known == null) {
            String owner = "Step '" + request.attempt().step() + "'";
            known = PythonRuntime.find(
                    python.isNone() ? executable : create(spec, executable, owner, interrupted),
                    variables,
                    spark,
                    owner);
            found.put(key, known);
        }
        return known;
    }

    private String create(EnvironmentSpec spec, String executable, String owner, BooleanSupplier interrupted)
            throws IOException {
        if (environments == null) {
            throw new SparkMissingException(owner + " declares Python packages, which are installed in the cache"
                    + " directory, but neither XDG_CACHE_HOME nor HOME is set. Set one of them.");
        }
        Path python = environments.python(
                spec, executable, spark.version(), owner, new InstallerProcess(environment, notices, interrupted));
        return python.toString();
    }

    /** The properties that name interpreters. */
    private static SparkConf conf(AttemptRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        request.sparkSubmit().settings().conf().forEach((key, value) -> values.put(key, value.resolve(request.uris())));
        return new SparkConf(values);
    }
}
