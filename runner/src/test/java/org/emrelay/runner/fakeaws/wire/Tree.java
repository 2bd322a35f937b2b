package org.emrelay.runner.fakeaws.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** A request's parameters as a tree, independent of format: JSON, form or XML. */
public final class Tree {
    private final Map<String, Object> fields;

    Tree(Map<String, Object> fields) {
        this.fields = fields;
    }

    public static Tree of(Map<String, String> texts) {
        return new Tree(new LinkedHashMap<>(texts));
    }

    public static Tree empty() {
        return new Tree(Map.of());
    }

    public boolean has(String key) {
        return fields.containsKey(key);
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public @Nullable String text(String key) {
        Object value = fields.get(key);
        return value == null ? null : String.valueOf(value);
    }

    public String text(String key, String defaultValue) {
        return Objects.requireNonNullElse(text(key), defaultValue);
    }

    public int number(String key, int defaultValue) {
        String text = text(key);
        return text == null ? defaultValue : (int) Double.parseDouble(text);
    }

    /** False if absent, which is the default of AWS. */
    public boolean isTrue(String key) {
        return Boolean.parseBoolean(text(key, "false"));
    }

    public Tree tree(String key) {
        List<Tree> trees = trees(key);
        return trees.isEmpty() ? empty() : trees.get(0);
    }

    public List<Tree> trees(String key) {
        List<Tree> trees = new ArrayList<>();
        for (Object value : values(key)) {
            if (value instanceof Map<?, ?> map) {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((name, field) -> copy.put(String.valueOf(name), field));
                trees.add(new Tree(copy));
            }
        }
        return trees;
    }

    /** A copy in which an object lacks its empty texts, and lists of them. */
    public Tree withoutEmptyTextsIn(String key) {
        Map<String, Object> object = new LinkedHashMap<>(tree(key).fields);
        object.values().removeIf(value -> value.equals("") || value.equals(List.of("")));
        Map<String, Object> copy = new LinkedHashMap<>(fields);
        copy.put(key, object);
        return new Tree(copy);
    }

    public List<String> texts(String key) {
        return values(key).stream().map(String::valueOf).toList();
    }

    private List<?> values(String key) {
        Object value = fields.get(key);
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list ? list : List.of(value);
    }

    /** The unconverted value of a field that is only stored and returned. */
    public @Nullable Object raw(String key) {
        return fields.get(key);
    }

    public Map<String, Object> fields() {
        return fields;
    }

    /** As indented JSON, for golden files. */
    public String json() {
        return JsonWriter.pretty(fields);
    }

    @Override
    public String toString() {
        return JsonWriter.line(fields);
    }
}
