package org.emrelay.runner.eventlog;

/** The peak memory of the driver and of the executors. */
final class PeakMemory {
    static final String DRIVER = "driver";

    private final ExecutorMemory driver = new ExecutorMemory();
    private final ExecutorMemory executors = new ExecutorMemory();

    void add(String executor, ExecutorMemory memory) {
        (executor.equals(DRIVER) ? driver : executors).max(memory);
    }

    ExecutorMemory ofDriver() {
        return driver;
    }

    ExecutorMemory ofExecutors(boolean local) {
        return local ? driver : executors;
    }
}
