package org.emrelay.jobs.churn.features;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the most frequent value; ties are broken alphabetically, independent of event order. */
final class ModeCounter {
    private final Map<String, Long> counts = new HashMap<>();

    void add(@Nullable String name) {
        if (name != null) {
            counts.merge(name, 1L, Long::sum);
        }
    }

    @Nullable
    String mode() {
        String mode = null;
        long maxCount = 0;
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            long count = entry.getValue();
            if (mode == null
                    || count > maxCount
                    || (count == maxCount && entry.getKey().compareTo(mode) < 0)) {
                mode = entry.getKey();
                maxCount = count;
            }
        }
        return mode;
    }
}
