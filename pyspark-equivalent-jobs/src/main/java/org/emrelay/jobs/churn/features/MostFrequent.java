package org.emrelay.jobs.churn.features;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user has most often; of two as frequent the first by name, so that no order of events decides. */
final class MostFrequent {
    private final Map<String, Long> counts = new HashMap<>();

    void add(@Nullable String name) {
        if (name != null) {
            counts.merge(name, 1L, Long::sum);
        }
    }

    @Nullable
    String name() {
        String best = null;
        long most = 0;
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            long count = entry.getValue();
            if (best == null || count > most || (count == most && entry.getKey().compareTo(best) < 0)) {
                best = entry.getKey();
                most = count;
            }
        }
        return best;
    }
}
