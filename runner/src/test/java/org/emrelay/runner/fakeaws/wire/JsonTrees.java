package org.emrelay.runner.fakeaws.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;

/** Parses JSON text into trees. */
public final class JsonTrees {
    private JsonTrees() {}

    public static Tree read(String text) {
        try {
            return new Tree(object(JsonReader.read(text.isBlank() ? "{}" : text)));
        } catch (MalformedJsonException | ClassCastException exception) {
            throw new AwsError(400, "SerializationException", "The body is not a JSON object");
        }
    }

    private static Map<String, Object> object(JsonValue value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (JsonValue.Member member : ((JsonValue.JsonObject) value).members()) {
            Object plain = plain(member.value());
            if (plain != null) {
                fields.put(member.key(), plain);
            }
        }
        return fields;
    }

    private static @Nullable Object plain(JsonValue value) {
        if (value instanceof JsonValue.JsonObject) {
            return object(value);
        } else if (value instanceof JsonValue.JsonArray array) {
            List<Object> list = new ArrayList<>();
            array.values().forEach(element -> list.add(plain(element)));
            return list;
        } else if (value instanceof JsonValue.JsonString string) {
            return string.text();
        } else if (value instanceof JsonValue.JsonNumber number) {
            return number.text().matches("-?\\d{1,18}")
                    ? (Object) Long.valueOf(number.text())
                    : Double.valueOf(number.text());
        } else if (value instanceof JsonValue.JsonBoolean bool) {
            return bool.value();
        }
        return null;
    }
}
