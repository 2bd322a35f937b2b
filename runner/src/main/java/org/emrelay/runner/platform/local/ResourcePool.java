package org.emrelay.runner.platform.local;

/** Tracks the cores and memory in use by running steps. Not thread-safe: the caller holds a lock. */
final class ResourcePool {
    private final LocalResources localResources;
    private int running;
    private long heapMebibytes;

    ResourcePool(LocalResources localResources) {
        this.localResources = localResources;
    }

    /** Why a step cannot start now, as a message for the user; empty if it can. */
    String pendingReason(ResourceAllocation allocation) {
        if (running >= localResources.cores()) {
            return "all cores are busy: " + running + " of " + localResources.cores() + " in use";
        } else if (allocation.heapMebibytes() > freeMebibytes()) {
            return "not enough memory: needs " + LocalResources.memoryText(allocation.heapMebibytes()) + ", "
                    + LocalResources.memoryText(freeMebibytes()) + " of "
                    + LocalResources.memoryText(localResources.memoryMebibytes())
                    + " free";
        }
        return "";
    }

    private long freeMebibytes() {
        return localResources.memoryMebibytes() - heapMebibytes;
    }

    void acquire(ResourceAllocation allocation) {
        running++;
        heapMebibytes += allocation.heapMebibytes();
    }

    void release(ResourceAllocation allocation) {
        running--;
        heapMebibytes -= allocation.heapMebibytes();
    }
}
