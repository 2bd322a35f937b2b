package org.emrelay.jobs.topics.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Selects posts as evidence of topics: those with the highest probability, and some at random. */
final class PostExamples {
    private PostExamples() {}

    /**
     * Returns examples of each topic.
     *
     * @param count the number of examples of each kind
     * @param words the minimum number of words of the vocabulary in a clear example
     */
    static List<List<Map<String, Object>>> of(Dataset<Row> assigned, int topics, int count, int words) {
        List<List<Map<String, Object>>> examples = new ArrayList<>();
        for (int topic = 0; topic < topics; topic++) {
            Dataset<Row> ofTopic = assigned.where(col(TopicAssigner.TOPIC).equalTo(topic));
            List<Map<String, Object>> found = new ArrayList<>();
            Set<String> texts = new HashSet<>();
            add(
                    ofTopic.where(col(TopicAssigner.KNOWN_WORDS).geq(words))
                            .orderBy(col(TopicAssigner.PROBABILITY).desc(), col("id")),
                    count,
                    "clear",
                    texts,
                    found);
            add(ofTopic.orderBy(xxhash64(col("id"))), count, "random", texts, found);
            examples.add(found);
        }
        return examples;
    }

    private static void add(
            Dataset<Row> rows, int count, String kind, Set<String> texts, List<Map<String, Object>> found) {
        int added = 0;
        for (Row row :
                rows.select("id", "time", "text", TopicAssigner.PROBABILITY).takeAsList(2 * count)) {
            if (added < count && texts.add(row.getString(2))) {
                Map<String, Object> example = new LinkedHashMap<>();
                example.put("kind", kind);
                example.put("id", row.getString(0));
                example.put("time", String.valueOf(row.getTimestamp(1).toInstant()));
                example.put("text", row.getString(2));
                example.put("probability", row.getDouble(3));
                found.add(example);
                added++;
            }
        }
    }
}
