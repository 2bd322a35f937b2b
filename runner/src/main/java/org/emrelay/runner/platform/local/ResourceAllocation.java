package org.emrelay.runner.platform.local;

import java.util.Optional;
import java.util.stream.Stream;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.plan.Argument;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.AttemptRequest;
import org.jspecify.annotations.Nullable;

/**
 * What one step gets of this machine, and what it asked for: sizes are mostly meant for a cluster.
 *
 * @param cores how many tasks of it run at one time
 * @param heapMebibytes the heap of its process, which is driver and executor in one
 */
record ResourceAllocation(int cores, long heapMebibytes, int askedCores, long askedMebibytes) {

    /** Spark's own default of both driver and executor. */
    private static final long UNLESS_ASKED_MEBIBYTES = 1024;

    static ResourceAllocation of(AttemptRequest launch, LocalResources machine) {
        int askedCores = askedCores(launch, machine);
        long askedMebibytes = askedMebibytes(launch);
        return new ResourceAllocation(
                Math.min(askedCores, machine.cores()),
                Math.min(askedMebibytes, machine.memoryMebibytes()),
                askedCores,
                askedMebibytes);
    }

    boolean isCapped() {
        return cores < askedCores || heapMebibytes < askedMebibytes;
    }

    private static long askedMebibytes(AttemptRequest launch) {
        SparkSubmit.Sizes sizes = launch.submission().sizes();
        return Stream.of(
                        memory(launch, sizes.driverMemory(), "spark.driver.memory"),
                        memory(launch, sizes.executorMemory(), "spark.executor.memory"))
                .flatMap(Optional::stream)
                .mapToLong(MemorySize::mebibytes)
                .max()
                .orElse(UNLESS_ASKED_MEBIBYTES);
    }

    private static Optional<MemorySize> memory(AttemptRequest launch, @Nullable MemorySize size, String key) {
        return size != null ? Optional.of(size) : conf(launch, key).flatMap(MemorySize::parse);
    }

    /** Where the number of executors is left to Spark, a cluster gives as many as it has: so does this machine. */
    private static int askedCores(AttemptRequest launch, LocalResources machine) {
        SparkSubmit.Sizes sizes = launch.submission().sizes();
        int ofOne =
                number(launch, sizes.executorCores(), "spark.executor.cores").orElse(1);
        return number(launch, sizes.numExecutors(), "spark.executor.instances")
                .map(executors -> (int) Math.min(Integer.MAX_VALUE, (long) executors * ofOne))
                .orElse(Math.max(ofOne, machine.cores()));
    }

    private static Optional<Integer> number(AttemptRequest launch, @Nullable Integer size, String key) {
        return size != null
                ? Optional.of(size)
                : conf(launch, key)
                        .filter(text -> text.matches("[1-9][0-9]{0,8}"))
                        .map(Integer::valueOf);
    }

    private static Optional<String> conf(AttemptRequest launch, String key) {
        @Nullable Argument word = launch.submission().conf().get(key);
        return word == null ? Optional.empty() : Optional.of(word.text(launch.places()));
    }
}
