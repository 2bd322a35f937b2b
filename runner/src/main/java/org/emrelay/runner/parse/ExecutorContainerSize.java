package org.emrelay.runner.parse;

import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.Configuration;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.Template;
import org.jspecify.annotations.Nullable;

/**
 * What Spark asks YARN for when it wants one executor: the heap, and beside it an overhead and whatever else was set aside.
 *
 * @param key where the step's file sets the heap
 * @param fixedOverhead the overhead in MB where it was set; null where Spark computes it from the factor
 * @param extraMebibytes off-heap memory and Python's
 */
record ExecutorContainerSize(
        String key, long heapMebibytes, @Nullable Long fixedOverhead, double factor, long extraMebibytes) {
    static final String HEAP = "spark.executor.memory";
    private static final long LEAST_OVERHEAD = 384;
    private static final double DEFAULT_FACTOR = 0.1;

    /** Empty when nobody set the heap, for then EMR chooses one that fits, or when it cannot be read. */
    static Optional<ExecutorContainerSize> ofExecutor(Step step, Cluster cluster) {
        Settings settings = new Settings(step, cluster);
        MemorySize own = step.settings().executorMemory();
        Optional<Long> heap = own != null ? Optional.of(own.mebibytes()) : settings.mebibytes(HEAP);
        String key = own != null || settings.ownText(HEAP).isEmpty()
                ? "executor_memory"
                : RecordBinder.child("spark_conf", HEAP);
        return heap.map(mebibytes -> new ExecutorContainerSize(
                key,
                mebibytes,
                settings.mebibytes("spark.executor.memoryOverhead").orElse(null),
                settings.factor("spark.executor.memoryOverheadFactor").orElse(DEFAULT_FACTOR),
                extra(step, settings)));
    }

    /** That of a step which sets nothing itself: what the cluster's own defaults say. */
    static Optional<ExecutorContainerSize> ofDefaults(Cluster cluster) {
        Settings settings = new Settings(null, cluster);
        return settings.mebibytes(HEAP)
                .map(mebibytes -> new ExecutorContainerSize(
                        RecordBinder.child("Properties", HEAP),
                        mebibytes,
                        settings.mebibytes("spark.executor.memoryOverhead").orElse(null),
                        settings.factor("spark.executor.memoryOverheadFactor").orElse(DEFAULT_FACTOR),
                        extra(null, settings)));
    }

    private static long extra(@Nullable Step step, Settings settings) {
        boolean offHeap = settings.text("spark.memory.offHeap.enabled")
                .filter("true"::equals)
                .isPresent();
        long python = step != null && step.program() instanceof Program.Python
                ? settings.mebibytes("spark.executor.pyspark.memory").orElse(0L)
                : 0L;
        return python
                + (offHeap ? settings.mebibytes("spark.memory.offHeap.size").orElse(0L) : 0L);
    }

    long besideMebibytes() {
        return overhead(heapMebibytes) + extraMebibytes;
    }

    long mebibytes() {
        return heapMebibytes + besideMebibytes();
    }

    private long overhead(long heap) {
        return fixedOverhead != null ? fixedOverhead : Math.max(LEAST_OVERHEAD, (long) (heap * factor));
    }

    /** Spark starts no executor on less than about half a gigabyte of heap; below that nothing fits. */
    Optional<Long> largestHeapWithin(long mebibytes) {
        long room = mebibytes - extraMebibytes;
        long heap = fixedOverhead != null
                ? room - fixedOverhead
                : Math.min(room - LEAST_OVERHEAD, (long) (room / (1 + factor)) + 1);
        while (heap > 0 && heap + overhead(heap) > room) {
            heap--;
        }
        return heap >= 471 ? Optional.of(heap) : Optional.empty();
    }

    /** Spark's settings for one step: its own, and below them the cluster's defaults. */
    private record Settings(@Nullable Step step, Cluster cluster) {

        Optional<String> text(String key) {
            return ownText(key)
                    .or(() -> Configuration.property(cluster.software().configurations(), "spark-defaults", key)
                            .map(String::strip));
        }

        /** Empty also when the value is known only once the plan is made. */
        Optional<String> ownText(String key) {
            if (step == null) {
                return Optional.empty();
            }
            Template template = step.settings().conf().get(key);
            if (template == null || !template.parts().stream().allMatch(Template.Literal.class::isInstance)) {
                return Optional.empty();
            }
            StringBuilder text = new StringBuilder();
            template.parts().forEach(part -> text.append(((Template.Literal) part).text()));
            return Optional.of(text.toString().strip());
        }

        /** Spark takes a bare number for megabytes. */
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
