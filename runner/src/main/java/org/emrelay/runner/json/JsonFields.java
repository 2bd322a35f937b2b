package org.emrelay.runner.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNull;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.jspecify.annotations.Nullable;

/** Typed access to the fields of a JSON object that the runner itself wrote. */
public final class JsonFields {
    private final JsonObject object;
    private final String path;

    private JsonFields(JsonObject object, String path) {
        this.object = object;
        this.path = path;
    }

    /** Converts a JSON object to a value. */
    public interface ObjectReader<T> {
        T read(JsonFields fields) throws MalformedJsonException;
    }

    /** Converts any JSON value. */
    public interface ValueReader<T> {
        T read(JsonValue value, String path) throws MalformedJsonException;
    }

    /**
     * Reads a document. Syntax errors, missing fields and invalid values all become {@link MalformedJsonException}.
     */
    public static <T> T read(String text, ObjectReader<T> reader) throws MalformedJsonException {
        try {
            return reader.read(of(JsonReader.read(text), ""));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException exception) {
            throw new MalformedJsonException(String.valueOf(exception.getMessage()));
        }
    }

    public static JsonFields of(JsonValue value, String path) throws MalformedJsonException {
        if (value instanceof JsonObject object) {
            return new JsonFields(object, path);
        }
        throw unexpected(path, "an object", value);
    }

    private static MalformedJsonException unexpected(String path, String expected, JsonValue actual) {
        return new MalformedJsonException(path + ": expected " + expected + ", found " + actual.kind());
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private @Nullable JsonValue find(String key) {
        JsonValue value = object.get(key);
        return value instanceof JsonNull ? null : value;
    }

    public boolean has(String key) {
        return find(key) != null;
    }

    public JsonValue value(String key) throws MalformedJsonException {
        JsonValue value = find(key);
        if (value == null) {
            throw new MalformedJsonException(pathOf(key) + " is missing");
        }
        return value;
    }

    public String text(String key) throws MalformedJsonException {
        return text(value(key), pathOf(key));
    }

    public static String text(JsonValue value, String path) throws MalformedJsonException {
        if (value instanceof JsonString string) {
            return string.text();
        }
        throw unexpected(path, "a string", value);
    }

    public Instant instant(String key) throws MalformedJsonException {
        return Instant.parse(text(key));
    }

    public long number(String key) throws MalformedJsonException {
        return number(value(key), pathOf(key));
    }

    static long number(JsonValue value, String path) throws MalformedJsonException {
        if (value instanceof JsonNumber number) {
            return number.value().longValueExact();
        }
        throw unexpected(path, "a number", value);
    }

    public int integer(String key) throws MalformedJsonException {
        return Math.toIntExact(number(key));
    }

    static boolean bool(JsonValue value, String path) throws MalformedJsonException {
        if (value instanceof JsonBoolean bool) {
            return bool.value();
        }
        throw unexpected(path, "true or false", value);
    }

    public <T> List<T> list(String key, ValueReader<T> reader) throws MalformedJsonException {
        return list(value(key), pathOf(key), reader);
    }

    public static <T> List<T> list(JsonValue value, String path, ValueReader<T> reader) throws MalformedJsonException {
        if (!(value instanceof JsonArray array)) {
            throw unexpected(path, "a list", value);
        }
        List<T> elements = new ArrayList<>();
        for (JsonValue element : array.values()) {
            elements.add(reader.read(element, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    public <T> Map<String, T> map(String key, ValueReader<T> reader) throws MalformedJsonException {
        return map(value(key), pathOf(key), reader);
    }

    public static <T> Map<String, T> map(JsonValue value, String path, ValueReader<T> reader)
            throws MalformedJsonException {
        Map<String, T> map = new LinkedHashMap<>();
        for (Member member : of(value, path).object.members()) {
            map.put(member.key(), reader.read(member.value(), path + "." + member.key()));
        }
        return map;
    }
}
