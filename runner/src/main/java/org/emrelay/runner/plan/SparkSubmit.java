package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.jspecify.annotations.Nullable;

/**
 * The spark-submit command of a step.
 *
 * <p>Its parts are typed, because the local platform adapts them to one machine. EMR runs {@link #command()} as it is.
 *
 * @param mainClass null for a Python script
 * @param env environment variables of the driver and all executors
 */
public record SparkSubmit(
        Argument program,
        @Nullable String mainClass,
        Resources resources,
        DeployMode deployMode,
        Map<String, Argument> conf,
        List<String> packages,
        List<Argument> jars,
        List<Argument> pyFiles,
        List<Argument> files,
        List<Argument> archives,
        Map<String, Argument> env,
        List<Argument> arguments) {

    /** The memory and cores a step requests; null for the platform's default. */
    public record Resources(
            @Nullable MemorySize executorMemory,
            @Nullable Integer executorCores,
            @Nullable Integer numExecutors,
            @Nullable MemorySize driverMemory) {}

    public SparkSubmit {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(resources, "resources");
        Objects.requireNonNull(deployMode, "deployMode");
        conf = Collections.unmodifiableMap(new LinkedHashMap<>(conf));
        packages = List.copyOf(packages);
        jars = List.copyOf(jars);
        pyFiles = List.copyOf(pyFiles);
        files = List.copyOf(files);
        archives = List.copyOf(archives);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        arguments = List.copyOf(arguments);
    }

    public boolean isPython() {
        return mainClass == null;
    }

    /** The full command, as a cluster runs it. */
    public List<Argument> command() {
        List<Argument> command = new ArrayList<>();
        command.add(Argument.literal("spark-submit"));
        addOption(command, "--deploy-mode", deployMode.value());
        addOption(command, "--class", mainClass);
        addOption(command, "--driver-memory", resources.driverMemory());
        addOption(command, "--executor-memory", resources.executorMemory());
        addOption(command, "--executor-cores", resources.executorCores());
        addOption(command, "--num-executors", resources.numExecutors());
        conf.forEach((key, value) -> addConf(command, key, value));
        env.forEach((key, value) -> {
            addConf(command, "spark.yarn.appMasterEnv." + key, value);
            addConf(command, "spark.executorEnv." + key, value);
        });
        command.addAll(dependencyOptions());
        command.add(program);
        command.addAll(arguments);
        return command;
    }

    /** The options for packages, jars and files, which are the same on every platform. */
    public List<Argument> dependencyOptions() {
        List<Argument> options = new ArrayList<>();
        addOption(options, "--packages", packages.isEmpty() ? null : String.join(",", packages));
        addListOption(options, "--jars", jars);
        addListOption(options, "--py-files", pyFiles);
        addListOption(options, "--files", files);
        addListOption(options, "--archives", archives);
        return options;
    }

    private static void addOption(List<Argument> command, String flag, @Nullable Object value) {
        if (value != null) {
            command.add(Argument.literal(flag));
            command.add(Argument.literal(value.toString()));
        }
    }

    private static void addConf(List<Argument> command, String key, Argument value) {
        command.add(Argument.literal("--conf"));
        command.add(value.prefixed(key + "="));
    }

    private static void addListOption(List<Argument> command, String flag, List<Argument> values) {
        if (!values.isEmpty()) {
            command.add(Argument.literal(flag));
            command.add(Argument.joined(",", values));
        }
    }
}
