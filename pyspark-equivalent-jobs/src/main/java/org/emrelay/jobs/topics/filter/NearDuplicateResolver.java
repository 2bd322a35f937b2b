package org.emrelay.jobs.topics.filter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which of the posts in similar pairs are kept.
 *
 * <p>A post is dropped if it is similar to an earlier post that is kept, so the original of a near-duplicate is always similar to it,
 * and a chain of gradual changes does not collapse into its first post.
 */
final class NearDuplicateResolver {
    private final Map<String, NearDuplicate> dropped = new LinkedHashMap<>();

    /** Adds a pair. The pairs are in the order of their later post, those of one post from the most similar on. */
    void add(String later, String earlier, double similarity) {
        if (!dropped.containsKey(later) && !dropped.containsKey(earlier)) {
            dropped.put(later, new NearDuplicate(later, earlier, similarity));
        }
    }

    /** Returns the near-duplicates in the order of their time. */
    List<NearDuplicate> finish() {
        return List.copyOf(dropped.values());
    }
}
