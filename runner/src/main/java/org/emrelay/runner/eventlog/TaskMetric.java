package org.emrelay.runner.eventlog;

/** A task metric to be summed. */
enum TaskMetric {
    TASKS,
    FAILED,
    DURATION,
    RUN_TIME,
    CPU_NANOSECONDS,
    GC_TIME,
    DESERIALIZATION,
    SCHEDULER_DELAY,
    FETCH_WAIT,
    INPUT_BYTES,
    INPUT_ROWS,
    OUTPUT_BYTES,
    OUTPUT_ROWS,
    SHUFFLE_READ_BYTES,
    SHUFFLE_READ_ROWS,
    SHUFFLE_WRITE_BYTES,
    SHUFFLE_WRITE_ROWS,
    MEMORY_SPILLED,
    DISK_SPILLED
}
