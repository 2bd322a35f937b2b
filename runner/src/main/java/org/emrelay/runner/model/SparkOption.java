package org.emrelay.runner.model;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.model.SparkSettings.DeployMode;

/**
 * An option of spark-submit with one value. Merging with the defaults, fingerprint, command and journal all follow from it.
 *
 * @param <T> the type of its value
 */
public final class SparkOption<T> {
    public static final SparkOption<DeployMode> DEPLOY_MODE =
            new SparkOption<>("deploy_mode", text -> DeployMode.valueOf(text.toUpperCase(Locale.ROOT)));
    public static final SparkOption<MemorySize> DRIVER_MEMORY =
            new SparkOption<>("driver_memory", SparkOption::memorySize);
    public static final SparkOption<MemorySize> EXECUTOR_MEMORY =
            new SparkOption<>("executor_memory", SparkOption::memorySize);
    public static final SparkOption<Integer> EXECUTOR_CORES = new SparkOption<>("executor_cores", Integer::valueOf);
    public static final SparkOption<Integer> NUM_EXECUTORS = new SparkOption<>("num_executors", Integer::valueOf);
    public static final SparkOption<List<String>> PACKAGES =
            new SparkOption<>("packages", text -> text.isEmpty() ? List.of() : List.of(text.split(",")));

    /** What only a cluster understands, in the order of the command. */
    public static final List<SparkOption<?>> OF_CLUSTERS =
            List.of(DEPLOY_MODE, DRIVER_MEMORY, EXECUTOR_MEMORY, EXECUTOR_CORES, NUM_EXECUTORS);

    /** What every platform understands. */
    public static final List<SparkOption<?>> OF_ALL_PLATFORMS = List.of(PACKAGES);

    private final String key;
    private final Function<String, T> parser;

    private SparkOption(String key, Function<String, T> parser) {
        this.key = key;
        this.parser = parser;
    }

    private static MemorySize memorySize(String text) {
        return MemorySize.parse(text).orElseThrow(() -> new IllegalArgumentException("invalid memory size: " + text));
    }

    public static Stream<SparkOption<?>> all() {
        return Stream.concat(OF_CLUSTERS.stream(), OF_ALL_PLATFORMS.stream());
    }

    /** Its key in the steps file, the fingerprint and the journal. */
    public String key() {
        return key;
    }

    /** Its flag, such as {@code --executor-memory}. */
    public String flag() {
        return flagOf(key);
    }

    static String flagOf(String key) {
        return "--" + key.replace('_', '-');
    }

    /** Converts a value from spark-submit's notation. */
    public T parse(String text) {
        return parser.apply(text);
    }

    /** A value in spark-submit's notation. */
    public static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                : value.toString();
    }

    @Override
    public String toString() {
        return key;
    }
}
