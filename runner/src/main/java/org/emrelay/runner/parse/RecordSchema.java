package org.emrelay.runner.parse;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
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
 * The JSON structure of a record type.
 * Cached per type, because reflection is too slow to repeat for each of a thousand steps.
 *
 * @param keys all keys that an object of this type can have
 */
record RecordSchema<R extends Record>(Constructor<R> constructor, List<Component> components, List<String> keys) {

    /**
     * One record component.
     *
     * @param defaultValue the value if the key is missing
     */
    record Component(
            String key,
            Type type,
            boolean required,
            boolean inline,
            @Nullable Object defaultValue) {

        Class<? extends Record> recordType() {
            return ((Class<?>) type).asSubclass(Record.class);
        }
    }

    /** The JSON key of a record component, if it is not the component's name in snake_case. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Key {
        String value();
    }

    /** Marks a record component whose JSON key is required. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Required {}

    /** Marks a record component that is itself a record whose keys belong to the enclosing JSON object. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Inline {}

    RecordSchema {
        components = List.copyOf(components);
        keys = List.copyOf(keys);
    }

    static <R extends Record> RecordSchema<R> of(Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            List<Component> parts =
                    Arrays.stream(components).map(RecordSchema::component).toList();
            return new RecordSchema<>(type.getDeclaredConstructor(types), parts, keysOf(type));
        } catch (NoSuchMethodException exception) {
            throw new IllegalStateException("not a bindable record: " + type, exception);
        }
    }

    private static Component component(RecordComponent component) {
        return new Component(
                keyOf(component),
                component.getGenericType(),
                component.isAnnotationPresent(Required.class),
                component.isAnnotationPresent(Inline.class),
                defaultFor(component));
    }

    /** Returns the JSON key of a record component. */
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

    private static @Nullable Object defaultFor(RecordComponent component) {
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
            throw new IllegalStateException("a bound record must not validate: " + constructor, exception.getCause());
        } catch (ReflectiveOperationException exception) {
            throw new IllegalStateException("not a bindable record: " + constructor, exception);
        }
    }
}
