package org.emrelay.runner.platform.local;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.platform.AttemptRequest;
import org.jspecify.annotations.Nullable;

/**
 * The resources allocated to a step on this machine, and those it requested.
 *
 * <p>Requests are often meant for a cluster and exceed the machine.
 *
 * @param cores the number of tasks that run concurrently
 * @param heapMebibytes the heap of its process, which is both driver and executor
 */
record ResourceAllocation(int cores, long heapMebibytes, int requestedCores, long requestedMebibytes) {
    /** Spark's default for both driver and executor memory. */
    private static final long DEFAULT_MEBIBYTES = 1024;

    static ResourceAllocation of(AttemptRequest request, LocalResources localResources) {
        int requestedCores = requestedCores(request, localResources);
        long requestedMebibytes = requestedMebibytes(request);
        return new ResourceAllocation(
                Math.min(requestedCores, localResources.cores()),
                Math.min(requestedMebibytes, localResources.memoryMebibytes()),
                requestedCores,
                requestedMebibytes);
    }

    boolean isCapped() {
        return cores < requestedCores || heapMebibytes < requestedMebibytes;
    }

    private static long requestedMebibytes(AttemptRequest request) {
        return Stream.of(
                        memory(request, SparkOption.DRIVER_MEMORY, "spark.driver.memory"),
                        memory(request, SparkOption.EXECUTOR_MEMORY, "spark.executor.memory"))
                .flatMap(Optional::stream)
                .mapToLong(MemorySize::mebibytes)
                .max()
                .orElse(DEFAULT_MEBIBYTES);
    }

    private static Optional<MemorySize> memory(AttemptRequest request, SparkOption<MemorySize> option, String key) {
        MemorySize size = request.sparkSubmit().settings().get(option);
        return size != null ? Optional.of(size) : conf(request, key).flatMap(MemorySize::parse);
    }

    /** Without a number of executors, dynamic allocation uses the whole cluster, so the step uses the whole machine. */
    private static int requestedCores(AttemptRequest request, LocalResources localResources) {
        int executorCores = number(request, SparkOption.EXECUTOR_CORES, "spark.executor.cores")
                .orElse(1);
        return number(request, SparkOption.NUM_EXECUTORS, "spark.executor.instances")
                .map(executors -> (int) Math.min(Integer.MAX_VALUE, (long) executors * executorCores))
                .orElse(Math.max(executorCores, localResources.cores()));
    }

    private static Optional<Integer> number(AttemptRequest request, SparkOption<Integer> option, String key) {
        Integer size = request.sparkSubmit().settings().get(option);
        return size != null
                ? Optional.of(size)
                : conf(request, key)
                        .filter(text -> text.matches("[1-9][0-9]{0,8}"))
                        .map(Integer::valueOf);
    }

    private static Optional<String> conf(AttemptRequest request, String key) {
        @Nullable Argument value = request.sparkSubmit().settings().conf().get(key);
        return value == null ? Optional.empty() : Optional.of(value.resolve(request.uris()));
    }

    /** The warning that steps request more than this machine has, which is common for settings meant for a cluster. */
    static String capWarning(Collection<ResourceAllocation> allocations, LocalResources localResources) {
        long memory = allocations.stream()
                .mapToLong(ResourceAllocation::requestedMebibytes)
                .max()
                .orElse(0);
        int cores = allocations.stream()
                .mapToInt(ResourceAllocation::requestedCores)
                .max()
                .orElse(0);
        boolean lacksMemory = memory > localResources.memoryMebibytes();
        boolean lacksCores = cores > localResources.cores();
        String requested = LocalResources.memoryText(memory);
        String available = LocalResources.memoryText(localResources.memoryMebibytes());
        if (lacksMemory && lacksCores) {
            return capMessage(requested + " and " + cores + " cores", available + " and " + localResources.cores());
        }
        return lacksMemory
                ? capMessage(requested + " of memory", available)
                : capMessage(cores + " cores", Integer.toString(localResources.cores()));
    }

    private static String capMessage(String requested, String available) {
        return "Steps request up to " + requested + "; capped at " + available + " on this machine.";
    }
}
