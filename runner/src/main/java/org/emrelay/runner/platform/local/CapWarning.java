package org.emrelay.runner.platform.local;

import java.util.Collection;

/**
 * The warning that steps request more resources than this machine has.
 *
 * <p>This is common for settings meant for a cluster.
 */
final class CapWarning {

    private CapWarning() {}

    static String text(Collection<ResourceAllocation> allocations, LocalResources localResources) {
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
            return message(requested + " and " + cores + " cores", available + " and " + localResources.cores());
        }
        return lacksMemory
                ? message(requested + " of memory", available)
                : message(cores + " cores", Integer.toString(localResources.cores()));
    }

    private static String message(String requested, String available) {
        return "Steps request up to " + requested + "; capped at " + available + " on this machine.";
    }
}
