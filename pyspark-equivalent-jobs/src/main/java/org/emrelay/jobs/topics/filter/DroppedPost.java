package org.emrelay.jobs.topics.filter;

import java.io.Serializable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dropped post, as an example for its rule.
 *
 * @param detail the term or language that caused the drop
 * @param original the id of the earliest post with the same words
 */
record DroppedPost(
        long timeMillis,
        String id,
        String text,
        @Nullable String detail,
        @Nullable String original) implements Comparable<DroppedPost>, Serializable {
    private static final int MAX_TEXT = 500;
    private static final Comparator<DroppedPost> ORDER =
            Comparator.comparingLong(DroppedPost::timeMillis).thenComparing(DroppedPost::id);

    DroppedPost {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(text, "text");
    }

    @Override
    public int compareTo(DroppedPost other) {
        return ORDER.compare(this, other);
    }

    Map<String, Object> values(FilterRule rule) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", id);
        values.put("text", shortened(text));
        if (detail != null) {
            values.put(rule.detailName(), detail);
        }
        if (original != null) {
            values.put("original", original);
        }
        return values;
    }

    static String shortened(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        // Does not split a surrogate pair, such as an emoji.
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return text.substring(0, end) + "…";
    }
}
