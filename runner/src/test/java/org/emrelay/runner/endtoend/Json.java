package org.emrelay.runner.endtoend;

import java.util.List;
import java.util.Objects;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonNull;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;

/** A JSON document with accessors for assertions. */
public record Json(JsonValue value) {

    public static Json of(String text) {
        try {
            return new Json(JsonReader.read(text));
        } catch (MalformedJsonException exception) {
            throw new AssertionError("Not JSON: " + text, exception);
        }
    }

    List<String> keys() {
        return ((JsonObject) value).keys();
    }

    public Json get(String key) {
        JsonValue found = ((JsonObject) value).get(key);
        return new Json(Objects.requireNonNull(found, () -> "No key " + key + " in " + value));
    }

    boolean has(String key) {
        return ((JsonObject) value).get(key) != null;
    }

    public boolean isNull() {
        return value instanceof JsonNull;
    }

    String text() {
        return ((JsonString) value).text();
    }

    public String text(String key) {
        return get(key).text();
    }

    long number(String key) {
        return ((JsonNumber) get(key).value()).value().longValueExact();
    }

    List<Json> list(String key) {
        return ((JsonArray) get(key).value()).values().stream().map(Json::new).toList();
    }

    List<String> texts(String key) {
        return list(key).stream().map(Json::text).toList();
    }

    /** The step with a name in the report of a run. */
    public Json step(String name) {
        return list("steps").stream()
                .filter(step -> step.text("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No step " + name + " in " + value));
    }

    /** The steps in the report of a run with their states: {@code rows done}. */
    public List<String> states() {
        return list("steps").stream()
                .map(step -> step.text("name") + " " + step.text("state"))
                .toList();
    }
}
