package org.emrelay.runner.finding;

import java.util.Objects;

/**
 * A key of a step in the steps file, with its present and proposed values.
 *
 * @param key such as {@code executor_memory} or {@code spark_conf["spark.sql.shuffle.partitions"]}
 * @param present its value in the run, from the file or Spark's default
 */
public record ProposedSetting(String key, String present, String proposed) {
    public ProposedSetting {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(present, "present");
        Objects.requireNonNull(proposed, "proposed");
    }

    static ProposedSetting conf(String property, String present, String proposed) {
        return new ProposedSetting("spark_conf[\"" + property + "\"]", present, proposed);
    }

    /** {@code executor_memory: 2G → 4G}. */
    public String text() {
        return key + ": " + present + " → " + proposed;
    }
}
