package org.emrelay.runner.platform.local;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.platform.AttemptRequest;

/** A step's Spark configuration, adapted from a cluster to this machine. */
record SparkConf(Map<String, String> values) {
    /** Settings that only a cluster manager understands. */
    private static final List<String> CLUSTER_PREFIXES = List.of(
            "spark.yarn.",
            "spark.kubernetes.",
            "spark.mesos.",
            "spark.dynamicAllocation.",
            "spark.shuffle.service.",
            "spark.executorEnv.",
            "spark.executor.memoryOverhead",
            "spark.driver.memoryOverhead");

    /** Settings determined by the local platform and the {@link ResourceAllocation}. */
    private static final Set<String> MANAGED = Set.of(
            "spark.master",
            "spark.submit.deployMode",
            "spark.cores.max",
            "spark.driver.cores",
            "spark.driver.memory",
            "spark.executor.cores",
            "spark.executor.instances",
            "spark.executor.memory");

    /** Named by the environment of a step that declares packages or a version of Python. */
    private static final Set<String> INTERPRETERS =
            Set.of(PythonDependencies.INTERPRETER, "spark.pyspark.driver.python");

    private static final String TASK_CPUS = "spark.task.cpus";

    SparkConf {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static SparkConf of(AttemptRequest request, ResourceAllocation allocation, AttemptFolder folder) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("spark.app.name", request.attempt().step().value());
        values.putAll(localDefaults(folder));
        request.sparkSubmit().settings().conf().forEach((key, value) -> {
            boolean isReplaced = INTERPRETERS.contains(key)
                    && !request.sparkSubmit().python().isNone();
            if (!isReplaced
                    && !MANAGED.contains(key)
                    && CLUSTER_PREFIXES.stream().noneMatch(key::startsWith)) {
                values.put(key, value.resolve(request.uris()));
            }
        });
        // Spark refuses to start if spark.task.cpus exceeds the available cores.
        values.computeIfPresent(TASK_CPUS, (key, requested) -> atMost(allocation.cores(), requested));
        return new SparkConf(values);
    }

    /**
     * The defaults of every local step, which the user can override: ports on the loopback interface only, which other users of the
     * machine cannot use without the step's secret, and no files outside the attempt's folder.
     */
    static Map<String, String> localDefaults(AttemptFolder folder) {
        return new TreeMap<>(Map.of(
                // Spark makes up a secret for each local process.
                "spark.authenticate", "true",
                "spark.ui.enabled", "false",
                "spark.driver.host", "127.0.0.1",
                "spark.driver.bindAddress", "127.0.0.1",
                "spark.sql.warehouse.dir",
                        folder.work().resolve("spark-warehouse").toString()));
    }

    private static String atMost(int cores, String requested) {
        return requested.matches("[0-9]{1,9}")
                ? Integer.toString(Math.min(cores, Integer.parseInt(requested)))
                : requested;
    }

    Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }
}
