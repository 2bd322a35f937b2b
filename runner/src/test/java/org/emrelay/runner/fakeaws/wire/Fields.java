package org.emrelay.runner.fakeaws.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response's fields in order: text, numbers, booleans, instants, lists and nested fields. Null values are
 * omitted.
 */
public final class Fields extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    public static Fields none() {
        return new Fields();
    }

    public static Fields of(String name, @Nullable Object value) {
        return new Fields().and(name, value);
    }

    public Fields and(String name, @Nullable Object value) {
        if (value != null) {
            put(name, value);
        }
        return this;
    }

    /** Tags as most services return them: a list of key and value fields. */
    public static List<Fields> tags(Map<String, String> tags, String key, String value) {
        return tags.entrySet().stream()
                .map(tag -> Fields.of(key, tag.getKey()).and(value, tag.getValue()))
                .toList();
    }
}
