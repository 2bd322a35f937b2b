package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.RecordSchema;
import org.emrelay.runner.json.RecordSchema.Required;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JSON Schema matches the records: editors accept what the reader accepts. */
final class ClusterSchemaTest {
    private static final Path SCHEMA = Path.of("..", "schemas", "cluster.schema.json");

    private String text;
    private JsonObject root;
    private Schema schema;

    @BeforeEach
    void setUp() throws IOException, MalformedJsonException {
        text = Files.readString(SCHEMA);
        root = (JsonObject) JsonReader.read(text);
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
    }

    @Test
    void everyRecordMatchesOneSchemaObject() {
        Set<JsonValue> seen = new HashSet<>();
        compare(ClusterFile.class, root, "", seen);
        assertThat(seen).hasSize(((JsonObject) member(root, "$defs")).members().size());
    }

    @Test
    void everyPropertyIsDescribed() {
        for (String name : ((JsonObject) member(root, "$defs")).keys()) {
            JsonObject definition = (JsonObject) member((JsonObject) member(root, "$defs"), name);
            assertThat(definition.keys()).as(name).contains("description");
            assertDescribed((JsonObject) member(definition, "properties"), name);
        }
        assertDescribed((JsonObject) member(root, "properties"), "the file");
    }

    @Test
    void repositoryAndTestFilesAreValid() throws IOException {
        for (Path file : List.of(
                Path.of("..", "cluster-ec2-spot-fleet.json"),
                Path.of("src", "test", "resources", "cluster-legacy-form.json"),
                Path.of("src", "test", "resources", "cluster-with-every-key.json"))) {
            assertThat(schema.validate(Files.readString(file), InputFormat.JSON))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void testFileCoversEverySchemaKey() throws IOException, MalformedJsonException {
        Path file = Path.of("src", "test", "resources", "cluster-with-every-key.json");
        assertThat(ClusterFileReader.read(file).problems()).isEmpty();
        JsonObject read = (JsonObject) JsonReader.read(Files.readString(file));
        Set<String> missing = new HashSet<>(((JsonObject) member(root, "properties")).keys());
        missing.removeAll(read.keys());
        assertThat(missing)
                .as("keys that cannot be combined with one in the file")
                .containsExactlyInAnyOrder(
                        "OSReleaseLabel", "bootstrap_action", "SecurityConfiguration", "JobFlowRole");
    }

    @Test
    void schemaRejectsWhatTheReaderRejects() {
        String fleets = "\"InstanceFleets\": [" + ClusterFileFixture.PRIMARY + ", " + ClusterFileFixture.CORE + "]";
        assertThat(errors("{" + fleets + "}")).isZero();
        for (String wrong : List.of(
                "{}",
                "{\"InstanceFleets\": []}",
                "{" + fleets + ", \"ReleaseLable\": \"emr-7.13.0\"}",
                "{" + fleets + ", \"ReleaseLabel\": \"7\"}",
                "{" + fleets + ", \"StepConcurrencyLevel\": 257}",
                "{" + fleets + ", \"AutoTerminationPolicy\": {\"IdleTimeout\": 59}}",
                "{" + fleets + ", \"Tags\": [{\"Key\": \"aws:x\"}]}",
                "{" + fleets + ", \"Ec2SubnetIds\": [\"x\"]}",
                "{" + fleets + ", \"Configurations\": [{\"Classification\": \"c\", \"Properties\": {\"a\": 1}}]}",
                "{" + fleets.replace("CORE", "CODE") + "}")) {
            assertThat(errors(wrong)).as(wrong).isPositive();
        }
    }

    private int errors(String file) {
        return schema.validate(file, InputFormat.JSON).size();
    }

    private void compare(Class<?> type, JsonObject object, String path, Set<JsonValue> seen) {
        List<RecordComponent> components = Arrays.asList(type.getRecordComponents());
        JsonObject properties = (JsonObject) member(object, "properties");
        Set<String> keys = components.stream().map(RecordSchema::keyOf).collect(Collectors.toSet());
        if (path.isEmpty()) {
            keys.add("$schema");
        } else if (!seen.add(object)) {
            return;
        }
        assertThat(properties.keys()).as("keys of %s", path).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(required(object))
                .as("required keys of %s", path)
                .containsExactlyInAnyOrderElementsOf(components.stream()
                        .filter(component -> component.isAnnotationPresent(Required.class))
                        .map(RecordSchema::keyOf)
                        .toList());
        assertThat(member(object, "additionalProperties")).as(path).isEqualTo(new JsonBoolean(false));
        for (RecordComponent component : components) {
            String key = RecordSchema.keyOf(component);
            compareType(component.getGenericType(), (JsonObject) member(properties, key), path + "/" + key, seen);
        }
    }

    private void compareType(Type type, JsonObject reference, String path, Set<JsonValue> seen) {
        JsonObject found = resolved(reference);
        String kind = ((JsonString) member(found, "type")).text();
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            assertThat(kind).as(path).isEqualTo("array");
            compareType(generic.getActualTypeArguments()[0], (JsonObject) member(found, "items"), path + "[]", seen);
        } else if (type instanceof ParameterizedType) {
            assertThat(kind).as(path).isEqualTo("object");
        } else if (((Class<?>) type).isRecord()) {
            assertThat(kind).as(path).isEqualTo("object");
            compare((Class<?>) type, found, path, seen);
        } else {
            Map<Object, String> kinds = Map.of(
                    String.class, "string", Integer.class, "integer", Boolean.class, "boolean", Double.class, "number");
            assertThat(kind).as(path).isEqualTo(kinds.get(type));
        }
    }

    private JsonObject resolved(JsonObject definition) {
        if (!(definition.get("$ref") instanceof JsonString reference)) {
            return definition;
        }
        String name = reference.text().substring("#/$defs/".length());
        return (JsonObject) member((JsonObject) member(root, "$defs"), name);
    }

    private static List<String> required(JsonObject object) {
        return object.get("required") instanceof JsonArray array
                ? array.values().stream()
                        .map(value -> ((JsonString) value).text())
                        .toList()
                : List.of();
    }

    private static void assertDescribed(JsonObject properties, String where) {
        for (String key : properties.keys()) {
            assertThat(((JsonObject) member(properties, key)).keys())
                    .as("%s of %s", key, where)
                    .contains("description");
        }
    }

    private static JsonValue member(JsonObject object, String key) {
        JsonValue value = object.get(key);
        assertThat(value).as(key).isNotNull();
        return value;
    }
}
