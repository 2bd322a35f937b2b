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
 * What a step asks of spark-submit: typed, for a platform that has to bend it to its machine, and as the one command that every
 * other platform runs.
 *
 * @param mainClass null for a Python script
 * @param env goes to the driver and to every executor
 */
public record SparkSubmit(
        Argument program,
        @Nullable String mainClass,
        Sizes sizes,
        DeployMode deployMode,
        Map<String, Argument> conf,
        List<String> packages,
        List<Argument> jars,
        List<Argument> pyFiles,
        List<Argument> files,
        List<Argument> archives,
        Map<String, Argument> env,
        List<Argument> arguments) {

    /** How much of a machine a step asks for; null where it leaves that to the platform. */
    public record Sizes(
            @Nullable MemorySize executorMemory,
            @Nullable Integer executorCores,
            @Nullable Integer numExecutors,
            @Nullable MemorySize driverMemory) {}

    public SparkSubmit {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(sizes, "sizes");
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

    /** The command in full, as a cluster runs it. */
    public List<Argument> command() {
        List<Argument> words = new ArrayList<>();
        words.add(Argument.literal("spark-submit"));
        option(words, "--deploy-mode", deployMode.flag());
        option(words, "--class", mainClass);
        option(words, "--driver-memory", sizes.driverMemory());
        option(words, "--executor-memory", sizes.executorMemory());
        option(words, "--executor-cores", sizes.executorCores());
        option(words, "--num-executors", sizes.numExecutors());
        conf.forEach((key, value) -> conf(words, key, value));
        env.forEach((key, value) -> {
            conf(words, "spark.yarn.appMasterEnv." + key, value);
            conf(words, "spark.executorEnv." + key, value);
        });
        words.addAll(resources());
        words.add(program);
        words.addAll(arguments);
        return words;
    }

    /** The options that name what else is needed, as spark-submit takes them on every platform. */
    public List<Argument> resources() {
        List<Argument> words = new ArrayList<>();
        option(words, "--packages", packages.isEmpty() ? null : String.join(",", packages));
        listed(words, "--jars", jars);
        listed(words, "--py-files", pyFiles);
        listed(words, "--files", files);
        listed(words, "--archives", archives);
        return words;
    }

    private static void option(List<Argument> words, String flag, @Nullable Object value) {
        if (value != null) {
            words.add(Argument.literal(flag));
            words.add(Argument.literal(value.toString()));
        }
    }

    private static void conf(List<Argument> words, String key, Argument value) {
        words.add(Argument.literal("--conf"));
        words.add(value.prefixed(key + "="));
    }

    private static void listed(List<Argument> words, String flag, List<Argument> values) {
        if (!values.isEmpty()) {
            words.add(Argument.literal(flag));
            words.add(Argument.joined(",", values));
        }
    }
}
