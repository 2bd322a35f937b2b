package org.emrelay.runner.eventlog;

import java.util.function.BooleanSupplier;

/** Limits how much of a log is read. */
final class ReadBudget {
    private final EventLogLimits limits;
    private final BooleanSupplier stopped;
    private long used;
    private boolean wasStopped;

    ReadBudget(EventLogLimits limits, BooleanSupplier stopped) {
        this.limits = limits;
        this.stopped = stopped;
    }

    boolean isLeft() {
        wasStopped = wasStopped || stopped.getAsBoolean();
        return !wasStopped && used < limits.bytes();
    }

    int atMost(int length) {
        return (int) Math.min(length, limits.bytes() - used);
    }

    void use(int bytes) {
        used += bytes;
    }

    void addGap(Gaps gaps) {
        if (wasStopped) {
            gaps.add("Reading the event log was stopped after " + Gaps.bytes(used) + ".");
        } else if (used >= limits.bytes()) {
            gaps.add("Only the first " + Gaps.bytes(used) + " of the event log was read.");
        }
    }
}
