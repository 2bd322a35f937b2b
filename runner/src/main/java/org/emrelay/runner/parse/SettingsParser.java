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

/** Reads the settings that a step or the file's {@code defaults} give. */
final class SettingsParser {
    private static final int MOST_CORES = 1_000;
    private static final int MOST_EXECUTORS = 100_000;
    private static final int MOST_RETRIES = 100;

    private final UnitParser quantities;
    private final ResourceParser resources;
    private final SparkConfParser conf;
    private final Problems problems;

    SettingsParser(UnitParser quantities, ResourceParser resources, SparkConfParser conf, Problems problems) {
        this.quantities = quantities;
        this.resources = resources;
        this.conf = conf;
        this.problems = problems;
    }

    PartialSettings read(SettingsEntry entry, String path) {
        Keys keys = new Keys(path);
        return new PartialSettings(
                script(entry.scriptUri(), keys.at("script_uri")),
                quantities.memory(entry.executorMemory(), keys.at("executor_memory")),
                quantities.count(entry.executorCores(), 1, MOST_CORES, keys.at("executor_cores")),
                quantities.count(entry.numExecutors(), 1, MOST_EXECUTORS, keys.at("num_executors")),
                quantities.memory(entry.driverMemory(), keys.at("driver_memory")),
                choice(entry.deployMode(), DeployMode.values(), DeployMode::flag, keys.at("deploy_mode")),
                conf.sparkConf(entry.sparkConf(), keys.at("spark_conf")),
                packages(entry.packages()),
                resources.list(entry.jars()),
                resources.list(entry.pyFiles()),
                resources.named(entry.files()),
                resources.named(entry.archives()),
                conf.environment(entry.env(), keys.at("env")),
                choice(entry.onFailure(), OnFailure.values(), OnFailure::key, keys.at("on_failure")),
                quantities.count(entry.retries(), 0, MOST_RETRIES, keys.at("retries")),
                quantities.time(entry.timeout(), keys.at("timeout")));
    }

    /** Settings of the original form. */
    PartialSettings read(
            @Nullable String scriptUri,
            @Nullable JsonValue executorMemory,
            @Nullable Integer executorCores,
            @Nullable OnFailure onFailure,
            String path) {
        Keys keys = new Keys(path);
        MemorySize memory = quantities.memory(executorMemory, keys.at("executor_memory"));
        Integer cores = quantities.count(executorCores, 1, MOST_CORES, keys.at("executor_cores"));
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

    private record Keys(String path) {
        String at(String key) {
            return RecordBinder.child(path, key);
        }
    }

    private @Nullable Script script(@Nullable String uri, String path) {
        if (uri == null) {
            return null;
        }
        FileRef resource = resources.single(uri, path);
        return new Script(uri, path, resource);
    }

    private @Nullable List<String> packages(@Nullable List<LocatedString> packages) {
        if (packages == null) {
            return null;
        }
        for (LocatedString coordinates : packages) {
            if (!coordinates.text().matches("[^\\s:,{}]+:[^\\s:,{}]+:[^\\s:,{}]+")) {
                problems.error(
                        coordinates.path(),
                        "'" + RecordBinder.shortened(coordinates.text()) + "' is no package.",
                        "Write group:artifact:version, as Maven does.");
            }
            conf.checkSparkNlp(coordinates.text(), coordinates.path());
        }
        return packages.stream().map(LocatedString::text).toList();
    }

    <E> @Nullable E choice(@Nullable String written, E[] choices, Function<E, String> key, String path) {
        if (written == null) {
            return null;
        }
        Map<String, E> byKey = new LinkedHashMap<>();
        Arrays.asList(choices).forEach(choice -> byKey.put(key.apply(choice), choice));
        E chosen = byKey.get(written);
        if (chosen == null) {
            problems.error(
                    path,
                    "must be " + String.join(" or ", byKey.keySet()) + ", not '" + RecordBinder.shortened(written)
                            + "'.",
                    Suggestion.sentence(written, byKey.keySet()));
        }
        return chosen;
    }
}
