package org.emrelay.jobs.topics.combine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A path in a JSON object, such as {@code commit.record.langs[0]}. */
final class JsonPath {
    private static final int MAX_DEPTH = 6;

    private final String whole;
    private final List<String> names;

    JsonPath(String path) {
        whole = path;
        names = List.of(path.replaceAll("\\[(\\d+)]", ".$1").split("\\."));
    }

    /** Returns the value as text; null if it is missing or an object. */
    @Nullable
    String text(JsonNode object) {
        JsonNode node = object;
        for (String name : names) {
            node = node.isArray() ? element(node, name) : node.path(name);
        }
        String found = scalar(node);
        // The whole path may be one name that contains dots.
        return found == null && names.size() > 1 ? scalar(object.path(whole)) : found;
    }

    private static JsonNode element(JsonNode array, String name) {
        return PostColumns.isNumber(name)
                ? array.path(Integer.parseInt(name))
                : array.path(0).path(name);
    }

    /** Returns the text of a scalar, or of an array's first element. Null for anything else. */
    static @Nullable String scalar(JsonNode node) {
        if (node.isArray()) {
            return node.size() == 0 ? null : scalar(node.path(0));
        }
        return node.isValueNode() && !node.isNull() ? node.asText() : null;
    }

    /** Adds the paths of all scalars in an object. */
    static void addPaths(JsonNode object, Set<String> paths) {
        addPaths(object, new ArrayList<>(), paths);
    }

    private static void addPaths(JsonNode node, List<String> prefix, Set<String> paths) {
        if (node.isObject() && prefix.size() < MAX_DEPTH) {
            node.fields().forEachRemaining(field -> {
                prefix.add(field.getKey());
                addPaths(field.getValue(), prefix, paths);
                prefix.remove(prefix.size() - 1);
            });
        } else if (node.isArray() && node.path(0).isValueNode()) {
            paths.add(String.join(".", prefix) + "[0]");
        } else if (node.isValueNode()) {
            paths.add(String.join(".", prefix));
        }
    }
}
