package org.emrelay.jobs.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes indented JSON: keys in the given order, {@code null} for NaN and infinity. */
public final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonText() {}

    public static String of(Map<String, ?> values) {
        try {
            return MAPPER.writeValueAsString(nullIfNotFinite(values)) + "\n";
        } catch (JsonProcessingException failed) {
            throw new IllegalStateException("cannot serialize to JSON: " + values, failed);
        }
    }

    private static @Nullable Object nullIfNotFinite(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> finite = new LinkedHashMap<>();
            map.forEach((key, entry) -> finite.put(key, nullIfNotFinite(entry)));
            return finite;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonText::nullIfNotFinite).collect(Collectors.toList());
        }
        return value instanceof Double number && !Double.isFinite(number) ? null : value;
    }
}
