package org.emrelay.runner.forecast;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.platform.InstanceChange;
import org.emrelay.runner.run.Event;
import org.emrelay.runner.run.Event.AttemptLost;
import org.emrelay.runner.run.Event.AttemptStarted;
import org.emrelay.runner.run.Event.AttemptSubmitted;
import org.emrelay.runner.run.Event.AttemptSucceeded;
import org.emrelay.runner.run.Event.CostRecorded;
import org.emrelay.runner.run.Event.InstanceChanged;
import org.emrelay.runner.run.Event.Outcome;
import org.emrelay.runner.run.Event.RunBegan;
import org.emrelay.runner.run.Event.RunEnded;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunState;

/** Builds a recorded run, an event per call. All times are seconds since its start. */
final class RecordedRuns {
    static final Instant START = Instant.parse("2026-11-21T03:45:12Z");

    private final ExecutionPlan plan;
    private final List<Event> events = new ArrayList<>(List.of(new RunBegan(START)));

    private RecordedRuns(ExecutionPlan plan) {
        this.plan = plan;
    }

    static RecordedRuns of(ExecutionPlan plan) {
        return new RecordedRuns(plan);
    }

    static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    private static AttemptId attempt(String step, int number) {
        return new AttemptId(new StepName(step), number);
    }

    RecordedRuns started(String step, double start) {
        return started(step, 1, start);
    }

    private RecordedRuns started(String step, int number, double start) {
        events.add(new AttemptSubmitted(START, attempt(step, number)));
        events.add(new AttemptStarted(at(start), attempt(step, number)));
        return this;
    }

    RecordedRuns step(String step, double start, double end) {
        started(step, start);
        events.add(new AttemptSucceeded(at(end), attempt(step, 1), null, null));
        return this;
    }

    /** A step whose first attempt is lost. */
    RecordedRuns retried(String step, double start, double end) {
        started(step, 1, 0);
        events.add(new AttemptLost(at(start), attempt(step, 1), "instance lost"));
        started(step, 2, start);
        events.add(new AttemptSucceeded(at(end), attempt(step, 2), null, null));
        return this;
    }

    /** An instance that is ready at the start of the run, and costs until its end. */
    RecordedRuns cost(String perHour, double end) {
        BigDecimal any = BigDecimal.ONE;
        events.add(new InstanceChanged(
                at(end),
                new InstanceChange(
                        "i-1", "m5.xlarge", true, "RUNNING", "", START, START, null, new BigDecimal(perHour))));
        events.add(new CostRecorded(at(end), null, new Cost(any, any, List.of(), true)));
        return this;
    }

    RecordedRun running() {
        return recorded(events, null);
    }

    RecordedRun done(double end) {
        List<Event> ended = new ArrayList<>(events);
        ended.add(new RunEnded(at(end), Outcome.DONE));
        return recorded(ended, at(end));
    }

    static RecordedRun done(ExecutionPlan plan, Duration step) {
        double end = step.toMillis() / 1000.0;
        return of(plan).step(plan.steps().get(0).name().value(), 0, end).done(end);
    }

    private RecordedRun recorded(List<Event> all, Instant until) {
        Run run = new Run(new RunId("20261121-034512-ab3f"), new ClusterId("local-1"), plan, null, START, null);
        return new RecordedRun(run, RunState.of(plan).after(all), until);
    }
}
