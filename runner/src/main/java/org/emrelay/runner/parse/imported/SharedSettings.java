package org.emrelay.runner.parse.imported;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Moves what all steps share to the defaults of the steps file. */
final class SharedSettings {
    private static final List<String> KEYS = List.of(
            "script_uri",
            "deploy_mode",
            "driver_memory",
            "executor_memory",
            "executor_cores",
            "num_executors",
            "packages",
            "jars",
            "py_files",
            "files",
            "archives",
            "spark_conf",
            "env",
            "on_failure",
            "retries",
            "timeout");

    private SharedSettings() {}

    /** Removes the shared settings from the steps, and returns them; empty for a single step. */
    static Map<String, Object> extract(List<Map<String, Object>> steps) {
        Map<String, Object> shared = new LinkedHashMap<>();
        if (steps.size() < 2) {
            return shared;
        }
        for (String key : KEYS) {
            Object value = steps.get(0).get(key);
            if (value != null && steps.stream().allMatch(step -> value.equals(step.get(key)))) {
                shared.put(key, value);
                steps.forEach(step -> step.remove(key));
            }
        }
        return shared;
    }
}
