package org.emrelay.runner.finding;

/** The kinds of findings. Of those with the same cause, only the one with the most time at stake is reported. */
public enum FindingKind {
    SKEW(Cause.PARTITION_SIZES),
    SPILL(Cause.EXECUTOR_MEMORY),
    GC_PRESSURE(Cause.EXECUTOR_MEMORY),
    IDLE_CORES(Cause.UNUSED_EXECUTORS),
    MEMORY_OVER_PROVISIONED(Cause.EXCESS_MEMORY),
    MEMORY_UNDER_PROVISIONED(Cause.EXECUTOR_MEMORY),
    TINY_TASKS(Cause.PARTITION_COUNT),
    TOO_FEW_PARTITIONS(Cause.PARTITION_COUNT),
    DRIVER_BOUND(Cause.DRIVER),
    FETCH_WAIT(Cause.SHUFFLE),
    LOST_EXECUTORS(Cause.SHUFFLE),
    SMALL_FILES(Cause.PARTITION_COUNT);

    /** The cause of a finding. Findings with the same cause have the same remedy. */
    enum Cause {
        PARTITION_SIZES,
        PARTITION_COUNT,
        EXECUTOR_MEMORY,
        EXCESS_MEMORY,
        UNUSED_EXECUTORS,
        DRIVER,
        SHUFFLE
    }

    private final Cause cause;

    FindingKind(Cause cause) {
        this.cause = cause;
    }

    Cause cause() {
        return cause;
    }
}
