package org.emrelay.jobs.churn.clean;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Events to work on, whether they came cleaned or not.
 *
 * @param dropped how many lines were left out, by reason; empty where they were cleaned before
 */
public record OpenedLog(Dataset<Row> events, Map<String, Long> dropped) {
    public OpenedLog {
        Objects.requireNonNull(events, "events");
        dropped = new LinkedHashMap<>(dropped);
    }
}
