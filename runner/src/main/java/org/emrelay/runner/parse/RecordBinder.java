package org.emrelay.runner.parse;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNull;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.model.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * Fills wire records from JSON and goes on after each problem: what could not be read is null (an empty list or map for those, and
 * null for those too where the key is absent and the component {@code @Nullable}). A data binder of the libraries stops at the first fault.
 *
 * <p>Components are String, TextAt, Integer, Double, Boolean, a nested record, List or Map of these, or JsonValue for what has several forms.
 */
final class RecordBinder {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$-]*");

    private final Problems problems;
    private final Map<Class<?>, RecordSchema<?>> shapes = new HashMap<>();

    RecordBinder(Problems problems) {
        this.problems = problems;
    }

    /** The record, or null when the value is no object at all. */
    <R extends Record> @Nullable R read(JsonValue value, String path, Class<R> type) {
        if (!(value instanceof JsonObject object)) {
            wrongType(path, "an object", value);
            return null;
        }
        RecordSchema<R> shape = shapeOf(type);
        checkKeys(object, path, shape.keys());
        return fill(object, path, shape);
    }

    private <R extends Record> R fill(JsonObject object, String path, RecordSchema<R> shape) {
        @Nullable Object[] arguments = new Object[shape.parts().size()];
        for (int i = 0; i < arguments.length; i++) {
            RecordSchema.Part part = shape.parts().get(i);
            arguments[i] = part.inline() ? fill(object, path, shapeOf(part.inlined())) : component(object, path, part);
        }
        return shape.construct(arguments);
    }

    private <R extends Record> RecordSchema<R> shapeOf(Class<R> type) {
        RecordSchema<?> shape = shapes.computeIfAbsent(type, key -> RecordSchema.of(type));
        @SuppressWarnings("unchecked") // The map's values have their keys' types.
        RecordSchema<R> typed = (RecordSchema<R>) shape;
        return typed;
    }

    /** The key under which a component is found in the file. */
    static String keyOf(RecordComponent component) {
        return RecordSchema.keyOf(component);
    }

    static String child(String path, String key) {
        String written = PLAIN_KEY.matcher(key).matches() ? key : "['" + shortened(key) + "']";
        return path.isEmpty() ? written : written.startsWith("[") ? path + written : path + "." + written;
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    private void checkKeys(JsonObject object, String path, List<String> known) {
        checkDuplicates(object, path);
        for (String key : new LinkedHashSet<>(object.keys())) {
            if (!known.contains(key) && !key.startsWith("$")) {
                String near = Suggestion.sentence(key, known);
                problems.error(
                        child(path, key),
                        "unknown key '" + shortened(key) + "'.",
                        near.isEmpty() ? "Known keys: " + String.join(", ", known) + "." : near);
            }
        }
    }

    void checkDuplicates(JsonObject object, String path) {
        Set<String> seen = new HashSet<>();
        for (Member member : object.members()) {
            if (!seen.add(member.key())) {
                problems.error(
                        child(path, member.key()),
                        "the key stands twice in the same object, again on line " + member.line() + ".",
                        "Remove one of the two.");
            }
        }
    }

    private @Nullable Object component(JsonObject object, String path, RecordSchema.Part part) {
        JsonValue value = object.get(part.key());
        if (value != null) {
            return value(value, child(path, part.key()), part.type());
        }
        if (part.required() && !problems.isBroken(child(path, part.key()))) {
            problems.error(child(path, part.key()), "this key is missing.");
        }
        return part.absent();
    }

    private @Nullable Object value(JsonValue value, String path, Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Type element = parameterized.getActualTypeArguments()[parameterized.getActualTypeArguments().length - 1];
            return parameterized.getRawType() == List.class ? list(value, path, element) : map(value, path, element);
        }
        Class<?> wanted = (Class<?>) type;
        if (wanted == JsonValue.class) {
            return value;
        } else if (wanted == String.class) {
            return string(value, path);
        } else if (wanted == LocatedString.class) {
            return textAt(value, path);
        } else if (wanted == Integer.class) {
            return integer(value, path);
        } else if (wanted == Boolean.class) {
            return truth(value, path);
        } else if (wanted == Double.class) {
            return number(value, path);
        }
        return read(value, path, wanted.asSubclass(Record.class));
    }

    private List<Object> list(JsonValue value, String path, Type element) {
        if (!(value instanceof JsonArray array)) {
            wrongType(path, "a list", value);
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < array.values().size(); i++) {
            Object read = value(array.values().get(i), path + "[" + i + "]", element);
            if (read != null) {
                values.add(read);
            }
        }
        return values;
    }

    private Map<String, Object> map(JsonValue value, String path, Type element) {
        if (!(value instanceof JsonObject object)) {
            wrongType(path, "an object", value);
            return Map.of();
        }
        checkDuplicates(object, path);
        Map<String, Object> values = new LinkedHashMap<>();
        for (Member member : object.members()) {
            Object read = value(member.value(), child(path, member.key()), element);
            if (read != null) {
                values.putIfAbsent(member.key(), read);
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private @Nullable String string(JsonValue value, String path) {
        if (value instanceof JsonString string) {
            return string.text();
        }
        wrongType(path, "a string", value);
        return null;
    }

    private @Nullable LocatedString textAt(JsonValue value, String path) {
        String text = problems.isBroken(path) ? null : string(value, path);
        return text == null ? null : new LocatedString(text, path);
    }

    /** The original form writes its numbers as strings: {@code "4"}. */
    private @Nullable Integer integer(JsonValue value, String path) {
        String text = value instanceof JsonNumber number
                ? number.text()
                : value instanceof JsonString string ? string.text() : "";
        if (text.matches("-?[0-9]{1,9}")) {
            return Integer.valueOf(text);
        }
        wrongType(path, "a whole number", value);
        return null;
    }

    private @Nullable Double number(JsonValue value, String path) {
        if (value instanceof JsonNumber number) {
            // BigDecimal refuses exponents of ten digits and more.
            return Double.parseDouble(number.text());
        }
        wrongType(path, "a number", value);
        return null;
    }

    private @Nullable Boolean truth(JsonValue value, String path) {
        if (value instanceof JsonBoolean truth) {
            return truth.value();
        }
        wrongType(path, "true or false", value);
        return null;
    }

    void wrongType(String path, String wanted, JsonValue found) {
        problems.error(path, "must be " + wanted + ", not " + shown(found) + ".");
    }

    private static String shown(JsonValue value) {
        if (value instanceof JsonString string) {
            return "the string '" + shortened(string.text()) + "'";
        } else if (value instanceof JsonNumber number) {
            return "the number " + shortened(number.text());
        } else if (value instanceof JsonBoolean truth) {
            return String.valueOf(truth.value());
        }
        return value instanceof JsonNull ? "null" : value.kind();
    }
}
