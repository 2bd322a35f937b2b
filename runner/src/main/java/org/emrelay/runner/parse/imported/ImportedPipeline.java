package org.emrelay.runner.parse.imported;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipeline of another tool, in the form of our files.
 *
 * @param steps the content of the steps file; empty without steps
 * @param cluster the content of the cluster file; empty without a cluster
 * @param lost what is not carried over, each a sentence
 * @param changed what is carried over in another form or needs attention, each a sentence
 */
public record ImportedPipeline(
        Map<String, Object> steps, Map<String, Object> cluster, List<String> lost, List<String> changed) {
    public ImportedPipeline {
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
        cluster = Collections.unmodifiableMap(new LinkedHashMap<>(cluster));
        lost = List.copyOf(lost);
        changed = List.copyOf(changed);
    }
}
