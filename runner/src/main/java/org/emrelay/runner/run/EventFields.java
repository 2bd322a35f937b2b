package org.emrelay.runner.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.run.Event.AttemptCancelled;
import org.emrelay.runner.run.Event.AttemptEvent;
import org.emrelay.runner.run.Event.AttemptFailed;
import org.emrelay.runner.run.Event.AttemptLost;
import org.emrelay.runner.run.Event.AttemptStarted;
import org.emrelay.runner.run.Event.AttemptSubmitted;
import org.emrelay.runner.run.Event.AttemptSucceeded;
import org.emrelay.runner.run.Event.AttemptTimedOut;
import org.emrelay.runner.run.Event.AttemptWithdrawn;
import org.emrelay.runner.run.Event.RunBegan;
import org.emrelay.runner.run.Event.RunContinued;
import org.emrelay.runner.run.Event.RunEnded;
import org.emrelay.runner.run.Event.StepCancelled;
import org.emrelay.runner.run.Event.StepEvent;
import org.emrelay.runner.run.Event.StepFailed;
import org.emrelay.runner.run.Event.StepReset;
import org.emrelay.runner.run.Event.StepReused;
import org.emrelay.runner.run.Event.StepRunsAgain;
import org.emrelay.runner.run.Event.StepSkipped;
import org.jspecify.annotations.Nullable;

/** The JSON fields of an event, as {@link EventJson} reads them. */
final class EventFields {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    EventFields(Event event) {
        put("time", event.time().toString());
        if (event instanceof AttemptEvent attempt) {
            attempt(attempt);
        } else if (event instanceof StepEvent step) {
            step(step);
        } else {
            run(event);
        }
    }

    Map<String, Object> fields() {
        return fields;
    }

    private void put(String key, @Nullable Object value) {
        if (value != null) {
            fields.put(key, value);
        }
    }

    private void run(Event event) {
        if (event instanceof RunBegan) {
            put("event", "run_began");
        } else if (event instanceof RunContinued) {
            put("event", "run_continued");
        } else if (event instanceof RunEnded ended) {
            put("event", "run_ended");
            put("outcome", ended.outcome().name());
        }
    }

    private void step(StepEvent event) {
        if (event instanceof StepReused reused) {
            kind("reused", event);
            reused(reused);
        } else if (event instanceof StepSkipped skipped) {
            kind("skipped", event);
            put("reason", skipped.reason());
            put(
                    "blocked_by",
                    skipped.blockedBy() == null ? null : skipped.blockedBy().value());
        } else if (event instanceof StepRunsAgain rerun) {
            kind("runs_again", event);
            put("reason", rerun.reason());
        } else if (event instanceof StepCancelled cancelled) {
            kind("cancelled", event);
            put("reason", cancelled.reason());
        } else if (event instanceof StepFailed failed) {
            kind("failed", event);
            put("reason", failed.reason());
            put("hint", failed.hint());
        } else if (event instanceof StepReset reset) {
            kind("reset", event);
            put("reason", reset.reason());
            put("disowned", reset.disowned());
        }
    }

    private void kind(String kind, StepEvent event) {
        put("event", kind);
        put("step", event.step().value());
    }

    private void reused(StepReused reused) {
        put("from", reused.from().value());
        put("output", reused.output());
        summary(reused.summary());
        put("rows", reused.rows());
        put("despite", reused.staleReason());
    }

    private void attempt(AttemptEvent event) {
        if (event instanceof AttemptSubmitted) {
            attempt("attempt_submitted", event);
        } else if (event instanceof AttemptStarted) {
            attempt("attempt_started", event);
        } else if (event instanceof AttemptSucceeded succeeded) {
            attempt("attempt_succeeded", event);
            summary(succeeded.summary());
            put("rows", succeeded.rows());
        } else if (event instanceof AttemptFailed failed) {
            attempt("attempt_failed", event);
            failure(failed.failure());
        } else if (event instanceof AttemptTimedOut timedOut) {
            attempt("attempt_timed_out", event);
            failure(timedOut.failure());
        } else if (event instanceof AttemptCancelled cancelled) {
            attempt("attempt_cancelled", event);
            put("reason", cancelled.reason());
        } else if (event instanceof AttemptWithdrawn) {
            attempt("attempt_withdrawn", event);
        } else if (event instanceof AttemptLost lost) {
            attempt("attempt_lost", event);
            put("reason", lost.reason());
        }
    }

    private void attempt(String kind, AttemptEvent event) {
        kind(kind, event);
        put("attempt", event.attempt().number());
    }

    private void summary(@Nullable OutputSummary summary) {
        if (summary != null) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("files", summary.files());
            fields.put("bytes", summary.bytes());
            fields.put("digest", summary.digest());
            put("summary", fields);
        }
    }

    private void failure(Failure failure) {
        put("reason", failure.reason());
        put("cause", failure.cause());
        put("where", failure.where());
        put("hint", failure.hint());
        put("log", failure.log());
    }
}
