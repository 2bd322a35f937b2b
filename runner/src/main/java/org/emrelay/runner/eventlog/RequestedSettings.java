package org.emrelay.runner.eventlog;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.profile.Requested;
import org.jspecify.annotations.Nullable;

/** The settings of an application that {@link Requested} needs. Ignores all others, because they can contain secrets. */
final class RequestedSettings {
    private static final String MASTER = "spark.master";
    private static final String EXECUTORS = "spark.executor.instances";
    private static final String CORES = "spark.executor.cores";
    private static final String MEMORY = "spark.executor.memory";
    private static final String OVERHEAD = "spark.executor.memoryOverhead";
    private static final String DRIVER_MEMORY = "spark.driver.memory";
    private static final String MEMORY_FRACTION = "spark.memory.fraction";
    private static final String PARTITIONS = "spark.sql.shuffle.partitions";
    private static final String ADAPTIVE = "spark.sql.adaptive.enabled";
    private static final String DYNAMIC = "spark.dynamicAllocation.enabled";
    private static final String TASK_CORES = "spark.task.cpus";
    private static final Set<String> NAMES = Set.of(
            MASTER,
            EXECUTORS,
            CORES,
            MEMORY,
            OVERHEAD,
            DRIVER_MEMORY,
            MEMORY_FRACTION,
            PARTITIONS,
            ADAPTIVE,
            DYNAMIC,
            TASK_CORES);

    private static final int MAX_VALUE = 100;
    private static final long MEBIBYTE = 1L << 20;
    private static final long DEFAULT_MEMORY = 1L << 30;
    private static final long RESERVED_MEMORY = 300 * MEBIBYTE;
    private static final long MAX_HEAP = 1L << 50;
    private static final double DEFAULT_FRACTION = 0.6;
    private static final Pattern FRACTION = Pattern.compile("[01]?\\.[0-9]{1,9}|[01]");
    private static final int DEFAULT_PARTITIONS = 200;
    private static final int DEFAULT_EXECUTORS_ON_YARN = 2;
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([bkmgtp]?)b?");
    private static final String UNITS = "bkmgtp";
    private static final Pattern LATE_VERSION = Pattern.compile("3\\.([2-9]|[0-9]{2,}).*|[4-9].*|[0-9]{2,}.*");

    private final Map<String, String> values = new HashMap<>();
    private long driverStorage;

    /** Reads an object of names and values. Later values win, because a session can change settings. */
    void parse(EventFields fields) throws IOException {
        fields.forEach(name -> {
            if (NAMES.contains(name)) {
                values.put(name, fields.text(MAX_VALUE).trim());
            }
        });
    }

    void setDriverStorage(long bytes) {
        driverStorage = bytes;
    }

    int taskCores() {
        Integer cores = integer(TASK_CORES);
        return cores == null || cores == 0 ? 1 : cores;
    }

    boolean isLocal() {
        String master = value(MASTER);
        return master.equals("local") || master.startsWith("local[");
    }

    /**
     * Completes the settings with Spark's defaults.
     *
     * @param executorCores the cores of a registered executor; 0 if there was none
     */
    Requested toRequested(String sparkVersion, int executorCores) {
        boolean local = isLocal();
        boolean dynamic = flag(DYNAMIC, false);
        Integer cores = local ? null : integer(CORES);
        Integer partitions = integer(PARTITIONS);
        long driverMemory = memory(DRIVER_MEMORY, driverHeap());
        return new Requested(
                local,
                dynamic ? null : executors(local),
                cores == null ? Math.max(1, executorCores) : cores,
                local ? driverMemory : memory(MEMORY, DEFAULT_MEMORY),
                local ? null : size(value(OVERHEAD)),
                driverMemory,
                partitions == null ? DEFAULT_PARTITIONS : partitions,
                flag(ADAPTIVE, LATE_VERSION.matcher(sparkVersion).matches()),
                dynamic);
    }

    /** Returns the driver's heap if there is no setting, because the JVM can have any. Inverts the formula of Spark's UnifiedMemoryManager. */
    private long driverHeap() {
        String value = value(MEMORY_FRACTION);
        double fraction = FRACTION.matcher(value).matches() ? Double.parseDouble(value) : DEFAULT_FRACTION;
        double heap = driverStorage / fraction + RESERVED_MEMORY;
        return driverStorage == 0 || heap > MAX_HEAP ? DEFAULT_MEMORY : Math.round(heap / MEBIBYTE) * MEBIBYTE;
    }

    private @Nullable Integer executors(boolean local) {
        if (local) {
            return 1;
        }
        Integer executors = integer(EXECUTORS);
        return executors == null && value(MASTER).equals("yarn")
                ? Integer.valueOf(DEFAULT_EXECUTORS_ON_YARN)
                : executors;
    }

    private String value(String name) {
        return values.getOrDefault(name, "");
    }

    private boolean flag(String name, boolean otherwise) {
        String value = value(name);
        return value.isEmpty() ? otherwise : value.equalsIgnoreCase("true");
    }

    private @Nullable Integer integer(String name) {
        String value = value(name);
        return value.matches("[0-9]{1,9}") ? Integer.valueOf(value) : null;
    }

    private long memory(String name, long otherwise) {
        Long size = size(value(name));
        return size == null ? otherwise : size;
    }

    /** Parses a size like Spark: without a unit, it is in mebibytes. */
    private static @Nullable Long size(String value) {
        Matcher matcher = SIZE.matcher(value.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return null;
        }
        int unit = matcher.group(2).isEmpty() ? UNITS.indexOf('m') : UNITS.indexOf(matcher.group(2));
        long number = Long.parseLong(matcher.group(1));
        int shift = 10 * unit;
        return number > Long.MAX_VALUE >> shift ? null : Long.valueOf(number << shift);
    }
}
