package org.emrelay.runner.parse;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a wire record is made of. Reflection is slow: it is asked once, not for each of a thousand steps.
 *
 * @param keys every key that an object of this type may have
 */
record RecordSchema<R extends Record>(Constructor<R> constructor, List<Part> parts, List<String> keys) {

    /**
     * One component.
     *
     * @param absent what it is where the key is not there
     */
    record Part(
            String key,
            Type type,
            boolean required,
            boolean inline,
            @Nullable Object absent) {

        Class<? extends Record> inlined() {
            return ((Class<?>) type).asSubclass(Record.class);
        }
    }

    RecordSchema {
        parts = List.copyOf(parts);
        keys = List.copyOf(keys);
    }

    static <R extends Record> RecordSchema<R> of(Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            List<Part> parts = Arrays.stream(components).map(RecordSchema::part).toList();
            return new RecordSchema<>(type.getDeclaredConstructor(types), parts, keysOf(type));
        } catch (NoSuchMethodException exception) {
            throw new IllegalStateException("not a wire record: " + type, exception);
        }
    }

    private static Part part(RecordComponent component) {
        return new Part(
                keyOf(component),
                component.getGenericType(),
                component.isAnnotationPresent(Required.class),
                component.isAnnotationPresent(Inline.class),
                absent(component));
    }

    /** The key under which a component is found in the file. */
    static String keyOf(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        return key != null
                ? key.value()
                : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    static List<String> keysOf(Class<?> type) {
        List<String> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Inline.class)) {
                keys.addAll(keysOf(component.getType()));
            } else {
                keys.add(keyOf(component));
            }
        }
        return keys;
    }

    private static @Nullable Object absent(RecordComponent component) {
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return null;
        }
        if (component.getGenericType() instanceof ParameterizedType parameterized) {
            return parameterized.getRawType() == List.class ? List.of() : Map.of();
        }
        return null;
    }

    R construct(@Nullable Object[] arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException exception) {
            throw new IllegalStateException("a wire record checks nothing: " + constructor, exception.getCause());
        } catch (ReflectiveOperationException exception) {
            throw new IllegalStateException("not a wire record: " + constructor, exception);
        }
    }
}
