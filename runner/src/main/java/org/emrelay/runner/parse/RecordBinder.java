package org.emrelay.runner.parse;

import static java.util.Objects.requireNonNull;
import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.quoted;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.json.RecordSchema;
import org.emrelay.runner.json.RecordSchema.Component;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * Binds JSON to records and collects all problems, where data-binding libraries stop at the first.
 * An invalid value becomes null, or an empty list or map. A missing key becomes null if the component is {@code
 * @Nullable}, otherwise an empty list or map.
 *
 * <p>Supported component types: String, LocatedString, Integer, Double, Boolean, nested records, List and Map of
 * these, and JsonValue for values with several forms.
 */
final class RecordBinder {
    /**
     * A list element with its JSON path.
     * The path is kept because invalid elements are dropped, which shifts the indexes of the rest.
     *
     * @param path its JSON path
     */
    record LocatedString(String value, String path) {}

    private static final Map<Class<?>, String> SCALARS = Map.of(
            String.class, "a string",
            Integer.class, "a whole number",
            Double.class, "a number",
            Boolean.class, "true or false");

    private final Problems problems;

    RecordBinder(Problems problems) {
        this.problems = problems;
    }

    /** Returns the record, or null if the value is not an object. */
    <R extends Record> @Nullable R bind(JsonValue value, String path, Class<R> type) {
        if (!(value instanceof JsonObject object)) {
            problems.wrongType(path, "an object", value);
            return null;
        }
        checkKeys(object, path, RecordSchema.of(type).keys());
        return type.cast(fill(object, path, type));
    }

    private Record fill(JsonObject object, String path, Class<?> type) {
        RecordSchema schema = RecordSchema.of(type);
        return schema.create(schema.components().stream()
                .map(component -> component.inline()
                        ? fill(object, path, component.rawType())
                        : component(object, path, component))
                .toArray());
    }

    private void checkKeys(JsonObject object, String path, List<String> known) {
        problems.checkDuplicateKeys(object, path);
        for (String key : new LinkedHashSet<>(object.keys())) {
            if (!known.contains(key) && !key.startsWith("$")) {
                String suggestion = Suggestion.didYouMean(key, known);
                problems.error(
                        childPath(path, key),
                        "unknown key " + quoted(key) + ".",
                        suggestion.isEmpty() ? "Known keys: " + String.join(", ", known) + "." : suggestion);
            }
        }
    }

    private @Nullable Object component(JsonObject object, String path, Component component) {
        JsonValue value = object.get(component.key());
        if (value != null) {
            return value(value, childPath(path, component.key()), component.type());
        }
        if (component.required() && !problems.isInvalid(childPath(path, component.key()))) {
            problems.error(childPath(path, component.key()), "required key is missing.");
        }
        return component.nullable() ? null : defaultOf(component.rawType());
    }

    private static @Nullable Object defaultOf(Class<?> type) {
        return type == List.class ? List.of() : type == Map.class ? Map.of() : null;
    }

    private @Nullable Object value(JsonValue value, String path, Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Type element = parameterized.getActualTypeArguments()[parameterized.getActualTypeArguments().length - 1];
            return parameterized.getRawType() == List.class ? list(value, path, element) : map(value, path, element);
        }
        Class<?> componentClass = (Class<?>) type;
        if (componentClass == JsonValue.class) {
            return value;
        } else if (componentClass == LocatedString.class) {
            Object text = problems.isInvalid(path) ? null : value(value, path, String.class);
            return text == null ? null : new LocatedString((String) text, path);
        } else if (componentClass.isRecord()) {
            return bind(value, path, componentClass.asSubclass(Record.class));
        }
        Object scalar = scalar(value, componentClass);
        if (scalar == null) {
            problems.wrongType(path, requireNonNull(SCALARS.get(componentClass)), value);
        }
        return scalar;
    }

    private static @Nullable Object scalar(JsonValue value, Class<?> type) {
        // The legacy form writes whole numbers as strings: "4".
        String text = value instanceof JsonString string
                ? string.text()
                : value instanceof JsonNumber number ? number.text() : "";
        if (type == Integer.class) {
            return text.matches("-?[0-9]{1,9}") ? Integer.valueOf(text) : null;
        } else if (type == String.class) {
            return value instanceof JsonString ? text : null;
        } else if (type == Double.class) {
            // BigDecimal refuses exponents of ten digits and more.
            return value instanceof JsonNumber ? Double.valueOf(text) : null;
        }
        return value instanceof JsonBoolean bool ? bool.value() : null;
    }

    private List<Object> list(JsonValue value, String path, Type element) {
        if (!(value instanceof JsonArray array)) {
            problems.wrongType(path, "a list", value);
            return List.of();
        }
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < array.values().size(); i++) {
            Object read = value(array.values().get(i), path + "[" + i + "]", element);
            if (read != null) {
                elements.add(read);
            }
        }
        return elements;
    }

    private Map<String, Object> map(JsonValue value, String path, Type element) {
        if (!(value instanceof JsonObject object)) {
            problems.wrongType(path, "an object", value);
            return Map.of();
        }
        problems.checkDuplicateKeys(object, path);
        Map<String, Object> elements = new LinkedHashMap<>();
        for (Member member : object.members()) {
            Object read = value(member.value(), childPath(path, member.key()), element);
            if (read != null) {
                elements.putIfAbsent(member.key(), read);
            }
        }
        return Collections.unmodifiableMap(elements);
    }
}
