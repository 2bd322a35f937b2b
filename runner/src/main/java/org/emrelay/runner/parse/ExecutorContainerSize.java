package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;

import java.util.Optional;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.Step;
import org.jspecify.annotations.Nullable;

/**
 * The size of the YARN container for one executor: heap, memory overhead, off-heap and Python memory.
 *
 * @param key the key of the steps file that sets the heap
 * @param configuredOverhead in MB; null if Spark derives the overhead from the factor
 * @param extraMebibytes off-heap memory plus Python memory
 */
record ExecutorContainerSize(
        String key, long heapMebibytes, @Nullable Long configuredOverhead, double overheadFactor, long extraMebibytes) {
    static final String HEAP_PROPERTY = "spark.executor.memory";
    private static final long MIN_OVERHEAD = 384;
    private static final double DEFAULT_OVERHEAD_FACTOR = 0.1;

    /**
     * Empty if the heap is not set, because EMR then chooses one that fits, or if it is unreadable.
     *
     * @param step null for a step without own settings, whose container the cluster's spark-defaults size
     */
    static Optional<ExecutorContainerSize> of(@Nullable Step step, Cluster cluster) {
        Settings settings = new Settings(step, cluster);
        MemorySize stepMemory = step == null ? null : step.settings().get(SparkOption.EXECUTOR_MEMORY);
        Optional<Long> heap =
                stepMemory != null ? Optional.of(stepMemory.mebibytes()) : settings.mebibytes(HEAP_PROPERTY);
        return heap.map(mebibytes -> new ExecutorContainerSize(
                heapKey(stepMemory, settings),
                mebibytes,
                settings.mebibytes("spark.executor.memoryOverhead").orElse(null),
                settings.factor("spark.executor.memoryOverheadFactor").orElse(DEFAULT_OVERHEAD_FACTOR),
                offHeapAndPython(step, settings)));
    }

    private static String heapKey(@Nullable MemorySize stepMemory, Settings settings) {
        if (settings.step() == null) {
            return childPath("Properties", HEAP_PROPERTY);
        }
        return stepMemory != null || settings.stepText(HEAP_PROPERTY).isEmpty()
                ? SparkOption.EXECUTOR_MEMORY.key()
                : childPath("spark_conf", HEAP_PROPERTY);
    }

    private static long offHeapAndPython(@Nullable Step step, Settings settings) {
        boolean offHeap = settings.text("spark.memory.offHeap.enabled")
                .filter("true"::equals)
                .isPresent();
        long python = step != null && step.program() instanceof Program.Python
                ? settings.mebibytes("spark.executor.pyspark.memory").orElse(0L)
                : 0L;
        return python
                + (offHeap ? settings.mebibytes("spark.memory.offHeap.size").orElse(0L) : 0L);
    }

    long overheadMebibytes() {
        return memoryOverhead(heapMebibytes) + extraMebibytes;
    }

    long mebibytes() {
        return heapMebibytes + overheadMebibytes();
    }

    private long memoryOverhead(long heap) {
        return configuredOverhead != null ? configuredOverhead : Math.max(MIN_OVERHEAD, (long) (heap * overheadFactor));
    }

    /** Spark starts no executor with a heap below about half a gigabyte; in less memory nothing fits. */
    Optional<Long> largestHeapWithin(long mebibytes) {
        long available = mebibytes - extraMebibytes;
        long heap = configuredOverhead != null
                ? available - configuredOverhead
                : Math.min(available - MIN_OVERHEAD, (long) (available / (1 + overheadFactor)) + 1);
        while (heap > 0 && heap + memoryOverhead(heap) > available) {
            heap--;
        }
        return heap >= 471 ? Optional.of(heap) : Optional.empty();
    }

    /** The Spark properties of one step, with the cluster's spark-defaults as fallback. */
    private record Settings(@Nullable Step step, Cluster cluster) {

        Optional<String> text(String key) {
            return stepText(key)
                    .or(() -> Configuration.property(cluster.software().configurations(), "spark-defaults", key)
                            .map(String::strip));
        }

        /** Also empty if the value contains placeholders that only the planner resolves. */
        Optional<String> stepText(String key) {
            if (step == null) {
                return Optional.empty();
            }
            Argument template = step.settings().conf().get(key);
            if (template == null || !template.parts().stream().allMatch(Argument.Literal.class::isInstance)) {
                return Optional.empty();
            }
            return Optional.of(template.parts().stream()
                    .map(part -> ((Argument.Literal) part).text())
                    .collect(Collectors.joining())
                    .strip());
        }

        /** Spark reads a number without a unit as MB. */
        Optional<Long> mebibytes(String key) {
            return text(key)
                    .flatMap(text -> text.matches("[0-9]{1,9}")
                            ? Optional.of(Long.valueOf(text))
                            : MemorySize.parse(text).map(MemorySize::mebibytes));
        }

        Optional<Double> factor(String key) {
            return text(key)
                    .filter(text -> text.matches("[0-9]{0,3}\\.?[0-9]{1,9}"))
                    .map(Double::valueOf);
        }
    }
}
