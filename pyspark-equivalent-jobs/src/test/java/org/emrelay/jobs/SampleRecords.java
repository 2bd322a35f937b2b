package org.emrelay.jobs;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.broadcast.Broadcast;

/** Finds the record classes of the jobs and creates an instance of each from its components' types. */
final class SampleRecords {
    private static final Map<Class<?>, Object> VALUES = Map.of(
            int.class,
            1,
            Integer.class,
            1,
            long.class,
            2L,
            double.class,
            0.5,
            float[].class,
            new float[] {0.5f},
            boolean.class,
            true,
            String.class,
            "text",
            Instant.class,
            Instant.EPOCH,
            LocalDate.class,
            LocalDate.EPOCH);

    private SampleRecords() {}

    static List<Class<?>> classes() throws Exception {
        Path root = Path.of(JobSession.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .sorted()
                    .<Class<?>>map(SampleRecords::load)
                    .filter(Class::isRecord)
                    .toList();
        }
    }

    private static Class<?> load(String file) {
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        try {
            return Class.forName(name, false, SampleRecords.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static Object create(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        Object[] values = new Object[components.length];
        for (int index = 0; index < values.length; index++) {
            values[index] = value(components[index].getGenericType());
        }
        return constructor.newInstance(values);
    }

    private static Object value(Type type) throws ReflectiveOperationException {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        Type[] arguments = type instanceof ParameterizedType generic ? generic.getActualTypeArguments() : new Type[0];
        if (VALUES.containsKey(raw)) {
            return VALUES.get(raw);
        } else if (raw == List.class) {
            return List.of(value(arguments[0]));
        } else if (raw == Set.class) {
            return Set.of(value(arguments[0]));
        } else if (raw == Map.class) {
            return Map.of(value(arguments[0]), value(arguments[1]));
        } else if (raw == Broadcast.class) {
            return LocalSpark.context().broadcast("broadcast");
        } else if (raw.isEnum()) {
            return raw.getEnumConstants()[0];
        } else if (raw.isSealed()) {
            return value(raw.getPermittedSubclasses()[0]);
        } else if (raw.isRecord()) {
            return create(raw);
        }
        throw new AssertionError("Add a sample value of " + type + ".");
    }
}
