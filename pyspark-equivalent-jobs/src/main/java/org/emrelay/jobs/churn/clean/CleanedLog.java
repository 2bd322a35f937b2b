package org.emrelay.jobs.churn.clean;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The events of a log that was cleaned before or on reading.
 *
 * @param dropped the number of dropped lines by reason; empty if the log was cleaned before
 */
public record CleanedLog(Dataset<Row> events, Map<String, Long> dropped) {
    public CleanedLog {
        Objects.requireNonNull(events, "events");
        dropped = new LinkedHashMap<>(dropped);
    }
}
