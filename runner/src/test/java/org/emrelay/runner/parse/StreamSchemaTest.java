package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.RecordSchema;
import org.emrelay.runner.json.RecordSchema.Component;
import org.junit.jupiter.api.Test;

final class StreamSchemaTest {
    @Test
    void everyRecordMatchesOneSchemaObject() throws IOException, MalformedJsonException {
        JsonObject root = (JsonObject) JsonReader.read(JsonSchema.STREAM.text());
        JsonObject definitions = object(root, "$defs");

        compare(StreamFile.class, root, Set.of("$schema"));
        compare(StreamFile.SourceEntry.class, object(definitions, "source"), Set.of());
        compare(StreamFile.SinkEntry.class, object(definitions, "sink"), Set.of());
        compare(StreamFile.LimitsEntry.class, object(definitions, "limits"), Set.of());
        assertThat(definitions.keys()).hasSize(3);
    }

    private static void compare(Class<?> type, JsonObject object, Set<String> more) {
        Set<String> keys = new HashSet<>(more);
        List<Component> components = RecordSchema.of(type).components();
        components.forEach(component -> keys.add(component.key()));
        JsonObject properties = object(object, "properties");
        assertThat(properties.keys()).containsExactlyInAnyOrderElementsOf(keys);
        for (String key : properties.keys()) {
            assertThat(object(properties, key).keys()).as(key).containsAnyOf("description", "$ref");
        }
        List<String> required = object.get("required") instanceof JsonArray list
                ? list.values().stream()
                        .map(value -> ((JsonString) value).text())
                        .toList()
                : List.of();
        assertThat(required)
                .containsExactlyElementsOf(components.stream()
                        .filter(Component::required)
                        .map(Component::key)
                        .toList());
    }

    private static JsonObject object(JsonObject parent, String key) {
        assertThat(parent.get(key)).as(key).isInstanceOf(JsonObject.class);
        return (JsonObject) parent.get(key);
    }

    @Test
    void rejectsWhatTheReaderRejects() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonSchema.STREAM.text(), InputFormat.JSON);
        String source = "\"source\": {\"type\": \"synthetic\"}";

        assertThat(schema.validate("{\"name\": \"s\", " + source + "}", InputFormat.JSON))
                .isEmpty();
        for (String wrong : List.of(
                "{\"name\": \"s\"}",
                "{" + source + "}",
                "{\"name\": \"My stream\", " + source + "}",
                "{\"name\": \"s\", " + source + ", \"limits\": {\"posts\": 0}}",
                "{\"name\": \"s\", " + source + ", \"sink\": {\"buffer_seconds\": 5}}",
                "{\"name\": \"s\", " + source + ", \"languages\": [\"English\"]}",
                "{\"name\": \"s\", \"source\": {\"type\": \"twitter\"}}")) {
            assertThat(schema.validate(wrong, InputFormat.JSON)).as(wrong).isNotEmpty();
        }
    }
}
