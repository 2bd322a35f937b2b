package org.emrelay.runner.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object to write. Its keys keep their order, and a null value leaves its key out. */
public final class JsonMap extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    public JsonMap with(String key, @Nullable Object value) {
        if (value != null) {
            put(key, value);
        }
        return this;
    }

    /** Adds an object, unless it has no keys. */
    public JsonMap withUnlessEmpty(String key, Map<String, ?> value) {
        return with(key, value.isEmpty() ? null : value);
    }
}
