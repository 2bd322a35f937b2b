package org.emrelay.runner.run;

import java.time.Instant;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.run.Event.AttemptCancelled;
import org.emrelay.runner.run.Event.AttemptFailed;
import org.emrelay.runner.run.Event.AttemptLost;
import org.emrelay.runner.run.Event.AttemptStarted;
import org.emrelay.runner.run.Event.AttemptSubmitted;
import org.emrelay.runner.run.Event.AttemptSucceeded;
import org.emrelay.runner.run.Event.AttemptTimedOut;
import org.emrelay.runner.run.Event.AttemptWithdrawn;
import org.emrelay.runner.run.Event.Outcome;
import org.emrelay.runner.run.Event.RunBegan;
import org.emrelay.runner.run.Event.RunContinued;
import org.emrelay.runner.run.Event.RunEnded;
import org.emrelay.runner.run.Event.StepCancelled;
import org.emrelay.runner.run.Event.StepFailed;
import org.emrelay.runner.run.Event.StepReset;
import org.emrelay.runner.run.Event.StepReused;
import org.emrelay.runner.run.Event.StepRunsAgain;
import org.emrelay.runner.run.Event.StepSkipped;
import org.jspecify.annotations.Nullable;

/** {@link Event} as one line of JSON. */
final class EventJson {
    private EventJson() {}

    static Event read(String line) throws MalformedJsonException {
        return JsonFields.read(line, EventJson::event);
    }

    private static Event event(JsonFields fields) throws MalformedJsonException {
        Instant time = fields.instant("time");
        String kind = fields.text("event");
        if (kind.startsWith("run_")) {
            return runEvent(kind, time, fields);
        }
        return fields.has("attempt")
                ? attemptEvent(
                        kind, time, new AttemptId(new StepName(fields.text("step")), fields.integer("attempt")), fields)
                : stepEvent(kind, time, new StepName(fields.text("step")), fields);
    }

    private static Event runEvent(String kind, Instant time, JsonFields fields) throws MalformedJsonException {
        return switch (kind) {
            case "run_began" -> new RunBegan(time);
            case "run_continued" -> new RunContinued(time);
            case "run_ended" -> new RunEnded(time, Outcome.valueOf(fields.text("outcome")));
            default -> throw unknown(kind);
        };
    }

    private static Event stepEvent(String kind, Instant time, StepName step, JsonFields fields)
            throws MalformedJsonException {
        return switch (kind) {
            case "reused" ->
                new StepReused(
                        time,
                        step,
                        new RunId(fields.text("from")),
                        fields.text("output"),
                        fields.objectOrNull("summary", EventJson::summary),
                        fields.numberOrNull("rows"),
                        fields.text("despite"));
            case "skipped" -> new StepSkipped(time, step, fields.text("reason"), stepOrNull(fields, "blocked_by"));
            case "runs_again" -> new StepRunsAgain(time, step, fields.text("reason"));
            case "cancelled" -> new StepCancelled(time, step, fields.text("reason"));
            case "failed" -> new StepFailed(time, step, fields.text("reason"), fields.text("hint"));
            case "reset" -> new StepReset(time, step, fields.text("reason"), fields.bool("disowned"));
            default -> throw unknown(kind);
        };
    }

    private static Event attemptEvent(String kind, Instant time, AttemptId attempt, JsonFields fields)
            throws MalformedJsonException {
        return switch (kind) {
            case "attempt_submitted" -> new AttemptSubmitted(time, attempt);
            case "attempt_started" -> new AttemptStarted(time, attempt);
            case "attempt_succeeded" ->
                new AttemptSucceeded(
                        time, attempt, fields.objectOrNull("summary", EventJson::summary), fields.numberOrNull("rows"));
            case "attempt_failed" -> new AttemptFailed(time, attempt, failure(fields));
            case "attempt_timed_out" -> new AttemptTimedOut(time, attempt, failure(fields));
            case "attempt_cancelled" -> new AttemptCancelled(time, attempt, fields.text("reason"));
            case "attempt_withdrawn" -> new AttemptWithdrawn(time, attempt);
            case "attempt_lost" -> new AttemptLost(time, attempt, fields.text("reason"));
            default -> throw unknown(kind);
        };
    }

    private static MalformedJsonException unknown(String kind) {
        return new MalformedJsonException("unknown event " + kind);
    }

    private static @Nullable StepName stepOrNull(JsonFields fields, String key) throws MalformedJsonException {
        return fields.has(key) ? new StepName(fields.text(key)) : null;
    }

    private static OutputSummary summary(JsonFields fields) throws MalformedJsonException {
        return new OutputSummary(fields.number("files"), fields.number("bytes"), fields.text("digest"));
    }

    private static Failure failure(JsonFields fields) throws MalformedJsonException {
        return new Failure(
                fields.text("reason"),
                fields.text("cause"),
                fields.text("where"),
                fields.text("hint"),
                fields.text("log"));
    }

    static String write(Event event) {
        return JsonWriter.line(new EventFields(event).fields());
    }
}
