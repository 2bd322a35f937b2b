package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what is not carried over and what needs attention. Equal sentences about several steps or keys become one. */
final class ImportNotices {
    private static final int MAX_NAMES = 20;

    private final Map<String, Set<String>> lost = new LinkedHashMap<>();
    private final Map<String, Set<String>> changed = new LinkedHashMap<>();

    /**
     * Records what is not carried over.
     *
     * @param subject the step, state or key
     * @param reason the rest of the sentence, with its full stop
     */
    void lost(String subject, String reason) {
        lost.computeIfAbsent(DeploymentValues.visible(reason), key -> new LinkedHashSet<>())
                .add(shortened(subject));
    }

    /** Records what is carried over in another form. */
    void changed(String subject, String reason) {
        changed.computeIfAbsent(DeploymentValues.visible(reason), key -> new LinkedHashSet<>())
                .add(shortened(subject));
    }

    List<String> allLost() {
        return sentences(lost);
    }

    List<String> allChanged() {
        return sentences(changed);
    }

    private static List<String> sentences(Map<String, Set<String>> subjects) {
        List<String> sentences = new ArrayList<>();
        subjects.forEach((reason, names) -> sentences.add(listed(names) + ": " + reason));
        return sentences;
    }

    static String listed(Set<String> names) {
        String shown = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        return names.size() <= MAX_NAMES ? shown : shown + " and " + (names.size() - MAX_NAMES) + " more";
    }

    /** The text without line breaks and the characters that stand for deployment values. */
    static String shortened(String text) {
        String visible = DeploymentValues.visible(text).replaceAll("\\s+", " ").strip();
        return visible.length() <= 80 ? visible : visible.substring(0, 77) + "...";
    }
}
