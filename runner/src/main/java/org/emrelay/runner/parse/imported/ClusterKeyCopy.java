package org.emrelay.runner.parse.imported;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.json.RecordSchema;
import org.emrelay.runner.json.RecordSchema.Component;
import org.jspecify.annotations.Nullable;

/** Copies what a cluster file can say, by its schema, and reports the rest. */
record ClusterKeyCopy(ImportNotices notices) {
    /** What EMR says about a running cluster. */
    private static final Set<String> DESCRIPTIVE =
            Set.of("Version", "Id", "Status", "ProvisionedOnDemandCapacity", "ProvisionedSpotCapacity", "Context");

    /** The known keys of an object, in the order of the schema. */
    Map<String, Object> copy(JsonTree object, RecordSchema schema, String path) {
        Map<String, Object> copied = new LinkedHashMap<>();
        for (Component component : schema.components()) {
            JsonTree value = object.get(component.key());
            if (!value.isEmpty()) {
                Object kept = value(value, component.type(), child(path, component.key()));
                if (kept != null) {
                    copied.put(component.key(), kept);
                }
            }
        }
        object.members().forEach((key, value) -> {
            if (!schema.keys().contains(key) && !value.isEmpty() && !DESCRIPTIVE.contains(key)) {
                notices.lost(child(path, key), "a cluster file has no such key.");
            }
        });
        return copied;
    }

    private static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The value in the type of the key; null after a notice. */
    private @Nullable Object value(JsonTree value, Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == Map.class ? map(value, element, path) : list(value, element, path);
        } else if (type instanceof Class<?> record && record.isRecord()) {
            return value.isObject() ? emptyToNull(copy(value, RecordSchema.of(record), path)) : wrong(path);
        }
        return scalar(value, type, path);
    }

    private @Nullable Object map(JsonTree value, Type element, String path) {
        Map<String, Object> map = new LinkedHashMap<>();
        value.members().forEach((key, member) -> {
            Object kept = value(member, element, child(path, key));
            if (kept != null) {
                map.put(key, kept);
            }
        });
        return value.isObject() ? emptyToNull(map) : wrong(path);
    }

    private @Nullable Object list(JsonTree value, Type element, String path) {
        List<Object> list = new ArrayList<>();
        for (JsonTree each : value.elements()) {
            Object kept = value(each, element, path + "[" + list.size() + "]");
            if (kept != null) {
                list.add(kept);
            }
        }
        return !value.isList() ? wrong(path) : list.isEmpty() ? null : list;
    }

    private static @Nullable Map<String, Object> emptyToNull(Map<String, Object> map) {
        return map.isEmpty() ? null : map;
    }

    private @Nullable Object scalar(JsonTree value, Type type, String path) {
        Object given = value.value();
        if (type == String.class) {
            boolean isScalar = given instanceof String
                    || given instanceof Long
                    || given instanceof Double
                    || given instanceof Boolean;
            return isScalar ? text(String.valueOf(given), path) : wrong(path);
        } else if (type == Boolean.class) {
            return given instanceof Boolean ? given : wrong(path);
        } else if (type == Double.class && (given instanceof Double || given instanceof Long)) {
            return given;
        } else if (given instanceof Double whole && whole % 1 == 0 && Math.abs(whole) < Integer.MAX_VALUE) {
            return whole.longValue();
        }
        return given instanceof Long number && Math.abs(number) < Integer.MAX_VALUE ? given : wrong(path);
    }

    private @Nullable String text(String text, String path) {
        if (DeploymentValues.hasToken(text)) {
            notices.lost(path, "its value is known only where the state machine is deployed or executed.");
            return null;
        }
        return DeploymentValues.visible(text);
    }

    private @Nullable Object wrong(String path) {
        notices.lost(path, "its value has another type than EMR's.");
        return null;
    }
}
