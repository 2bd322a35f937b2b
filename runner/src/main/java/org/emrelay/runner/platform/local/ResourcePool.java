package org.emrelay.runner.platform.local;

/** What is taken of this machine by the steps that run now. Its user holds a lock. */
final class ResourcePool {
    private final LocalResources machine;
    private int running;
    private long heapMebibytes;

    ResourcePool(LocalResources machine) {
        this.machine = machine;
    }

    /** Why a step cannot start now, for people; empty when it can. */
    String lacksFor(ResourceAllocation allotment) {
        if (running >= machine.cores()) {
            return "waiting for a core: " + running + " of " + machine.cores() + " are busy";
        } else if (allotment.heapMebibytes() > freeMebibytes()) {
            return "waiting for memory: it needs " + LocalResources.memoryText(allotment.heapMebibytes()) + ", and "
                    + LocalResources.memoryText(freeMebibytes()) + " of "
                    + LocalResources.memoryText(machine.memoryMebibytes())
                    + " are free";
        }
        return "";
    }

    private long freeMebibytes() {
        return machine.memoryMebibytes() - heapMebibytes;
    }

    void take(ResourceAllocation allotment) {
        running++;
        heapMebibytes += allotment.heapMebibytes();
    }

    void giveBack(ResourceAllocation allotment) {
        running--;
        heapMebibytes -= allotment.heapMebibytes();
    }
}
