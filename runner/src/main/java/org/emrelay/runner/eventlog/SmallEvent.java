package org.emrelay.runner.eventlog;

import java.io.IOException;

/** The scalar fields of events that have only a few. */
final class SmallEvent {
    private static final int MAX_ID = 64;
    private static final int MAX_REASON = 300;

    private final ExecutorMemory memory = new ExecutorMemory();
    private String sparkVersion = "";
    private String application = "";
    private String executor = "";
    private String reason = "";
    private long time;
    private int cores;
    private int stage;
    private int stageAttempt;
    private long task;
    private long launch;
    private long storage;

    private SmallEvent() {}

    static SmallEvent parse(EventFields fields) throws IOException {
        SmallEvent event = new SmallEvent();
        fields.forEachRemaining(name -> event.visit(name, fields));
        return event;
    }

    private void visit(String name, EventFields fields) throws IOException {
        switch (name) {
            case "Spark Version" -> sparkVersion = fields.text(MAX_ID);
            case "App ID" -> application = fields.text(MAX_ID);
            case "Executor ID" -> executor = fields.text(MAX_ID);
            case "Removed Reason" -> reason = fields.text(MAX_REASON);
            case "Timestamp" -> time = fields.time();
            case "Stage ID" -> stage = fields.integer();
            case "Stage Attempt ID" -> stageAttempt = fields.integer();
            case "Total Cores" -> cores = fields.integer();
            case "Task ID" -> task = fields.number();
            case "Launch Time" -> launch = fields.time();
            case "Maximum Onheap Memory" -> storage = fields.number();
            case "Executor Info", "Task Info", "Block Manager ID" -> fields.forEach(inner -> visit(inner, fields));
            case "heap", "process" -> memory.visit(name, fields);
            case "Executor Metrics" -> memory.parse(fields);
            case "Executor Metrics Updated" -> memory.parseAll(fields);
            default -> {}
        }
    }

    String sparkVersion() {
        return sparkVersion;
    }

    String application() {
        return application;
    }

    String executor() {
        return executor;
    }

    String reason() {
        return reason;
    }

    long time() {
        return time;
    }

    int cores() {
        return cores;
    }

    StageKey stage() {
        return new StageKey(stage, stageAttempt);
    }

    long task() {
        return task;
    }

    long launch() {
        return launch;
    }

    /** Returns the maximum heap for storage and execution, in bytes. */
    long storage() {
        return storage;
    }

    ExecutorMemory memory() {
        return memory;
    }
}
