package org.emrelay.runner.model;

import static java.util.Collections.unmodifiableMap;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spark-submit settings of a step.
 *
 * <p>An empty list is the same as none.
 *
 * @param options the value of each option that is not left to the platform
 * @param env environment variables of the driver and all executors
 * @param <F> a file: {@link NamedFile} in a pipeline, {@link Argument} in a plan
 */
public record SparkSettings<F>(
        Map<SparkOption<?>, Object> options,
        Map<FileOption, List<F>> files,
        Map<String, Argument> conf,
        Map<String, Argument> env) {

    /** Where the driver runs on a cluster. */
    public enum DeployMode {
        CLUSTER,
        CLIENT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The options of spark-submit that list files, in the order of the command. */
    public enum FileOption {
        JARS,
        PY_FILES,
        FILES,
        ARCHIVES;

        /** Its key in the steps file, the fingerprint and the journal. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String flag() {
            return SparkOption.flagOf(key());
        }

        /** Whether {@code file#name} renames a file. */
        public boolean renames() {
            return this == FILES || this == ARCHIVES;
        }
    }

    public SparkSettings {
        Map<SparkOption<?>, Object> setOptions = new LinkedHashMap<>(options);
        setOptions.values().removeIf(List.of()::equals);
        options = unmodifiableMap(setOptions);
        Map<FileOption, List<F>> setFiles = new EnumMap<>(FileOption.class);
        files.forEach((option, list) -> setFiles.put(option, List.copyOf(list)));
        setFiles.values().removeIf(List::isEmpty);
        files = unmodifiableMap(setFiles);
        conf = unmodifiableMap(new LinkedHashMap<>(conf));
        env = unmodifiableMap(new LinkedHashMap<>(env));
    }

    public static <F> SparkSettings<F> defaults() {
        return new SparkSettings<>(Map.of(SparkOption.DEPLOY_MODE, DeployMode.CLUSTER), Map.of(), Map.of(), Map.of());
    }

    public <T> @Nullable T get(SparkOption<T> option) {
        @SuppressWarnings("unchecked") // with(…) puts values of the option's type.
        T value = (T) options.get(option);
        return value;
    }

    public List<F> get(FileOption option) {
        return files.getOrDefault(option, List.of());
    }

    /** Changes an option; null leaves it as it is. */
    public <T> SparkSettings<F> with(SparkOption<T> option, @Nullable T value) {
        return value == null ? this : new SparkSettings<>(merge(options, Map.of(option, value)), files, conf, env);
    }

    /** Replaces a list of files; null leaves it as it is. */
    public SparkSettings<F> with(FileOption option, @Nullable List<F> value) {
        return value == null ? this : new SparkSettings<>(options, merge(files, Map.of(option, value)), conf, env);
    }

    /** Adds properties; those of the same name are replaced. */
    public SparkSettings<F> withConf(Map<String, Argument> added) {
        return new SparkSettings<>(options, files, merge(conf, added), env);
    }

    /** Adds environment variables; those of the same name are replaced. */
    public SparkSettings<F> withEnv(Map<String, Argument> added) {
        return new SparkSettings<>(options, files, conf, merge(env, added));
    }

    private static <K, V> Map<K, V> merge(Map<K, V> map, Map<? extends K, ? extends V> changes) {
        Map<K, V> merged = new LinkedHashMap<>(map);
        merged.putAll(changes);
        return merged;
    }
}
