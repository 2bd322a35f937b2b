package org.emrelay.runner.platform.local;

import java.util.Collection;

/** Says that steps get less than they ask for, as sizes that are meant for a cluster do on one machine. */
final class CapWarning {

    private CapWarning() {}

    static String text(Collection<ResourceAllocation> allotments, LocalResources machine) {
        long memory = allotments.stream()
                .mapToLong(ResourceAllocation::askedMebibytes)
                .max()
                .orElse(0);
        int cores = allotments.stream()
                .mapToInt(ResourceAllocation::askedCores)
                .max()
                .orElse(0);
        boolean lacksMemory = memory > machine.memoryMebibytes();
        boolean lacksCores = cores > machine.cores();
        String asked = LocalResources.memoryText(memory);
        String given = LocalResources.memoryText(machine.memoryMebibytes());
        if (lacksMemory && lacksCores) {
            return sentence(asked + " and " + cores + " cores", given + " and " + machine.cores());
        }
        return lacksMemory
                ? sentence(asked + " of memory", given)
                : sentence(cores + " cores", Integer.toString(machine.cores()));
    }

    private static String sentence(String asked, String given) {
        return "Steps ask for up to " + asked + "; this machine gives " + given + ".";
    }
}
