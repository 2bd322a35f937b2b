package org.emrelay.runner.platform.local;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.emrelay.runner.platform.AttemptRequest;

/** A step's Spark configuration, bent from a cluster to this machine. */
record SparkConf(Map<String, String> values) {

    /** What only a cluster's manager understands. */
    private static final List<String> CLUSTER_PREFIXES = List.of(
            "spark.yarn.",
            "spark.kubernetes.",
            "spark.mesos.",
            "spark.dynamicAllocation.",
            "spark.shuffle.service.",
            "spark.executorEnv.",
            "spark.executor.memoryOverhead",
            "spark.driver.memoryOverhead");

    /** What is settled here: the master by the platform, the sizes by the {@link ResourceAllocation}. */
    private static final Set<String> SETTLED = Set.of(
            "spark.master",
            "spark.submit.deployMode",
            "spark.cores.max",
            "spark.driver.cores",
            "spark.driver.memory",
            "spark.executor.cores",
            "spark.executor.instances",
            "spark.executor.memory");

    private static final String TASK_CORES = "spark.task.cpus";

    SparkConf {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static SparkConf of(AttemptRequest launch, ResourceAllocation allotment, AttemptFolder folder) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("spark.app.name", launch.attempt().step().value());
        values.putAll(onThisMachine(folder));
        launch.submission().conf().forEach((key, value) -> {
            if (!SETTLED.contains(key) && CLUSTER_PREFIXES.stream().noneMatch(key::startsWith)) {
                values.put(key, value.text(launch.places()));
            }
        });
        // More cores a task than there are, and Spark refuses to start.
        values.computeIfPresent(TASK_CORES, (key, wanted) -> atMost(allotment.cores(), wanted));
        return new SparkConf(values);
    }

    /** What holds for every step unless the user wants it otherwise: nothing is open to others, nothing is left lying about. */
    static Map<String, String> onThisMachine(AttemptFolder folder) {
        return new TreeMap<>(Map.of(
                "spark.ui.enabled", "false",
                "spark.driver.host", "127.0.0.1",
                "spark.driver.bindAddress", "127.0.0.1",
                "spark.sql.warehouse.dir",
                        folder.work().resolve("spark-warehouse").toString()));
    }

    private static String atMost(int cores, String wanted) {
        return wanted.matches("[0-9]{1,9}") ? Integer.toString(Math.min(cores, Integer.parseInt(wanted))) : wanted;
    }

    Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }
}
