package org.emrelay.jobs.topics.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The number of posts by hour and topic.
 *
 * @param byHour for each hour, the number of posts of each topic, then of those without a topic
 */
public record Prevalence(int topics, SortedMap<String, List<Long>> byHour) {
    public Prevalence {
        byHour = Collections.unmodifiableSortedMap(new TreeMap<>(byHour));
    }

    /** Counts the rows of a table of posts with their topics. */
    public static Prevalence of(Dataset<Row> assignments, int topics) {
        SortedMap<String, long[]> counts = new TreeMap<>();
        assignments
                .groupBy(
                        col("hour"),
                        coalesce(col(TopicAssigner.TOPIC), lit(topics)).as(TopicAssigner.TOPIC))
                .agg(count(lit(1)))
                .collectAsList()
                .forEach(row -> counts.computeIfAbsent(row.getString(0), hour -> new long[topics + 1])[row.getInt(1)] =
                        row.getLong(2));
        SortedMap<String, List<Long>> byHour = new TreeMap<>();
        counts.forEach(
                (hour, ofHour) -> byHour.put(hour, Arrays.stream(ofHour).boxed().toList()));
        return new Prevalence(topics, byHour);
    }

    public Map<String, Object> values(List<String> names) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<String> columns = new ArrayList<>(names);
        columns.add(TopicAssigner.NONE);
        values.put("names", columns);
        values.put("hours", List.copyOf(byHour.keySet()));
        values.put("posts", List.copyOf(byHour.values()));
        return values;
    }
}
