package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonValue.Member;
import org.emrelay.runner.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;

/** Renders a JSON Schema as Markdown: a table of keys, their meaning and an example for each object. */
final class KeyReference {
    private static final String DEFINITION = "#/$defs/";

    private final JsonObject schema;
    private final StringBuilder text = new StringBuilder();

    private KeyReference(JsonObject schema) {
        this.schema = schema;
    }

    static String of(String schema) throws MalformedJsonException {
        return new KeyReference((JsonObject) JsonReader.read(schema)).render();
    }

    private String render() {
        section("The file", schema);
        for (Member definition : object(schema, "$defs").members()) {
            JsonObject value = (JsonObject) definition.value();
            if (value.get("properties") != null) {
                section("`" + definition.key() + "`", value);
            }
        }
        return text.toString();
    }

    private void section(String heading, JsonObject definition) {
        text.append("### ").append(heading).append("\n\n");
        text.append(string(definition, "description")).append("\n\n");
        text.append("| key | meaning | example |\n|---|---|---|\n");
        List<String> required = strings(definition.get("required"));
        for (Member property : object(definition, "properties").members()) {
            JsonObject key = resolved((JsonObject) property.value());
            text.append("| `").append(property.key()).append('`');
            text.append(required.contains(property.key()) ? " (required)" : "").append(" | ");
            text.append(escaped(meaning((JsonObject) property.value(), key))).append(" | ");
            text.append(escaped(example(property.key(), (JsonObject) property.value(), key)))
                    .append(" |\n");
        }
        text.append('\n');
    }

    private static String meaning(JsonObject property, JsonObject resolved) {
        String description = string(property.get("description") == null ? resolved : property, "description");
        JsonValue standard = resolved.get("default");
        return standard == null || description.contains("Default:")
                ? description
                : description + " Default: `" + json(standard) + "`.";
    }

    private String example(String name, JsonObject property, JsonObject resolved) {
        if (resolved.get("examples") instanceof JsonArray examples) {
            return examples.values().stream()
                    .map(value -> "`\"" + name + "\": " + json(value) + "`")
                    .collect(Collectors.joining("<br>"));
        } else if (resolved.get("properties") != null) {
            return "see `" + string(property, "$ref").substring(DEFINITION.length()) + "`";
        } else if (resolved.get("items") instanceof JsonObject items
                && !referenced(items).isEmpty()) {
            return referenced(items).stream()
                    .map(each -> "`" + each + "`")
                    .collect(Collectors.joining(", ", "see ", ""));
        }
        List<String> choices = choices(resolved);
        return choices.isEmpty()
                ? "`\"" + name + "\": " + sample(resolved) + "`"
                : choices.stream().map(choice -> "`" + choice + "`").collect(Collectors.joining(" or "));
    }

    private static List<String> referenced(JsonObject items) {
        List<String> names = new ArrayList<>();
        if (items.get("$ref") instanceof JsonString reference) {
            names.add(reference.text().substring(DEFINITION.length()));
        } else if (items.get("anyOf") instanceof JsonArray alternatives) {
            for (JsonValue each : alternatives.values()) {
                if (((JsonObject) each).get("$ref") instanceof JsonString reference) {
                    names.add(reference.text().substring(DEFINITION.length()));
                }
            }
        }
        return names;
    }

    private static List<String> choices(JsonObject key) {
        if (key.get("enum") instanceof JsonArray values) {
            return values.values().stream().map(KeyReference::json).toList();
        } else if (key.get("anyOf") instanceof JsonArray alternatives) {
            for (JsonValue each : alternatives.values()) {
                if (((JsonObject) each).get("enum") instanceof JsonArray values) {
                    return values.values().stream().map(KeyReference::json).toList();
                }
            }
        }
        return List.of();
    }

    /** The default, the minimum or a plain value of the key's type. */
    private static String sample(JsonObject key) {
        String type =
                key.get("type") instanceof JsonArray types ? strings(types).get(0) : string(key, "type");
        if (type.equals("boolean")) {
            return key.get("default") instanceof JsonBoolean standard && standard.value() ? "false" : "true";
        } else if (key.get("minimum") instanceof JsonNumber minimum) {
            return json(key.get("default") instanceof JsonNumber standard ? standard : minimum);
        }
        return switch (type) {
            case "integer", "number" -> "50";
            case "array" -> "[\"…\"]";
            default -> "\"…\"";
        };
    }

    private JsonObject resolved(JsonObject property) {
        if (property.get("$ref") instanceof JsonString reference) {
            return object(object(schema, "$defs"), reference.text().substring(DEFINITION.length()));
        }
        return property;
    }

    private static JsonObject object(JsonObject parent, String key) {
        return (JsonObject) Objects.requireNonNull(parent.get(key), key);
    }

    private static String string(JsonObject parent, String key) {
        return ((JsonString) Objects.requireNonNull(parent.get(key), key)).text();
    }

    private static List<String> strings(@Nullable JsonValue array) {
        return array instanceof JsonArray values
                ? values.values().stream()
                        .map(value -> ((JsonString) value).text())
                        .toList()
                : List.of();
    }

    private static String json(JsonValue value) {
        if (value instanceof JsonObject object) {
            return object.members().stream()
                    .map(member -> "\"" + member.key() + "\": " + json(member.value()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
        } else if (value instanceof JsonArray array) {
            return array.values().stream().map(KeyReference::json).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof JsonString string) {
            return "\"" + string.text() + "\"";
        } else if (value instanceof JsonNumber number) {
            return number.value().toPlainString();
        } else if (value instanceof JsonBoolean truth) {
            return String.valueOf(truth.value());
        }
        return "null";
    }

    /** In a table cell a vertical bar ends the cell. */
    private static String escaped(String cell) {
        return Pattern.compile("\\|").matcher(cell).replaceAll("\\\\\\\\|").replace("\n", " ");
    }
}
