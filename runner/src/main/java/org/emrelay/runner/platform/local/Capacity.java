package org.emrelay.runner.platform.local;

/** What is taken of this machine by the steps that run now. Its user holds a lock. */
final class Capacity {
    private final Machine machine;
    private int running;
    private long heapMebibytes;

    Capacity(Machine machine) {
        this.machine = machine;
    }

    /** Why a step cannot start now, for people; empty when it can. */
    String lacksFor(Allotment allotment) {
        if (running >= machine.cores()) {
            return "waiting for a core: " + running + " of " + machine.cores() + " are busy";
        } else if (allotment.heapMebibytes() > freeMebibytes()) {
            return "waiting for memory: it needs " + Machine.memoryText(allotment.heapMebibytes()) + ", and "
                    + Machine.memoryText(freeMebibytes()) + " of " + Machine.memoryText(machine.memoryMebibytes())
                    + " are free";
        }
        return "";
    }

    private long freeMebibytes() {
        return machine.memoryMebibytes() - heapMebibytes;
    }

    void take(Allotment allotment) {
        running++;
        heapMebibytes += allotment.heapMebibytes();
    }

    void giveBack(Allotment allotment) {
        running--;
        heapMebibytes -= allotment.heapMebibytes();
    }
}
