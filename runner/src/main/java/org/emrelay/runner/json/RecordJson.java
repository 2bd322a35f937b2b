package org.emrelay.runner.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.emrelay.runner.json.RecordSchema.Component;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON objects whose keys are the components in snake_case. A null component has no key.
 *
 * <p>Records of one component {@code value} are written as that value.
 */
public final class RecordJson {
    private final Map<Class<?>, Codec<?>> codecs = new LinkedHashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final Map<String, JsonFields.ObjectReader<?>> defaults = new LinkedHashMap<>();
    private final Map<Class<?>, Inlined<?>> inlined = new LinkedHashMap<>();

    private record Codec<T>(Function<T, Object> writer, JsonFields.ValueReader<T> reader) {
        @SuppressWarnings("unchecked")
        Object write(Object value) {
            return writer.apply((T) value);
        }
    }

    private record Inlined<T>(Function<T, Map<String, Object>> writer, JsonFields.ObjectReader<T> reader) {
        @SuppressWarnings("unchecked")
        Map<String, Object> write(Object value) {
            return writer.apply((T) value);
        }
    }

    public RecordJson() {
        text(Instant.class, Instant::parse);
        text(LocalDate.class, LocalDate::parse);
        text(Duration.class, Duration::parse);
        text(Path.class, Path::of);
        text(BigDecimal.class, BigDecimal::new);
    }

    private <T> void text(Class<T> type, Function<String, T> parser) {
        codec(type, Object::toString, (value, path) -> parser.apply(JsonFields.text(value, path)));
    }

    /** Writes and reads a class in another way. */
    public <T> RecordJson codec(Class<T> type, Function<T, Object> writer, JsonFields.ValueReader<T> reader) {
        codecs.put(type, new Codec<>(writer, reader));
        return this;
    }

    /** Names the key of a component. */
    public RecordJson key(String component, String key) {
        keys.put(component, key);
        return this;
    }

    /** Makes the components of this record keys of the record that contains it. */
    public <T extends Record> RecordJson inline(Class<T> type) {
        return inline(type, this::write, fields -> read(type, fields));
    }

    /** Writes and reads a component of this type as keys of the record that contains it. */
    public <T> RecordJson inline(
            Class<T> type, Function<T, Map<String, Object>> writer, JsonFields.ObjectReader<T> reader) {
        inlined.put(type, new Inlined<>(writer, reader));
        return this;
    }

    /** Reads documents of earlier versions, which do not have this key. */
    public RecordJson defaultOf(String key, JsonFields.ObjectReader<?> value) {
        defaults.put(key, value);
        return this;
    }

    public Map<String, Object> write(Record source) {
        Map<String, Object> target = new LinkedHashMap<>();
        for (Component component : RecordSchema.of(source.getClass()).components()) {
            Object value = component.valueIn(source);
            Inlined<?> inline = inlined.get(component.rawType());
            if (value != null && inline != null) {
                target.putAll(inline.write(value));
            } else if (value != null) {
                target.put(key(component), writeValue(value, component.rawType()));
            }
        }
        return target;
    }

    private Object writeValue(Object value, Class<?> declared) {
        Codec<?> codec = codecs.getOrDefault(declared, codecs.get(value.getClass()));
        if (codec != null) {
            return codec.write(value);
        } else if (value instanceof Enum<?> constant) {
            return constant.name();
        } else if (value instanceof Iterable<?> elements) {
            List<Object> list = new ArrayList<>();
            elements.forEach(element -> list.add(writeValue(element, element.getClass())));
            if (value instanceof Set) {
                list.sort(Comparator.comparing(String::valueOf));
            }
            return list;
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> object = new LinkedHashMap<>();
            map.forEach((key, element) -> object.put(String.valueOf(key), writeValue(element, element.getClass())));
            return object;
        } else if (value instanceof Record record) {
            Map<String, Object> object = write(record);
            return isWrapper(record.getClass()) ? object.values().iterator().next() : object;
        }
        return value;
    }

    private boolean isWrapper(Class<?> type) {
        List<Component> components = RecordSchema.of(type).components();
        return components.size() == 1 && components.get(0).name().equals("value");
    }

    private String key(Component component) {
        return keys.getOrDefault(component.name(), component.key());
    }

    public <T extends Record> T read(Class<T> type, JsonFields fields) throws MalformedJsonException {
        RecordSchema schema = RecordSchema.of(type);
        @Nullable Object[] values = new @Nullable Object[schema.components().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(schema.components().get(i), fields);
        }
        return type.cast(schema.create(values));
    }

    private @Nullable Object read(Component component, JsonFields fields) throws MalformedJsonException {
        String key = key(component);
        if (component.nullable() && !fields.has(key)) {
            return null;
        }
        Inlined<?> inline = inlined.get(component.rawType());
        if (inline != null) {
            return inline.reader().read(fields);
        } else if (fields.has(key)) {
            return read(fields.value(key), fields.pathOf(key), component.type());
        }
        JsonFields.ObjectReader<?> missing = defaults.get(key);
        return missing == null ? fields.value(key) : missing.read(fields);
    }

    private Object read(JsonValue value, String path, Type genericType) throws MalformedJsonException {
        Class<?> type =
                (Class<?>) (genericType instanceof ParameterizedType generic ? generic.getRawType() : genericType);
        Codec<?> codec = codecs.get(type);
        if (codec != null) {
            return codec.reader().read(value, path);
        } else if (type == String.class) {
            return JsonFields.text(value, path);
        } else if (type == boolean.class) {
            return JsonFields.bool(value, path);
        } else if (type == long.class || type == Long.class) {
            return JsonFields.number(value, path);
        } else if (type == int.class || type == Integer.class) {
            return Math.toIntExact(JsonFields.number(value, path));
        } else if (type.isEnum()) {
            return constant(type, JsonFields.text(value, path));
        } else if (genericType instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Type element = arguments[arguments.length - 1];
            JsonFields.ValueReader<Object> reader = (item, itemPath) -> read(item, itemPath, element);
            if (Map.class.isAssignableFrom(type)) {
                Map<String, Object> map = JsonFields.map(value, path, reader);
                return type == Map.class ? map : new TreeMap<>(map);
            }
            List<Object> list = JsonFields.list(value, path, reader);
            return type == Set.class ? new LinkedHashSet<>(list) : list;
        }
        return isWrapper(type)
                ? RecordSchema.of(type).create(JsonFields.text(value, path))
                : read(type.asSubclass(Record.class), JsonFields.of(value, path));
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown value " + name));
    }
}
