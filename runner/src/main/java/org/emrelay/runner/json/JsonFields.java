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

/** The fields of a JSON object that we wrote ourselves: each is there and of its kind, or the text was damaged. */
public final class JsonFields {
    private final JsonObject object;
    private final String path;

    private JsonFields(JsonObject object, String path) {
        this.object = object;
        this.path = path;
    }

    /** Reads fields into a value. */
    public interface Shape<T> {
        T read(JsonFields fields) throws MalformedJsonException;
    }

    /** Reads any JSON into a value. */
    public interface ValueShape<T> {
        T read(JsonValue value, String path) throws MalformedJsonException;
    }

    /** Reads a whole text; whatever is wrong with it ends in this one exception. */
    public static <T> T read(String text, Shape<T> shape) throws MalformedJsonException {
        try {
            return shape.read(of(JsonReader.read(text), ""));
        } catch (JsonSyntaxException exception) {
            throw new MalformedJsonException(
                    "line " + exception.line() + ", column " + exception.column() + ": " + exception.getMessage());
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException exception) {
            throw new MalformedJsonException(String.valueOf(exception.getMessage()));
        }
    }

    public static JsonFields of(JsonValue value, String path) throws MalformedJsonException {
        if (value instanceof JsonObject object) {
            return new JsonFields(object, path);
        }
        throw wrong(path, "an object", value);
    }

    private static MalformedJsonException wrong(String path, String expected, JsonValue there) {
        return new MalformedJsonException(path + ": " + expected + " is expected, not " + there.kind());
    }

    private String at(String key) {
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
            throw new MalformedJsonException(at(key) + " is missing");
        }
        return value;
    }

    public String text(String key) throws MalformedJsonException {
        return text(value(key), at(key));
    }

    @Nullable
    public String textOrNull(String key) throws MalformedJsonException {
        return has(key) ? text(key) : null;
    }

    public static String text(JsonValue value, String path) throws MalformedJsonException {
        if (value instanceof JsonString string) {
            return string.text();
        }
        throw wrong(path, "a string", value);
    }

    public Instant instant(String key) throws MalformedJsonException {
        return Instant.parse(text(key));
    }

    public long number(String key) throws MalformedJsonException {
        JsonValue value = value(key);
        if (value instanceof JsonNumber number) {
            return number.value().longValueExact();
        }
        throw wrong(at(key), "a number", value);
    }

    public int integer(String key) throws MalformedJsonException {
        return Math.toIntExact(number(key));
    }

    @Nullable
    public Long numberOrNull(String key) throws MalformedJsonException {
        return has(key) ? number(key) : null;
    }

    @Nullable
    public Integer integerOrNull(String key) throws MalformedJsonException {
        return has(key) ? integer(key) : null;
    }

    public boolean truth(String key) throws MalformedJsonException {
        JsonValue value = value(key);
        if (value instanceof JsonBoolean truth) {
            return truth.value();
        }
        throw wrong(at(key), "true or false", value);
    }

    public <T> T object(String key, Shape<T> shape) throws MalformedJsonException {
        return shape.read(of(value(key), at(key)));
    }

    public <T> @Nullable T objectOrNull(String key, Shape<T> shape) throws MalformedJsonException {
        return has(key) ? object(key, shape) : null;
    }

    public <T> List<T> objects(String key, Shape<T> shape) throws MalformedJsonException {
        return list(key, (value, place) -> shape.read(of(value, place)));
    }

    public List<String> texts(String key) throws MalformedJsonException {
        return list(key, JsonFields::text);
    }

    public <T> List<T> list(String key, ValueShape<T> shape) throws MalformedJsonException {
        return list(value(key), at(key), shape);
    }

    public static <T> List<T> list(JsonValue value, String path, ValueShape<T> shape) throws MalformedJsonException {
        if (!(value instanceof JsonArray array)) {
            throw wrong(path, "a list", value);
        }
        List<T> elements = new ArrayList<>();
        for (JsonValue element : array.values()) {
            elements.add(shape.read(element, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    public <T> Map<String, T> map(String key, ValueShape<T> shape) throws MalformedJsonException {
        Map<String, T> map = new LinkedHashMap<>();
        for (Member member : of(value(key), at(key)).object.members()) {
            map.put(member.key(), shape.read(member.value(), at(key) + "." + member.key()));
        }
        return map;
    }
}
