package org.emrelay.runner.eventlog;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.emrelay.runner.profile.StageProfile;

/** An attempt of a stage, with the metrics of its tasks so far. */
final class OpenStage {
    private static final int MAX_NAME = 120;
    private static final int MAX_FAILURE = 300;

    private final TaskSums sums = new TaskSums();
    private final LogarithmicHistogram durations = new LogarithmicHistogram();
    private final LogarithmicHistogram reads = new LogarithmicHistogram();
    private int id;
    private int attempt;
    private String name = "";
    private int partitions;
    private long submitted;
    private long completed;
    private String failure = "";
    private int running;

    /** Reads the object {@code Stage Info}. */
    static OpenStage parse(EventFields fields) throws IOException {
        OpenStage stage = new OpenStage();
        fields.forEach(field -> stage.visit(field, fields));
        return stage;
    }

    private void visit(String field, EventFields fields) throws IOException {
        switch (field) {
            case "Stage ID" -> id = fields.integer();
            case "Stage Attempt ID" -> attempt = fields.integer();
            case "Stage Name" -> name = fields.text(MAX_NAME);
            case "Number of Tasks" -> partitions = fields.integer();
            case "Submission Time" -> submitted = fields.time();
            case "Completion Time" -> completed = fields.time();
            case "Failure Reason" -> failure = fields.text(MAX_FAILURE);
            default -> {}
        }
    }

    void complete(OpenStage completion) {
        submitted = completion.submitted;
        completed = Math.max(1, completion.completed);
        failure = completion.failure;
    }

    void startTask() {
        running++;
    }

    void add(FinishedTask task) {
        running--;
        sums.add(task.sums());
        if (task.outcome() == FinishedTask.Outcome.SUCCEEDED) {
            durations.add(task.duration());
            reads.add(task.bytesRead());
        }
    }

    /** Whether no more tasks can end. A completed stage can still have running speculative tasks. */
    boolean isOver() {
        return completed > 0 && running <= 0;
    }

    StageKey key() {
        return new StageKey(id, attempt);
    }

    long submitted() {
        return submitted;
    }

    long completed() {
        return completed;
    }

    long taskTime() {
        return sums.get(TaskMetric.DURATION);
    }

    StageProfile toProfile(long start, long end) {
        long from = submitted == 0 ? start : submitted;
        long until = completed > 1 ? completed : end;
        return new StageProfile(
                id,
                attempt,
                name,
                Instant.ofEpochMilli(from),
                Duration.ofMillis(Math.max(0, until - from)),
                partitions,
                sums.toTotals(),
                durations.spread(),
                reads.spread(),
                failure);
    }
}
