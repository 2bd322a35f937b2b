package org.emrelay.jobs.topics.filter;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The number of posts that a rule drops, in total and by term or language, with examples. */
final class RuleCount implements Serializable {
    private static final long serialVersionUID = 1L;

    static final int EXAMPLES = 5;

    private final TreeMap<String, Long> byDetail = new TreeMap<>();
    private final TreeSet<DroppedPost> examples = new TreeSet<>();
    private long dropped;

    void add(DroppedPost post) {
        dropped++;
        if (post.detail() != null) {
            byDetail.merge(post.detail(), 1L, Long::sum);
        }
        addExample(post);
    }

    void addAll(RuleCount other) {
        dropped += other.dropped;
        other.byDetail.forEach((detail, count) -> byDetail.merge(detail, count, Long::sum));
        other.examples.forEach(this::addExample);
    }

    private void addExample(DroppedPost post) {
        if (examples.size() < EXAMPLES || post.compareTo(examples.last()) < 0) {
            examples.add(post);
            if (examples.size() > EXAMPLES) {
                examples.pollLast();
            }
        }
    }

    long dropped() {
        return dropped;
    }

    /** Returns the number of posts by term or language, most frequent first. */
    Map<String, Long> byDetail() {
        Map<String, Long> sorted = new LinkedHashMap<>();
        byDetail.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    List<DroppedPost> examples() {
        return List.copyOf(examples);
    }
}
