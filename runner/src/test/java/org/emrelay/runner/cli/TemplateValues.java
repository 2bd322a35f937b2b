package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.MalformedJsonException;

/** Evaluates the functions of CloudFormation that exports use, with the values of parameters, pseudo parameters and resources. */
final class TemplateValues {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(!?)([^}]*)}");

    private final Map<String, Object> values = new TreeMap<>();

    void put(String name, Object value) {
        values.put(name, value);
    }

    Object resolve(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(this::resolve).toList();
        } else if (!(value instanceof Map<?, ?>)) {
            return value;
        }
        Map<String, Object> map = map(value);
        if (map.containsKey("Ref")) {
            return known(String.valueOf(map.get("Ref")));
        } else if (map.containsKey("Fn::GetAtt")) {
            return known(
                    list(map.get("Fn::GetAtt")).stream().map(String::valueOf).collect(Collectors.joining(".")));
        } else if (map.containsKey("Fn::Sub")) {
            return REFERENCE
                    .matcher(String.valueOf(map.get("Fn::Sub")))
                    .replaceAll(found -> Matcher.quoteReplacement(
                            found.group(1).isEmpty()
                                    ? String.valueOf(known(found.group(2)))
                                    : "${" + found.group(2) + "}"));
        } else if (map.containsKey("Fn::Join")) {
            List<Object> arguments = list(map.get("Fn::Join"));
            return list(resolve(arguments.get(1))).stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(String.valueOf(arguments.get(0))));
        } else if (map.containsKey("Fn::Split")) {
            List<Object> arguments = list(map.get("Fn::Split"));
            return Arrays.asList(String.valueOf(resolve(arguments.get(1)))
                    .split(Pattern.quote(String.valueOf(arguments.get(0))), -1));
        }
        Map<String, Object> resolved = new LinkedHashMap<>();
        map.forEach((key, element) -> resolved.put(key, resolve(element)));
        return resolved;
    }

    private Object known(String name) {
        assertThat(values).containsKey(name);
        return values.get(name);
    }

    static Map<String, Object> parse(String text) {
        try {
            return map(plain(JsonReader.read(text)));
        } catch (MalformedJsonException malformed) {
            throw new AssertionError(text, malformed);
        }
    }

    /** The value as maps, lists and texts. */
    private static Object plain(JsonValue value) {
        if (value instanceof JsonValue.JsonObject object) {
            Map<String, Object> map = new LinkedHashMap<>();
            object.members().forEach(member -> map.put(member.key(), plain(member.value())));
            return map;
        } else if (value instanceof JsonValue.JsonArray array) {
            return array.values().stream().map(TemplateValues::plain).toList();
        } else if (value instanceof JsonValue.JsonNumber number) {
            return number.value().longValueExact();
        } else if (value instanceof JsonValue.JsonBoolean flag) {
            return flag.value();
        }
        return value instanceof JsonValue.JsonString string ? string.text() : value.toString();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
