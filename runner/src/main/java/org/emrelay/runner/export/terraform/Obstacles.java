package org.emrelay.runner.export.terraform;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What Terraform's AWS provider cannot express of a request, each a sentence and once. */
final class Obstacles {
    private final Set<String> sentences = new LinkedHashSet<>();
    private final Set<String> missingKeys = new LinkedHashSet<>();

    void add(String sentence) {
        sentences.add(sentence);
    }

    /** Notes the keys that were not converted. */
    void addRemaining(RequestKeys keys) {
        keys.addRemaining(missingKeys);
    }

    List<String> sentences() {
        List<String> all = new ArrayList<>(sentences);
        missingKeys.forEach(
                key -> all.add("Terraform's AWS provider has no " + key + ". Remove it from the cluster file."));
        return all;
    }
}
