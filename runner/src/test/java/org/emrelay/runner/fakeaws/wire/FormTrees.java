package org.emrelay.runner.fakeaws.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parses query-protocol forms ({@code Filter.1.Value.2=x}) into trees. Numbers become lists; {@code member} is
 * dropped.
 */
final class FormTrees {
    private FormTrees() {}

    static Tree read(String body) {
        Map<String, Object> root = new LinkedHashMap<>();
        PercentEncoding.decodePairs(body, true).forEach((name, value) -> put(root, name, value));
        Map<String, Object> fields = new LinkedHashMap<>();
        root.forEach((name, value) -> fields.put(name, withLists(value)));
        return new Tree(fields);
    }

    private static void put(Map<String, Object> root, String name, String value) {
        String[] segments = name.split("\\.", -1);
        Map<String, Object> node = root;
        for (int i = 0; i + 1 < segments.length; i++) {
            node = child(node, segments[i]);
        }
        node.put(segments[segments.length - 1], value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> node, String segment) {
        return (Map<String, Object>) node.computeIfAbsent(segment, missing -> new LinkedHashMap<String, Object>());
    }

    private static Object withLists(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (map.size() == 1 && map.containsKey("member")) {
            return withLists(map.get("member"));
        }
        if (map.keySet().stream().allMatch(key -> String.valueOf(key).matches("\\d+"))) {
            Map<Integer, Object> ordered = new TreeMap<>();
            map.forEach((key, element) -> ordered.put(Integer.valueOf(String.valueOf(key)), withLists(element)));
            List<Object> list = new ArrayList<>(ordered.values());
            return list;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((key, element) -> fields.put(String.valueOf(key), withLists(element)));
        return fields;
    }
}
