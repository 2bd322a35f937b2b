package org.emrelay.runner.parse;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.Template;
import org.jspecify.annotations.Nullable;

/** The settings of a step or of {@code defaults}; unset ones are null or empty maps. */
record PartialSettings(
        @Nullable Script script,
        @Nullable MemorySize executorMemory,
        @Nullable Integer executorCores,
        @Nullable Integer numExecutors,
        @Nullable MemorySize driverMemory,
        @Nullable DeployMode deployMode,
        Map<String, Template> conf,
        @Nullable List<String> packages,
        @Nullable List<FileRef> jars,
        @Nullable List<FileRef> pyFiles,
        @Nullable List<NamedFile> files,
        @Nullable List<NamedFile> archives,
        Map<String, Template> env,
        @Nullable OnFailure onFailure,
        @Nullable Integer retries,
        @Nullable Duration timeout) {

    /**
     * The value of {@code script_uri}.
     *
     * @param file null if the file does not exist, which has been reported
     */
    record Script(String uri, String path, @Nullable FileRef file) {}

    static final PartialSettings NONE = new PartialSettings(
            null, null, null, null, null, null, Map.of(), null, null, null, null, null, Map.of(), null, null, null);

    /** Adds the defaults for unset values: maps are merged, lists are not. */
    PartialSettings withDefaults(PartialSettings defaults) {
        return new PartialSettings(
                firstNonNull(script, defaults.script),
                firstNonNull(executorMemory, defaults.executorMemory),
                firstNonNull(executorCores, defaults.executorCores),
                firstNonNull(numExecutors, defaults.numExecutors),
                firstNonNull(driverMemory, defaults.driverMemory),
                firstNonNull(deployMode, defaults.deployMode),
                merge(conf, defaults.conf),
                firstNonNull(packages, defaults.packages),
                firstNonNull(jars, defaults.jars),
                firstNonNull(pyFiles, defaults.pyFiles),
                firstNonNull(files, defaults.files),
                firstNonNull(archives, defaults.archives),
                merge(env, defaults.env),
                firstNonNull(onFailure, defaults.onFailure),
                firstNonNull(retries, defaults.retries),
                firstNonNull(timeout, defaults.timeout));
    }

    private static <T> @Nullable T firstNonNull(@Nullable T value, @Nullable T defaultValue) {
        return value != null ? value : defaultValue;
    }

    private static Map<String, Template> merge(Map<String, Template> value, Map<String, Template> defaultValue) {
        Map<String, Template> merged = new LinkedHashMap<>(defaultValue);
        merged.putAll(value);
        return merged;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> values) {
        return values == null ? List.of() : values;
    }

    SparkSettings sparkSettings() {
        return new SparkSettings(
                executorMemory,
                executorCores,
                numExecutors,
                driverMemory,
                deployMode == null ? DeployMode.CLUSTER : deployMode,
                conf,
                orEmpty(packages),
                orEmpty(jars),
                orEmpty(pyFiles),
                orEmpty(files),
                orEmpty(archives),
                env);
    }

    FailurePolicy failurePolicy() {
        FailurePolicy defaultValue = FailurePolicy.DEFAULT;
        return new FailurePolicy(
                onFailure == null ? defaultValue.onFailure() : onFailure,
                retries == null ? defaultValue.retries() : retries,
                timeout);
    }
}
