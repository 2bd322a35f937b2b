package org.emrelay.runner.fakeaws.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The query protocols' form, {@code Filter.1.Value.2=x}, to a tree: numbers make lists, {@code member} is left out. */
final class FormTrees {
    private FormTrees() {}

    static Tree read(String body) {
        Map<String, Object> root = new LinkedHashMap<>();
        Percent.pairs(body, true).forEach((name, value) -> put(root, name, value));
        Map<String, Object> fields = new LinkedHashMap<>();
        root.forEach((name, value) -> fields.put(name, listed(value)));
        return new Tree(fields);
    }

    private static void put(Map<String, Object> root, String name, String value) {
        String[] steps = name.split("\\.", -1);
        Map<String, Object> at = root;
        for (int i = 0; i + 1 < steps.length; i++) {
            at = below(at, steps[i]);
        }
        at.put(steps[steps.length - 1], value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> below(Map<String, Object> at, String step) {
        return (Map<String, Object>) at.computeIfAbsent(step, missing -> new LinkedHashMap<String, Object>());
    }

    private static Object listed(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (map.size() == 1 && map.containsKey("member")) {
            return listed(map.get("member"));
        }
        if (map.keySet().stream().allMatch(key -> String.valueOf(key).matches("\\d+"))) {
            Map<Integer, Object> ordered = new TreeMap<>();
            map.forEach((key, element) -> ordered.put(Integer.valueOf(String.valueOf(key)), listed(element)));
            List<Object> list = new ArrayList<>(ordered.values());
            return list;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((key, element) -> fields.put(String.valueOf(key), listed(element)));
        return fields;
    }
}
