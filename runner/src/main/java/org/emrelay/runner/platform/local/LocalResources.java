package org.emrelay.runner.platform.local;

import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlaceholderUris;
import org.emrelay.runner.plan.PlannedStep;

/**
 * The cores and memory of this machine that steps may use.
 *
 * @param memoryMebibytes the total heap of all steps that run concurrently
 */
public record LocalResources(int cores, long memoryMebibytes) {
    private static final int MEBIBYTES_PER_GIBIBYTE = 1024;

    public LocalResources {
        if (cores < 1 || memoryMebibytes < 1) {
            throw new IllegalArgumentException(
                    "invalid resources: " + cores + " cores and " + memoryMebibytes + " MiB of memory");
        }
    }

    /** What the steps of a plan use at most at a time. */
    LocalResources neededBy(ExecutionPlan plan) {
        PlaceholderUris uris = PlaceholderUris.forDisplay(plan);
        List<ResourceAllocation> steps = plan.steps().stream()
                .filter(PlannedStep::runs)
                .map(step -> ResourceAllocation.of(step.sparkSubmit(), uris, this))
                .toList();
        int atOnce = plan.isChain() ? 1 : cores;
        return new LocalResources(
                (int) Math.min(cores, sumOfLargest(atOnce, steps.stream().mapToLong(ResourceAllocation::cores))),
                Math.min(
                        memoryMebibytes,
                        sumOfLargest(atOnce, steps.stream().mapToLong(ResourceAllocation::heapMebibytes))));
    }

    private static long sumOfLargest(int count, LongStream numbers) {
        return Math.max(1, numbers.map(number -> -number).sorted().limit(count).sum() * -1);
    }

    /** Formats an amount of memory for display: {@code 8G}, {@code 11.8G}, {@code 512m}. */
    static String memoryText(long mebibytes) {
        if (mebibytes < MEBIBYTES_PER_GIBIBYTE) {
            return mebibytes + "m";
        } else if (mebibytes % MEBIBYTES_PER_GIBIBYTE == 0) {
            return mebibytes / MEBIBYTES_PER_GIBIBYTE + "G";
        }
        return String.format(Locale.ROOT, "%.1fG", mebibytes / (double) MEBIBYTES_PER_GIBIBYTE);
    }
}
