package org.emrelay.jobs.topics.filter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which posts of similar pairs are kept.
 *
 * <p>Drops a post only if it is similar to an earlier post that is kept. So a near-duplicate is always similar to its original, and a
 * chain of gradual changes does not collapse into its first post.
 */
final class NearDuplicateResolver {
    private final Map<String, NearDuplicate> dropped = new LinkedHashMap<>();

    /** Adds a pair. Pairs must be sorted by their later post, and those of one post by descending similarity. */
    void add(String later, String earlier, double similarity) {
        if (!dropped.containsKey(later) && !dropped.containsKey(earlier)) {
            dropped.put(later, new NearDuplicate(later, earlier, similarity));
        }
    }

    /** Returns the near-duplicates, sorted by time. */
    List<NearDuplicate> finish() {
        return List.copyOf(dropped.values());
    }
}
