package org.emrelay.runner.parse;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.parse.PartialSettings.Script;
import org.emrelay.runner.parse.StepsFile.SettingsEntry;
import org.jspecify.annotations.Nullable;

/** Parses the settings of a step or of {@code defaults}. */
final class SettingsParser {
    private static final int MAX_CORES = 1_000;
    private static final int MAX_EXECUTORS = 100_000;
    private static final int MAX_RETRIES = 100;

    private final UnitParser units;
    private final FileRefParser fileRefs;
    private final SparkConfParser sparkConf;
    private final Problems problems;

    SettingsParser(UnitParser units, FileRefParser fileRefs, SparkConfParser sparkConf, Problems problems) {
        this.units = units;
        this.fileRefs = fileRefs;
        this.sparkConf = sparkConf;
        this.problems = problems;
    }

    PartialSettings parse(SettingsEntry entry, String path) {
        KeyPaths keys = new KeyPaths(path);
        return new PartialSettings(
                script(entry.scriptUri(), keys.at("script_uri")),
                units.memory(entry.executorMemory(), keys.at("executor_memory")),
                units.count(entry.executorCores(), 1, MAX_CORES, keys.at("executor_cores")),
                units.count(entry.numExecutors(), 1, MAX_EXECUTORS, keys.at("num_executors")),
                units.memory(entry.driverMemory(), keys.at("driver_memory")),
                choice(entry.deployMode(), DeployMode.values(), DeployMode::value, keys.at("deploy_mode")),
                sparkConf.sparkConf(entry.sparkConf(), keys.at("spark_conf")),
                packages(entry.packages()),
                fileRefs.list(entry.jars()),
                fileRefs.list(entry.pyFiles()),
                fileRefs.named(entry.files()),
                fileRefs.named(entry.archives()),
                sparkConf.environment(entry.env(), keys.at("env")),
                choice(entry.onFailure(), OnFailure.values(), OnFailure::key, keys.at("on_failure")),
                units.count(entry.retries(), 0, MAX_RETRIES, keys.at("retries")),
                units.duration(entry.timeout(), keys.at("timeout")));
    }

    /** Parses the settings of a legacy step. */
    PartialSettings parse(
            @Nullable String scriptUri,
            @Nullable JsonValue executorMemory,
            @Nullable Integer executorCores,
            @Nullable OnFailure onFailure,
            String path) {
        KeyPaths keys = new KeyPaths(path);
        MemorySize memory = units.memory(executorMemory, keys.at("executor_memory"));
        Integer cores = units.count(executorCores, 1, MAX_CORES, keys.at("executor_cores"));
        return new PartialSettings(
                script(scriptUri, keys.at("script_uri")),
                memory,
                cores,
                null,
                null,
                DeployMode.CLUSTER,
                Map.of(),
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                onFailure,
                null,
                null);
    }

    private record KeyPaths(String path) {
        String at(String key) {
            return RecordBinder.childPath(path, key);
        }
    }

    private @Nullable Script script(@Nullable String uri, String path) {
        if (uri == null) {
            return null;
        }
        FileRef file = fileRefs.single(uri, path);
        return new Script(uri, path, file);
    }

    private @Nullable List<String> packages(@Nullable List<LocatedString> packages) {
        if (packages == null) {
            return null;
        }
        for (LocatedString coordinates : packages) {
            if (!coordinates.value().matches("[^\\s:,{}]+:[^\\s:,{}]+:[^\\s:,{}]+")) {
                problems.error(
                        coordinates.path(),
                        "'" + RecordBinder.abbreviate(coordinates.value()) + "' is not a Maven coordinate.",
                        "Use group:artifact:version.");
            }
            sparkConf.checkSparkNlp(coordinates.value(), coordinates.path());
        }
        return packages.stream().map(LocatedString::value).toList();
    }

    <E> @Nullable E choice(@Nullable String value, E[] choices, Function<E, String> key, String path) {
        if (value == null) {
            return null;
        }
        Map<String, E> byKey = new LinkedHashMap<>();
        Arrays.asList(choices).forEach(candidate -> byKey.put(key.apply(candidate), candidate));
        E choice = byKey.get(value);
        if (choice == null) {
            problems.error(
                    path,
                    "must be one of " + String.join(", ", byKey.keySet()) + ", not '" + RecordBinder.abbreviate(value)
                            + "'.",
                    Suggestion.didYouMean(value, byKey.keySet()));
        }
        return choice;
    }
}
