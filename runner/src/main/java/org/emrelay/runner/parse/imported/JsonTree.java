package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.jspecify.annotations.Nullable;

/**
 * JSON of another program, read without knowing its types: what is missing or of another type is empty.
 *
 * @param value a map, a list, a string, a long, a double, a boolean or null
 */
record JsonTree(@Nullable Object value) {
    static final JsonTree NONE = new JsonTree(null);

    static JsonTree of(JsonValue value) {
        return new JsonTree(plain(value));
    }

    private static @Nullable Object plain(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (Member member : object.members()) {
                map.putIfAbsent(member.key(), plain(member.value()));
            }
            return map;
        } else if (value instanceof JsonArray array) {
            List<@Nullable Object> list = new ArrayList<>();
            array.values().forEach(element -> list.add(plain(element)));
            return list;
        } else if (value instanceof JsonString string) {
            return string.text();
        } else if (value instanceof JsonBoolean bool) {
            return bool.value();
        }
        return value instanceof JsonNumber number ? plain(number.text()) : null;
    }

    private static Object plain(String number) {
        if (number.matches("-?[0-9]{1,18}")) {
            return Long.valueOf(number);
        }
        double value = Double.parseDouble(number);
        return Double.isInfinite(value) ? number : (Object) value;
    }

    boolean isObject() {
        return value instanceof Map;
    }

    boolean isList() {
        return value instanceof List;
    }

    boolean has(String key) {
        return !get(key).isEmpty();
    }

    /** Whether there is nothing in it: null, an empty text, an empty list or an empty object. */
    boolean isEmpty() {
        return value == null
                || value.equals("")
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    JsonTree get(String key) {
        return value instanceof Map<?, ?> map ? new JsonTree(map.get(key)) : NONE;
    }

    /** The value of the first of these keys that has one. */
    JsonTree first(String... keys) {
        for (String key : keys) {
            if (has(key)) {
                return get(key);
            }
        }
        return NONE;
    }

    /** The elements of a list; of an object or a scalar none. */
    List<JsonTree> elements() {
        List<JsonTree> elements = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(element -> elements.add(new JsonTree(element)));
        }
        return elements;
    }

    Map<String, JsonTree> members() {
        Map<String, JsonTree> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> members.put(String.valueOf(key), new JsonTree(member)));
        }
        return members;
    }

    /** A copy in which an object has another value for a key. */
    JsonTree with(String key, @Nullable Object changed) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        members().forEach((name, member) -> map.put(name, member.value()));
        map.put(key, changed);
        return new JsonTree(map);
    }

    JsonTree without(String key) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        members().forEach((name, member) -> map.put(name, member.value()));
        map.remove(key);
        return new JsonTree(map);
    }

    Optional<String> text() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    Optional<Long> integer() {
        return value instanceof Long number ? Optional.of(number) : Optional.empty();
    }

    boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }
}
