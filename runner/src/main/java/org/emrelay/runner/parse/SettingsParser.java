package org.emrelay.runner.parse;

import static org.emrelay.runner.model.SparkOption.DEPLOY_MODE;
import static org.emrelay.runner.model.SparkOption.DRIVER_MEMORY;
import static org.emrelay.runner.model.SparkOption.EXECUTOR_CORES;
import static org.emrelay.runner.model.SparkOption.EXECUTOR_MEMORY;
import static org.emrelay.runner.model.SparkOption.NUM_EXECUTORS;
import static org.emrelay.runner.model.SparkOption.PACKAGES;
import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.quoted;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.Requirement;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.parse.RecordBinder.LocatedString;
import org.emrelay.runner.parse.RequirementsParser.Requirements;
import org.emrelay.runner.parse.StepsFile.LegacyStepEntry;
import org.emrelay.runner.parse.StepsFile.SettingsEntry;
import org.jspecify.annotations.Nullable;

/** Parses the settings of a step or of {@code defaults}. */
record SettingsParser(
        FileRefParser fileRefs,
        RequirementsParser requirements,
        SparkConfParser sparkConf,
        CommandLineChecks checks,
        Problems problems) {
    /** The settings of a step or of {@code defaults}. */
    record StepSettings(
            @Nullable Script script,
            @Nullable LocatedString mainClass,
            SparkSettings<NamedFile> spark,
            PythonDependencies<Requirement> python,
            List<String> writes,
            FailurePolicy failurePolicy) {
        static final StepSettings NONE = new StepSettings(
                null, null, SparkSettings.defaults(), PythonDependencies.none(), List.of(), FailurePolicy.DEFAULT);
    }

    /**
     * The value of {@code script_uri}.
     *
     * @param file null if the file does not exist, which has been reported
     */
    record Script(String uri, String path, @Nullable FileRef file) {}

    private static final Pattern PYTHON_VERSION = Pattern.compile("3\\.([0-9]{1,2})");
    private static final int MIN_PYTHON_MINOR = 8;
    private static final int MAX_CORES = 1_000;
    private static final int MAX_EXECUTORS = 100_000;
    private static final int MAX_RETRIES = 100;

    /** Spark reserves 300 MB and refuses to start with less than 1.5 times that. */
    private static final long MIN_MEBIBYTES = 450;

    private static final long MAX_MEBIBYTES = 32L * 1024 * 1024;

    /** Parses the settings of a step or of {@code defaults}: maps are merged with the defaults, lists replace them. */
    StepSettings parse(SettingsEntry entry, String path, StepSettings defaults) {
        Script script = script(entry.scriptUri(), childPath(path, "script_uri"));
        SparkSettings<NamedFile> spark = defaults.spark()
                .with(EXECUTOR_MEMORY, memory(entry.executorMemory(), pathOf(EXECUTOR_MEMORY, path)))
                .with(EXECUTOR_CORES, count(entry.executorCores(), MAX_CORES, pathOf(EXECUTOR_CORES, path)))
                .with(NUM_EXECUTORS, count(entry.numExecutors(), MAX_EXECUTORS, pathOf(NUM_EXECUTORS, path)))
                .with(DRIVER_MEMORY, memory(entry.driverMemory(), pathOf(DRIVER_MEMORY, path)))
                .with(DEPLOY_MODE, problems.oneOf(entry.deployMode(), DeployMode.class, pathOf(DEPLOY_MODE, path)))
                .withConf(sparkConf.sparkConf(entry.sparkConf(), childPath(path, "spark_conf")))
                .with(PACKAGES, packages(entry.packages()))
                .with(FileOption.JARS, fileRefs.list(entry.jars(), FileOption.JARS))
                .with(FileOption.PY_FILES, fileRefs.list(entry.pyFiles(), FileOption.PY_FILES))
                .with(FileOption.FILES, fileRefs.list(entry.files(), FileOption.FILES))
                .with(FileOption.ARCHIVES, fileRefs.list(entry.archives(), FileOption.ARCHIVES))
                .withEnv(sparkConf.environment(entry.env(), childPath(path, "env")));
        OnFailure onFailure = problems.oneOf(entry.onFailure(), OnFailure.class, childPath(path, "on_failure"));
        Integer retries = problems.optionalInRange(entry.retries(), 0, MAX_RETRIES, childPath(path, "retries"));
        Duration timeout = duration(entry.timeout(), childPath(path, "timeout"));
        FailurePolicy policy = defaults.failurePolicy();
        return new StepSettings(
                script == null ? defaults.script() : script,
                mainClass(entry.mainClass(), path).orElse(defaults.mainClass()),
                spark,
                python(entry, path, defaults.python()),
                entry.writes() == null ? defaults.writes() : writes(entry.writes()),
                new FailurePolicy(
                        onFailure == null ? policy.onFailure() : onFailure,
                        retries == null ? policy.retries() : retries,
                        timeout == null ? policy.timeout() : timeout));
    }

    /** Parses the settings of a legacy step. */
    StepSettings parse(LegacyStepEntry entry, @Nullable OnFailure onFailure, String path) {
        SparkSettings<NamedFile> spark = SparkSettings.<NamedFile>defaults()
                .with(EXECUTOR_MEMORY, memory(entry.executorMemory(), pathOf(EXECUTOR_MEMORY, path)))
                .with(EXECUTOR_CORES, count(entry.executorCores(), MAX_CORES, pathOf(EXECUTOR_CORES, path)));
        return new StepSettings(
                script(entry.scriptUri(), childPath(path, "script_uri")),
                mainClass(entry.mainClass(), path).orElse(null),
                spark,
                PythonDependencies.none(),
                List.of(),
                onFailure == null ? FailurePolicy.DEFAULT : new FailurePolicy(onFailure, 0, null));
    }

    private static String pathOf(SparkOption<?> option, String path) {
        return childPath(path, option.key());
    }

    private PythonDependencies<Requirement> python(
            SettingsEntry entry, String path, PythonDependencies<Requirement> defaults) {
        Requirements own = requirements.parse(entry.requirements(), childPath(path, "requirements"));
        String version = pythonVersion(entry.python(), childPath(path, "python"));
        return new PythonDependencies<>(
                own == null ? defaults.requirements() : own.requirements(),
                own == null ? defaults.constraints() : own.constraints(),
                version == null ? defaults.version() : version);
    }

    private @Nullable String pythonVersion(@Nullable String version, String path) {
        if (version == null) {
            return null;
        }
        Matcher matcher = PYTHON_VERSION.matcher(version);
        if (!matcher.matches()) {
            problems.error(path, quoted(version) + " is not a version such as 3.11.");
            return null;
        } else if (Integer.parseInt(matcher.group(1)) < MIN_PYTHON_MINOR) {
            problems.error(path, "Spark 3.5 needs Python 3." + MIN_PYTHON_MINOR + " or later, not " + version + ".");
            return null;
        }
        return version;
    }

    private @Nullable Integer count(@Nullable Integer value, int maximum, String path) {
        return problems.optionalInRange(value, 1, maximum, path);
    }

    private @Nullable Script script(@Nullable String uri, String path) {
        if (uri == null) {
            return null;
        }
        return new Script(uri, path, fileRefs.single(uri, path));
    }

    private Optional<LocatedString> mainClass(@Nullable String mainClass, String path) {
        String classPath = childPath(path, "main_class");
        if (mainClass == null) {
            return Optional.empty();
        }
        checks.checkText(mainClass, classPath);
        return Optional.of(new LocatedString(mainClass, classPath));
    }

    private @Nullable List<String> packages(@Nullable List<LocatedString> packages) {
        if (packages == null) {
            return null;
        }
        for (LocatedString coordinates : packages) {
            if (!coordinates.value().matches("[^\\s:,{}]+:[^\\s:,{}]+:[^\\s:,{}]+")) {
                problems.error(
                        coordinates.path(),
                        quoted(coordinates.value()) + " is not a Maven coordinate.",
                        "Use group:artifact:version.");
            }
            sparkConf.checkSparkNlp(coordinates.value(), coordinates.path());
        }
        return packages.stream().map(LocatedString::value).toList();
    }

    private List<String> writes(List<LocatedString> locations) {
        locations.forEach(location -> checks.checkWrites(location.value(), location.path()));
        return locations.stream().map(LocatedString::value).toList();
    }

    private @Nullable MemorySize memory(@Nullable JsonValue value, String path) {
        String text = text(value, path);
        if (text == null) {
            return null;
        }
        MemorySize size = MemorySize.parse(text).orElse(null);
        if (text.matches("[0-9]{1,9}")) {
            problems.error(path, "'" + text + "' has no unit: use " + text + "G or " + text + "M.");
            return null;
        } else if (size == null) {
            problems.error(path, quoted(text) + " is not a memory size.", "Examples: 18G, 1536M.");
            return null;
        } else if (size.mebibytes() < MIN_MEBIBYTES) {
            problems.error(path, text + " is too small: Spark needs at least " + MIN_MEBIBYTES + "M.");
            return null;
        } else if (size.mebibytes() > MAX_MEBIBYTES) {
            problems.error(path, text + " is more than any instance type has.");
            return null;
        }
        return size;
    }

    private @Nullable Duration duration(@Nullable JsonValue value, String path) {
        return DurationParser.parse(text(value, path), path, problems);
    }

    private @Nullable String text(@Nullable JsonValue value, String path) {
        if (value instanceof JsonString string) {
            return string.text();
        } else if (value instanceof JsonNumber number) {
            return number.text();
        } else if (value != null) {
            problems.wrongType(path, "a string", value);
        }
        return null;
    }
}
