package org.emrelay.jobs.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Figures as JSON that any reader takes: keys in the order given, and null where a figure is no number. */
public final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonText() {}

    public static String of(Map<String, ?> figures) {
        try {
            return MAPPER.writeValueAsString(finite(figures)) + "\n";
        } catch (JsonProcessingException failed) {
            throw new IllegalStateException("no JSON can be made of " + figures, failed);
        }
    }

    private static @Nullable Object finite(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> finite = new LinkedHashMap<>();
            map.forEach((key, entry) -> finite.put(key, finite(entry)));
            return finite;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonText::finite).collect(Collectors.toList());
        }
        return value instanceof Double number && !Double.isFinite(number) ? null : value;
    }
}
