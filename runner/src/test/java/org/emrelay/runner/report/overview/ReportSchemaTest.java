package org.emrelay.runner.report.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.RecordSchema;
import org.emrelay.runner.json.RecordSchema.Component;
import org.junit.jupiter.api.Test;

/** Keeps {@code schemas/report.schema.json} equal to what reports contain; {@code -Dupdate.documents=true} rewrites it. */
final class ReportSchemaTest {
    private static final Path SCHEMA = Path.of("..", "schemas", "report.schema.json");

    private final Map<String, Object> definitions = new TreeMap<>();

    @Test
    void theSchemaDescribesTheRecords() throws IOException {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put(
                "title",
                "The report of a run (-a report --output json). Durations are in seconds, costs in US dollars.");
        Map<String, Object> root = object(RunOverview.class);
        @SuppressWarnings("unchecked")
        Map<String, Object> properties = (Map<String, Object>) root.get("properties");
        properties.put("report", Map.of("type", List.of("string", "null")));
        schema.putAll(root);
        schema.put("$defs", definitions);
        String expected = JsonWriter.pretty(schema);
        if (Boolean.getBoolean("update.documents")) {
            Files.writeString(SCHEMA, expected);
        }

        assertThat(Files.readString(SCHEMA)).isEqualTo(expected);
    }

    @Test
    void aReportMatchesTheSchema() throws IOException {
        String report =
                JsonWriter.pretty(new OverviewReport(OverviewSamples.run(), "/results/report.html", false).document());

        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(SCHEMA), InputFormat.JSON)
                        .validate(report, InputFormat.JSON))
                .isEmpty();
    }

    private Map<String, Object> object(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Component component : RecordSchema.of(type).components()) {
            properties.put(component.key(), schema(component.type()));
            if (!component.nullable()) {
                required.add(component.key());
            }
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put("required", required);
        object.put("additionalProperties", false);
        return object;
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Map<String, Object> element = schema(arguments[arguments.length - 1]);
            return generic.getRawType() == Map.class
                    ? ordered("type", "object", "additionalProperties", element)
                    : ordered("type", "array", "items", element);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == Duration.class || raw == BigDecimal.class) {
            return Map.of("type", "number");
        } else if (raw == Instant.class) {
            return ordered("type", "string", "format", "date-time");
        } else if (raw == boolean.class) {
            return Map.of("type", "boolean");
        } else if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
            return Map.of("type", "integer");
        } else if (raw.isEnum()) {
            return Map.of(
                    "enum",
                    Arrays.stream(raw.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .toList());
        }
        return raw.isRecord() && !isWrapper(raw) ? reference(raw) : Map.of("type", "string");
    }

    /** A record of one value is written as that value. */
    private static boolean isWrapper(Class<?> type) {
        List<Component> components = RecordSchema.of(type).components();
        return components.size() == 1 && components.get(0).name().equals("value");
    }

    private Map<String, Object> reference(Class<?> type) {
        String name = type.getSimpleName();
        if (!definitions.containsKey(name)) {
            definitions.put(name, Map.of());
            definitions.put(name, object(type));
        }
        return Map.of("$ref", "#/$defs/" + name);
    }

    private static Map<String, Object> ordered(String key, Object value, String otherKey, Object otherValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(otherKey, otherValue);
        return map;
    }
}
