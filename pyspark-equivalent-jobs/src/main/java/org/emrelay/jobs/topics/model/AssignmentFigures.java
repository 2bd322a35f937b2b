package org.emrelay.jobs.topics.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How well a model fits posts.
 *
 * @param byTopic the number of posts by dominant topic
 * @param none the number of posts without a term of the vocabulary
 * @param knownWords the share of words that are in the vocabulary
 * @param logLikelihood the mean log probability of a known word
 */
public record AssignmentFigures(List<Long> byTopic, long none, double knownWords, double logLikelihood) {
    static final AssignmentFigures NONE = new AssignmentFigures(List.of(), 0, 0, 0);

    public AssignmentFigures {
        byTopic = List.copyOf(byTopic);
    }

    /** Aggregates the output of {@link TopicAssigner}. */
    public static AssignmentFigures of(Dataset<Row> assigned, int topics) {
        long[] byTopic = new long[topics + 1];
        long known = 0;
        long words = 0;
        double logLikelihood = 0;
        for (Row row : assigned.groupBy(coalesce(col(TopicAssigner.TOPIC), lit(topics)))
                .agg(
                        count(lit(1)),
                        sum(col(TopicAssigner.KNOWN_WORDS)),
                        sum(col(TopicAssigner.WORDS)),
                        coalesce(sum(col(TopicAssigner.LOG_LIKELIHOOD)), lit(0.0)))
                .collectAsList()) {
            byTopic[row.getInt(0)] = row.getLong(1);
            known += row.getLong(2);
            words += row.getLong(3);
            logLikelihood += row.getDouble(4);
        }
        return new AssignmentFigures(
                Arrays.stream(byTopic).limit(topics).boxed().toList(),
                byTopic[topics],
                known / (double) Math.max(1, words),
                logLikelihood / Math.max(1, known));
    }

    public long posts() {
        return none + byTopic.stream().mapToLong(Long::longValue).sum();
    }

    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("by_topic", byTopic);
        values.put("none", none);
        values.put("known_words", knownWords);
        values.put("log_likelihood", logLikelihood);
        return values;
    }

    static AssignmentFigures of(JsonNode values) {
        List<Long> byTopic = new ArrayList<>();
        values.path("by_topic").forEach(posts -> byTopic.add(posts.asLong()));
        return new AssignmentFigures(
                byTopic,
                values.path("none").asLong(),
                values.path("known_words").asDouble(),
                values.path("log_likelihood").asDouble());
    }
}
