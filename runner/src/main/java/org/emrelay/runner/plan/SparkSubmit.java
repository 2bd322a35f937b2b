package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.jspecify.annotations.Nullable;

/**
 * The spark-submit command of a step.
 *
 * <p>Its parts are typed, because the local platform adapts them to one machine. EMR runs {@link #command()} as it is.
 *
 * @param mainClass null for a Python script
 * @param legacy whether the step has the legacy form; a cluster runs its command as the original tool sent it
 * @param python what a Python script needs; each requirement is a line for the installer
 * @param pythonArchive the workspace path of an archive with the packages, for a cluster; null for none
 */
public record SparkSubmit(
        Argument program,
        @Nullable String mainClass,
        SparkSettings<Argument> settings,
        List<Argument> arguments,
        boolean legacy,
        PythonDependencies<Argument> python,
        @Nullable String pythonArchive) {
    private static final String MAX_APP_ATTEMPTS = "spark.yarn.maxAppAttempts";

    public SparkSubmit {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(settings, "settings");
        arguments = List.copyOf(arguments);
        Objects.requireNonNull(python, "python");
    }

    public SparkSubmit(
            Argument program,
            @Nullable String mainClass,
            SparkSettings<Argument> settings,
            List<Argument> arguments,
            boolean legacy) {
        this(program, mainClass, settings, arguments, legacy, PythonDependencies.none(), null);
    }

    public boolean isPython() {
        return mainClass == null;
    }

    public SparkSubmit withConf(Map<String, Argument> added) {
        return new SparkSubmit(program, mainClass, settings.withConf(added), arguments, legacy, python, pythonArchive);
    }

    /**
     * The command for a cluster that runs one attempt at a time. By default YARN restarts a failed driver, which would run in parallel with
     * the next step. A command in the legacy form runs as it is.
     */
    public SparkSubmit onYarn() {
        boolean restarts = !legacy
                && settings.get(SparkOption.DEPLOY_MODE) == DeployMode.CLUSTER
                && !settings.conf().containsKey(MAX_APP_ATTEMPTS);
        return restarts ? withConf(Map.of(MAX_APP_ATTEMPTS, Argument.literal("1"))) : this;
    }

    public SparkSubmit withPythonArchive(@Nullable String path) {
        return new SparkSubmit(program, mainClass, settings, arguments, legacy, python, path);
    }

    /** The full command, as a cluster runs it: text that YARN passes through a shell is escaped, but for steps in the legacy form. */
    public List<Argument> command() {
        SparkSettings<Argument> all = ClusterPython.settings(this);
        List<Argument> command = new ArrayList<>();
        if (!legacy && isClientMode() && !all.env().isEmpty()) {
            // The driver inherits the variables of spark-submit.
            command.add(Argument.literal("env"));
            all.env().forEach((key, value) -> command.add(value.prefixed(key + "=")));
        }
        command.add(Argument.literal("spark-submit"));
        for (SparkOption<?> option : SparkOption.OF_CLUSTERS) {
            addOption(command, option.flag(), all.options().get(option));
            if (option == SparkOption.DEPLOY_MODE) {
                addOption(command, "--class", mainClass);
            }
        }
        all.conf().forEach((key, value) -> addConf(command, key, value));
        all.env().forEach((key, value) -> {
            Argument escaped = legacy ? value : ContainerShell.escapeVariable(value);
            if (legacy || !isClientMode()) {
                addConf(command, "spark.yarn.appMasterEnv." + key, escaped);
            }
            addConf(command, "spark.executorEnv." + key, escaped);
        });
        command.addAll(dependencyOptions(all));
        command.add(program);
        arguments.forEach(
                argument -> command.add(legacy || isClientMode() ? argument : ContainerShell.escapeArgument(argument)));
        return command;
    }

    /** In client mode, the driver is a process of spark-submit's own, which no shell starts. */
    private boolean isClientMode() {
        return settings.get(SparkOption.DEPLOY_MODE) == DeployMode.CLIENT;
    }

    /** The options for packages, jars and files, which are the same on every platform. */
    public List<Argument> dependencyOptions() {
        return dependencyOptions(settings);
    }

    private static List<Argument> dependencyOptions(SparkSettings<Argument> settings) {
        List<Argument> options = new ArrayList<>();
        SparkOption.OF_ALL_PLATFORMS.forEach(
                option -> addOption(options, option.flag(), settings.options().get(option)));
        settings.files().forEach((option, files) -> {
            options.add(Argument.literal(option.flag()));
            options.add(Argument.joined(",", files));
        });
        return options;
    }

    private static void addOption(List<Argument> command, String flag, @Nullable Object value) {
        if (value != null) {
            command.add(Argument.literal(flag));
            command.add(Argument.literal(SparkOption.text(value)));
        }
    }

    private static void addConf(List<Argument> command, String key, Argument value) {
        command.add(Argument.literal("--conf"));
        command.add(value.prefixed(key + "="));
    }
}
