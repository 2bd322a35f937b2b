package org.emrelay.runner.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a record class looks like as a JSON object: each component is a key. */
public record RecordSchema(List<Component> components, Constructor<?> constructor) {
    /** Cached, because reflection is too slow to repeat for each object. */
    private static final ClassValue<RecordSchema> SCHEMAS = new ClassValue<>() {
        @Override
        protected RecordSchema computeValue(Class<?> type) {
            return reflect(type);
        }
    };

    /** One record component. */
    public record Component(
            Method accessor, String name, String key, Type type, boolean nullable, boolean required, boolean inline) {
        /** The component's class, without its type arguments. */
        public Class<?> rawType() {
            return accessor.getReturnType();
        }

        @Nullable
        Object valueIn(Record source) {
            return invoke(() -> accessor.invoke(source));
        }
    }

    /** Marks a record whose JSON keys, and those of the records in it, are in PascalCase instead of snake_case. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface PascalCase {}

    /** The JSON key of a record component, if it does not follow from the component's name. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Key {
        String value();
    }

    /** Marks a record component whose JSON key is required. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Required {}

    /** Marks a record component that is itself a record whose keys belong to the enclosing JSON object. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Inline {}

    private interface Reflection {
        @Nullable
        Object invoke() throws ReflectiveOperationException;
    }

    public static RecordSchema of(Class<?> type) {
        return SCHEMAS.get(type);
    }

    private static RecordSchema reflect(Class<?> type) {
        List<Component> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            components.add(new Component(
                    accessor,
                    component.getName(),
                    keyOf(component),
                    component.getGenericType(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    component.isAnnotationPresent(Required.class),
                    component.isAnnotationPresent(Inline.class)));
        }
        Class<?>[] types = components.stream().map(Component::rawType).toArray(Class<?>[]::new);
        Constructor<?> constructor =
                (Constructor<?>) Objects.requireNonNull(invoke(() -> type.getDeclaredConstructor(types)));
        constructor.setAccessible(true);
        return new RecordSchema(components, constructor);
    }

    /** Returns the JSON key of a record component. */
    public static String keyOf(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        String name = component.getName();
        if (key != null) {
            return key.value();
        }
        return component.getDeclaringRecord().getNestHost().isAnnotationPresent(PascalCase.class)
                ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)
                : name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** All keys that an object of this class can have. */
    public List<String> keys() {
        return components.stream()
                .flatMap(component ->
                        component.inline() ? of(component.rawType()).keys().stream() : Stream.of(component.key()))
                .toList();
    }

    /** Creates a record; throws what its own checks throw. */
    public Record create(@Nullable Object... values) {
        return (Record) Objects.requireNonNull(invoke(() -> constructor.newInstance(values)));
    }

    /** Only a record's own checks can fail. */
    private static @Nullable Object invoke(Reflection call) {
        try {
            return call.invoke();
        } catch (InvocationTargetException invalid) {
            throw invalid.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(invalid);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
