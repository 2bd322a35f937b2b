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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.RecordSchema;
import org.emrelay.runner.json.RecordSchema.Inline;
import org.emrelay.runner.json.RecordSchema.Required;
import org.emrelay.runner.parse.RecordBinder.LocatedString;
import org.emrelay.runner.parse.StepsFile.InputEntry;
import org.emrelay.runner.parse.StepsFile.LegacyArgumentsEntry;
import org.emrelay.runner.parse.StepsFile.LegacyStepEntry;
import org.emrelay.runner.parse.StepsFile.OutputEntry;
import org.emrelay.runner.parse.StepsFile.SettingsEntry;
import org.emrelay.runner.parse.StepsFile.StepEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JSON Schema matches the records: editors accept what the reader accepts. */
final class StepsSchemaTest {
    private static final Path SCHEMA = Path.of("..", "schemas", "steps.schema.json");

    /** The definition name of each record; the file itself is the schema's root. */
    private static final Map<Class<? extends Record>, String> DEFINITION_NAMES = Map.of(
            SettingsEntry.class, "settings",
            StepEntry.class, "step",
            InputEntry.class, "described_input",
            OutputEntry.class, "output",
            LegacyStepEntry.class, "legacy_step",
            LegacyArgumentsEntry.class, "legacy_arguments");

    @TempDir
    Path directory;

    private JsonObject root;
    private Schema schema;

    @BeforeEach
    void readSchema() throws IOException, MalformedJsonException {
        String text = Files.readString(SCHEMA);
        root = (JsonObject) JsonReader.read(text);
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
    }

    @Test
    void everyRecordMatchesItsSchemaObject() {
        compare(StepsFile.class, root);
        DEFINITION_NAMES.forEach((type, name) -> compare(type, definition(name)));
        assertThat(StepsFile.class.getDeclaredClasses()).containsExactlyInAnyOrderElementsOf(DEFINITION_NAMES.keySet());
    }

    private void compare(Class<? extends Record> type, JsonObject object) {
        JsonObject properties = (JsonObject) member(object, "properties");
        assertThat(properties.keys())
                .as(type.getName())
                .containsExactlyInAnyOrderElementsOf(RecordSchema.of(type).keys());
        assertThat(member(object, "additionalProperties")).as(type.getName()).isEqualTo(new JsonBoolean(false));
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Inline.class)) {
                continue;
            }
            String key = RecordSchema.keyOf(component);
            if (component.isAnnotationPresent(Required.class)) {
                required.add(key);
            }
            compareType(
                    component.getGenericType(),
                    resolved((JsonObject) member(properties, key)),
                    type.getName() + ": " + key);
        }
        assertThat(strings(object.get("required"))).as(type.getName()).containsExactlyInAnyOrderElementsOf(required);
    }

    /** A value that is not a string can also be a reference to a parameter, which is. */
    private void compareType(Type type, JsonObject found, String where) {
        if (type == JsonValue.class) {
            return;
        }
        Set<String> kinds = new TreeSet<>(strings(found.get("type")));
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            assertThat(kinds).as(where).containsExactly("array", "string");
            if (generic.getActualTypeArguments()[0] == LocatedString.class) {
                assertThat(member((JsonObject) member(found, "items"), "type"))
                        .as(where)
                        .isEqualTo(new JsonString("string"));
            }
        } else if (type instanceof ParameterizedType) {
            assertThat(kinds).as(where).contains("object");
        } else if (((Class<?>) type).isRecord()) {
            assertThat(kinds).as(where).containsExactly("object", "string");
            assertThat(found).as(where).isEqualTo(definition(DEFINITION_NAMES.getOrDefault(type, "")));
        } else {
            Map<Object, Set<String>> known = Map.of(
                    String.class, Set.of("string"),
                    Integer.class, Set.of("integer", "string"),
                    Boolean.class, Set.of("boolean", "string"));
            assertThat(kinds).as(where).isEqualTo(known.get(type));
        }
    }

    @Test
    void everyPropertyIsDescribed() {
        List<JsonObject> objects = new ArrayList<>(List.of(root));
        JsonObject definitions = (JsonObject) member(root, "$defs");
        definitions.keys().forEach(name -> objects.add(definition(name)));
        for (JsonObject object : objects) {
            assertThat(object.keys()).contains("description");
            if (object.get("properties") instanceof JsonObject properties) {
                properties
                        .members()
                        .forEach(property -> assertThat(
                                        resolved((JsonObject) property.value()).keys())
                                .as(property.key())
                                .contains("description"));
            }
        }
    }

    @Test
    void repositoryAndTestFilesAreValid() throws IOException {
        assertThat(errors(Files.readString(Path.of("..", "steps.json")))).isEmpty();
        assertThat(errors(StepsFileMutator.ORIGINAL)).isEmpty();
    }

    @Test
    void rejectsWrongTypesAndUnknownKeys() {
        for (String file : List.of(
                "{}",
                "[]",
                "{\"steps\": []}",
                "{\"steps\": [{}]}",
                "{\"steps\": [{\"name\": 7}]}",
                "{\"stepz\": [], \"steps\": [{\"name\": \"a\"}]}",
                "{\"parameters\": [], \"steps\": [{\"name\": \"a\"}]}",
                "{\"defaults\": {\"name\": \"A\"}, \"steps\": [{\"name\": \"a\"}]}",
                step("\"main_clas\": \"A\""),
                step("\"executor_memory\": 18"),
                step("\"executor_memory\": \"18\""),
                step("\"executor_cores\": 0"),
                step("\"retries\": 1.5"),
                step("\"timeout\": \"1 hour\""),
                step("\"on_failure\": \"stop\""),
                step("\"deploy_mode\": \"yarn\""),
                step("\"jars\": \"lib/a.jar\""),
                step("\"jars\": [1]"),
                step("\"args\": 1"),
                step("\"env\": {\"A\": []}"),
                step("\"enabled\": \"yes\""),
                step("\"inputs\": {\"a b\": \"x\"}"),
                step("\"inputs\": {\"a\": 7}"),
                step("\"inputs\": {\"a\": {}}"),
                step("\"inputs\": {\"a\": {\"local\": \"x\", \"uri\": \"s3://b/x\"}}"),
                step("\"inputs\": {\"a\": {\"local\": \"x\", \"path\": \"y\"}}"),
                step("\"output\": \"s3://b/x\""),
                step("\"output\": {\"url\": \"s3://b/x\"}"),
                step("\"script_args\": {}"),
                step("\"script_uri\": \"x.py\", \"script_args\": {\"external_input\": \"yes\"}"),
                step("\"script_uri\": \"x.py\", \"script_args\": {}, \"inputs\": {}"))) {
            assertThat(errors(file)).as(file).isNotEmpty();
        }
        assertThat(errors(step("\"executor_cores\": \"${cores}\", \"jars\": \"${jars}\", \"$comment\": 1")))
                .isEmpty();
    }

    private static String step(String keys) {
        return "{\"steps\": [{\"name\": \"a\", " + keys + "}]}";
    }

    @Test
    void schemaAcceptsWhatTheReaderAccepts() throws MalformedJsonException {
        StepsFileFixture fixture = new StepsFileFixture(directory);
        StepsFileMutator.createFiles(fixture);
        int accepted = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            String file = StepsFileMutator.mutate(seed);
            if (fixture.parse(file).value() != null) {
                accepted++;
                assertThat(errors(file)).as(file).isEmpty();
            }
        }
        assertThat(accepted).isGreaterThan(30);
    }

    private List<String> errors(String file) {
        return schema.validate(file, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private JsonObject definition(String name) {
        return (JsonObject) member((JsonObject) member(root, "$defs"), name);
    }

    private JsonObject resolved(JsonObject definition) {
        return definition.get("$ref") instanceof JsonString reference
                ? definition(reference.text().substring("#/$defs/".length()))
                : definition;
    }

    /** A list of strings; a single string stands for a list of one. */
    private static List<String> strings(JsonValue value) {
        if (value instanceof JsonArray array) {
            return array.values().stream()
                    .map(element -> ((JsonString) element).text())
                    .toList();
        }
        return value instanceof JsonString string ? List.of(string.text()) : List.of();
    }

    private static JsonValue member(JsonObject object, String key) {
        JsonValue value = object.get(key);
        assertThat(value).as(key).isNotNull();
        return value;
    }
}
