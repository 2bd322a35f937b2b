package org.emrelay.runner.parse;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.NamedResource;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.Template;
import org.jspecify.annotations.Nullable;

/** The settings that one place of the file gives; what it leaves open is null, or nothing in a map. */
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
        @Nullable List<NamedResource> files,
        @Nullable List<NamedResource> archives,
        Map<String, Template> env,
        @Nullable OnFailure onFailure,
        @Nullable Integer retries,
        @Nullable Duration timeout) {

    /**
     * What {@code script_uri} names.
     *
     * @param resource null when nothing is there, which has been said
     */
    record Script(String written, String path, @Nullable FileRef resource) {}

    static final PartialSettings NONE = new PartialSettings(
            null, null, null, null, null, null, Map.of(), null, null, null, null, null, Map.of(), null, null, null);

    /** These, and the defaults where these say nothing: maps are joined, lists are not. */
    PartialSettings over(PartialSettings defaults) {
        return new PartialSettings(
                first(script, defaults.script),
                first(executorMemory, defaults.executorMemory),
                first(executorCores, defaults.executorCores),
                first(numExecutors, defaults.numExecutors),
                first(driverMemory, defaults.driverMemory),
                first(deployMode, defaults.deployMode),
                joined(conf, defaults.conf),
                first(packages, defaults.packages),
                first(jars, defaults.jars),
                first(pyFiles, defaults.pyFiles),
                first(files, defaults.files),
                first(archives, defaults.archives),
                joined(env, defaults.env),
                first(onFailure, defaults.onFailure),
                first(retries, defaults.retries),
                first(timeout, defaults.timeout));
    }

    private static <T> @Nullable T first(@Nullable T own, @Nullable T standard) {
        return own != null ? own : standard;
    }

    private static Map<String, Template> joined(Map<String, Template> own, Map<String, Template> standard) {
        Map<String, Template> joined = new LinkedHashMap<>(standard);
        joined.putAll(own);
        return joined;
    }

    private static <T> List<T> listed(@Nullable List<T> values) {
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
                listed(packages),
                listed(jars),
                listed(pyFiles),
                listed(files),
                listed(archives),
                env);
    }

    FailurePolicy failurePolicy() {
        FailurePolicy standard = FailurePolicy.DEFAULT;
        return new FailurePolicy(
                onFailure == null ? standard.onFailure() : onFailure,
                retries == null ? standard.retries() : retries,
                timeout);
    }
}
