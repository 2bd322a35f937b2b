package org.emrelay.runner.eventlog;

import java.io.IOException;

/** The end of a task. */
final class FinishedTask {
    private static final int MAX_ID = 64;

    /** How a task ended. */
    enum Outcome {
        SUCCEEDED,
        FAILED,
        KILLED,
        /** The task had succeeded, but its output was lost, so Spark reports its end a second time. */
        RESUBMITTED;

        static Outcome of(String reason) {
            return switch (reason) {
                case "Success" -> SUCCEEDED;
                // The same as in Spark's UI.
                case "TaskKilled", "TaskCommitDenied" -> KILLED;
                case "Resubmitted" -> RESUBMITTED;
                default -> FAILED;
            };
        }
    }

    private final EventFields fields;
    private final TaskSums sums = new TaskSums();
    private final ExecutorMemory memory = new ExecutorMemory();
    private int stage;
    private int stageAttempt;
    private long id;
    private String executor = "";
    private Outcome outcome = Outcome.SUCCEEDED;
    private long launch;
    private long finish;
    private long gettingResult;
    private long serialization;
    private boolean measured;

    private FinishedTask(EventFields fields) {
        this.fields = fields;
    }

    static FinishedTask parse(EventFields fields) throws IOException {
        FinishedTask task = new FinishedTask(fields);
        fields.forEachRemaining(task::visit);
        task.complete();
        return task;
    }

    private void visit(String name) throws IOException {
        switch (name) {
            case "Stage ID" -> stage = fields.integer();
            case "Stage Attempt ID" -> stageAttempt = fields.integer();
            case "Task End Reason" -> fields.forEach(this::visitReason);
            case "Task Info" -> fields.forEach(this::visitInfo);
            case "Task Executor Metrics" -> memory.parse(fields);
            case "Task Metrics" -> {
                measured = true;
                fields.forEach(this::visitMetrics);
            }
            default -> {}
        }
    }

    private void visitReason(String name) throws IOException {
        if (name.equals("Reason")) {
            outcome = Outcome.of(fields.text(MAX_ID));
        }
    }

    private void visitInfo(String name) throws IOException {
        switch (name) {
            case "Task ID" -> id = fields.number();
            case "Executor ID" -> executor = fields.text(MAX_ID);
            case "Launch Time" -> launch = fields.time();
            case "Getting Result Time" -> gettingResult = fields.time();
            case "Finish Time" -> finish = fields.time();
            default -> {}
        }
    }

    private void visitMetrics(String name) throws IOException {
        switch (name) {
            case "Executor Run Time" -> add(TaskMetric.RUN_TIME);
            case "Executor CPU Time" -> add(TaskMetric.CPU_NANOSECONDS);
            case "JVM GC Time" -> add(TaskMetric.GC_TIME);
            case "Executor Deserialize Time" -> add(TaskMetric.DESERIALIZATION);
            case "Result Serialization Time" -> serialization = fields.number();
            case "Memory Bytes Spilled" -> add(TaskMetric.MEMORY_SPILLED);
            case "Disk Bytes Spilled" -> add(TaskMetric.DISK_SPILLED);
            case "Input Metrics" -> bytesAndRows(TaskMetric.INPUT_BYTES, TaskMetric.INPUT_ROWS);
            case "Output Metrics" -> bytesAndRows(TaskMetric.OUTPUT_BYTES, TaskMetric.OUTPUT_ROWS);
            case "Shuffle Read Metrics" -> fields.forEach(this::visitShuffleRead);
            case "Shuffle Write Metrics" -> fields.forEach(this::visitShuffleWrite);
            default -> {}
        }
    }

    private void bytesAndRows(TaskMetric bytes, TaskMetric rows) throws IOException {
        fields.forEach(name -> {
            if (name.startsWith("Bytes")) {
                add(bytes);
            } else if (name.startsWith("Records")) {
                add(rows);
            }
        });
    }

    private void visitShuffleRead(String name) throws IOException {
        switch (name) {
            case "Remote Bytes Read", "Local Bytes Read" -> add(TaskMetric.SHUFFLE_READ_BYTES);
            case "Total Records Read" -> add(TaskMetric.SHUFFLE_READ_ROWS);
            case "Fetch Wait Time" -> add(TaskMetric.FETCH_WAIT);
            default -> {}
        }
    }

    private void visitShuffleWrite(String name) throws IOException {
        switch (name) {
            case "Shuffle Bytes Written" -> add(TaskMetric.SHUFFLE_WRITE_BYTES);
            case "Shuffle Records Written" -> add(TaskMetric.SHUFFLE_WRITE_ROWS);
            default -> {}
        }
    }

    private void add(TaskMetric metric) throws IOException {
        sums.add(metric, fields.number());
    }

    private void complete() {
        sums.add(TaskMetric.TASKS, 1);
        sums.add(TaskMetric.FAILED, outcome == Outcome.FAILED ? 1 : 0);
        sums.add(TaskMetric.DURATION, duration());
        sums.add(TaskMetric.SCHEDULER_DELAY, schedulerDelay());
    }

    long duration() {
        return launch > 0 && finish > launch ? finish - launch : 0;
    }

    /** Computes the delay like Spark's UI, in AppStatusUtils. */
    private long schedulerDelay() {
        if (!measured) {
            return 0;
        }
        long fetching = gettingResult > 0 ? Math.max(0, finish - gettingResult) : 0;
        long delay = duration();
        for (long part :
                new long[] {sums.get(TaskMetric.RUN_TIME), sums.get(TaskMetric.DESERIALIZATION), serialization, fetching
                }) {
            delay -= Math.min(delay, part);
        }
        return delay;
    }

    StageKey stage() {
        return new StageKey(stage, stageAttempt);
    }

    long id() {
        return id;
    }

    String executor() {
        return executor;
    }

    Outcome outcome() {
        return outcome;
    }

    long launch() {
        return launch;
    }

    long finish() {
        return finish;
    }

    /** Returns the number of bytes that it read from sources and shuffles. */
    long bytesRead() {
        return TaskSums.saturated(sums.get(TaskMetric.INPUT_BYTES) + sums.get(TaskMetric.SHUFFLE_READ_BYTES));
    }

    TaskSums sums() {
        return sums;
    }

    ExecutorMemory memory() {
        return memory;
    }
}
