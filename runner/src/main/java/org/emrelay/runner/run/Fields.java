package org.emrelay.runner.run;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonSyntaxException;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNull;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.model.StepName;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object that we wrote ourselves: each is there and of its kind, or the text was damaged. */
final class Fields {
    private final JsonObject object;
    private final String path;

    private Fields(JsonObject object, String path) {
        this.object = object;
        this.path = path;
    }

    /** Reads fields into a value. */
    interface Shape<T> {
        T read(Fields fields) throws FormatException;
    }

    /** Reads any JSON into a value. */
    interface ValueShape<T> {
        T read(JsonValue value, String path) throws FormatException;
    }

    /** Reads a whole text; whatever is wrong with it ends in this one exception. */
    static <T> T read(String text, Shape<T> shape) throws FormatException {
        try {
            return shape.read(of(JsonReader.read(text), ""));
        } catch (JsonSyntaxException exception) {
            throw new FormatException(
                    "line " + exception.line() + ", column " + exception.column() + ": " + exception.getMessage());
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException exception) {
            throw new FormatException(String.valueOf(exception.getMessage()));
        }
    }

    static Fields of(JsonValue value, String path) throws FormatException {
        if (value instanceof JsonObject object) {
            return new Fields(object, path);
        }
        throw wrong(path, "an object", value);
    }

    private static FormatException wrong(String path, String expected, JsonValue there) {
        return new FormatException(path + ": " + expected + " is expected, not " + there.kind());
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private @Nullable JsonValue find(String key) {
        JsonValue value = object.get(key);
        return value instanceof JsonNull ? null : value;
    }

    boolean has(String key) {
        return find(key) != null;
    }

    JsonValue value(String key) throws FormatException {
        JsonValue value = find(key);
        if (value == null) {
            throw new FormatException(at(key) + " is missing");
        }
        return value;
    }

    String text(String key) throws FormatException {
        return text(value(key), at(key));
    }

    @Nullable
    String textOrNull(String key) throws FormatException {
        return has(key) ? text(key) : null;
    }

    static String text(JsonValue value, String path) throws FormatException {
        if (value instanceof JsonString string) {
            return string.text();
        }
        throw wrong(path, "a string", value);
    }

    StepName step(String key) throws FormatException {
        return new StepName(text(key));
    }

    Instant instant(String key) throws FormatException {
        return Instant.parse(text(key));
    }

    long number(String key) throws FormatException {
        JsonValue value = value(key);
        if (value instanceof JsonNumber number) {
            return number.value().longValueExact();
        }
        throw wrong(at(key), "a number", value);
    }

    int integer(String key) throws FormatException {
        return Math.toIntExact(number(key));
    }

    @Nullable
    Long numberOrNull(String key) throws FormatException {
        return has(key) ? number(key) : null;
    }

    @Nullable
    Integer integerOrNull(String key) throws FormatException {
        return has(key) ? integer(key) : null;
    }

    boolean truth(String key) throws FormatException {
        JsonValue value = value(key);
        if (value instanceof JsonBoolean truth) {
            return truth.value();
        }
        throw wrong(at(key), "true or false", value);
    }

    <T> T object(String key, Shape<T> shape) throws FormatException {
        return shape.read(of(value(key), at(key)));
    }

    <T> @Nullable T objectOrNull(String key, Shape<T> shape) throws FormatException {
        return has(key) ? object(key, shape) : null;
    }

    <T> List<T> objects(String key, Shape<T> shape) throws FormatException {
        return list(key, (value, place) -> shape.read(of(value, place)));
    }

    List<String> texts(String key) throws FormatException {
        return list(key, Fields::text);
    }

    <T> List<T> list(String key, ValueShape<T> shape) throws FormatException {
        return list(value(key), at(key), shape);
    }

    static <T> List<T> list(JsonValue value, String path, ValueShape<T> shape) throws FormatException {
        if (!(value instanceof JsonArray array)) {
            throw wrong(path, "a list", value);
        }
        List<T> elements = new ArrayList<>();
        for (JsonValue element : array.values()) {
            elements.add(shape.read(element, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    <T> Map<String, T> map(String key, ValueShape<T> shape) throws FormatException {
        Map<String, T> map = new LinkedHashMap<>();
        for (Member member : of(value(key), at(key)).object.members()) {
            map.put(member.key(), shape.read(member.value(), at(key) + "." + member.key()));
        }
        return map;
    }
}
