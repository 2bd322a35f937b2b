package org.emrelay.runner.platform.local;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.plan.SparkSubmit;
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
        return of(request.sparkSubmit(), request.uris(), localResources);
    }

    static ResourceAllocation of(SparkSubmit step, Argument.UriResolver uris, LocalResources localResources) {
        int requestedCores = requestedCores(step, uris, localResources);
        long requestedMebibytes = requestedMebibytes(step, uris);
        return new ResourceAllocation(
                Math.min(requestedCores, localResources.cores()),
                Math.min(requestedMebibytes, localResources.memoryMebibytes()),
                requestedCores,
                requestedMebibytes);
    }

    boolean isCapped() {
        return cores < requestedCores || heapMebibytes < requestedMebibytes;
    }

    private static long requestedMebibytes(SparkSubmit step, Argument.UriResolver uris) {
        return Stream.of(
                        memory(step, uris, SparkOption.DRIVER_MEMORY, "spark.driver.memory"),
                        memory(step, uris, SparkOption.EXECUTOR_MEMORY, "spark.executor.memory"))
                .flatMap(Optional::stream)
                .mapToLong(MemorySize::mebibytes)
                .max()
                .orElse(DEFAULT_MEBIBYTES);
    }

    private static Optional<MemorySize> memory(
            SparkSubmit step, Argument.UriResolver uris, SparkOption<MemorySize> option, String key) {
        MemorySize size = step.settings().get(option);
        return size != null ? Optional.of(size) : conf(step, uris, key).flatMap(MemorySize::parse);
    }

    /** Without a number of executors, dynamic allocation uses the whole cluster, so the step uses the whole machine. */
    private static int requestedCores(SparkSubmit step, Argument.UriResolver uris, LocalResources localResources) {
        int executorCores = number(step, uris, SparkOption.EXECUTOR_CORES, "spark.executor.cores")
                .orElse(1);
        return number(step, uris, SparkOption.NUM_EXECUTORS, "spark.executor.instances")
                .map(executors -> (int) Math.min(Integer.MAX_VALUE, (long) executors * executorCores))
                .orElse(Math.max(executorCores, localResources.cores()));
    }

    private static Optional<Integer> number(
            SparkSubmit step, Argument.UriResolver uris, SparkOption<Integer> option, String key) {
        Integer size = step.settings().get(option);
        return size != null
                ? Optional.of(size)
                : conf(step, uris, key)
                        .filter(text -> text.matches("[1-9][0-9]{0,8}"))
                        .map(Integer::valueOf);
    }

    private static Optional<String> conf(SparkSubmit step, Argument.UriResolver uris, String key) {
        @Nullable Argument value = step.settings().conf().get(key);
        return value == null ? Optional.empty() : Optional.of(value.resolve(uris));
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
