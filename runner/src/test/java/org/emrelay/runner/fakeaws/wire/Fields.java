package org.emrelay.runner.fakeaws.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer's fields in their order: texts, numbers, truths, instants, lists and further fields; what is null is left out. */
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

    /** Tags in the form that most services have. */
    public static List<Fields> tags(Map<String, String> tags, String key, String value) {
        return tags.entrySet().stream()
                .map(tag -> Fields.of(key, tag.getKey()).and(value, tag.getValue()))
                .toList();
    }
}
