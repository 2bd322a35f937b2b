package org.emrelay.runner.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The spark-submit settings of a step; null components are left to the platform. */
public record SparkSettings(
        @Nullable MemorySize executorMemory,
        @Nullable Integer executorCores,
        @Nullable Integer numExecutors,
        @Nullable MemorySize driverMemory,
        DeployMode deployMode,
        Map<String, Template> conf,
        List<String> packages,
        List<FileRef> jars,
        List<FileRef> pyFiles,
        List<NamedFile> files,
        List<NamedFile> archives,
        Map<String, Template> env) {

    /** Where the driver runs on a cluster. */
    public enum DeployMode {
        CLUSTER("cluster"),
        CLIENT("client");

        private final String value;

        DeployMode(String flag) {
            this.value = flag;
        }

        public String value() {
            return value;
        }
    }

    public SparkSettings {
        Objects.requireNonNull(deployMode, "deployMode");
        conf = Collections.unmodifiableMap(new LinkedHashMap<>(conf));
        packages = List.copyOf(packages);
        jars = List.copyOf(jars);
        pyFiles = List.copyOf(pyFiles);
        files = List.copyOf(files);
        archives = List.copyOf(archives);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    public static SparkSettings defaults() {
        return new SparkSettings(
                null,
                null,
                null,
                null,
                DeployMode.CLUSTER,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }
}
