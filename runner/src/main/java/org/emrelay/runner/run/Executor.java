package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.run.Event.Outcome;
import org.emrelay.runner.run.Event.RunBegan;
import org.emrelay.runner.run.Event.RunContinued;
import org.emrelay.runner.run.RunResult.Status;
import org.jspecify.annotations.Nullable;

/**
 * Carries a run out, or goes on with one: settles what runs, then hands over to the platform whatever can start, until nothing is left.
 * All that it knows is in the journal before it counts, so it may be killed at any moment.
 */
public final class Executor {
    private final Run run;
    private final Platform platform;
    private final Journals journals;
    private final Clock clock;
    private final RunListener listener;
    private final Interrupt interrupt;
    private final CountDownLatch finished = new CountDownLatch(1);

    /** For one execution: another one of the same run takes another executor. */
    public Executor(Run run, Platform platform, Journals journals, Clock clock, RunListener listener) {
        this(run, platform, journals, clock, listener, InterruptPolicy.CANCEL);
    }

    /** For one execution, on a platform that may go on without us. */
    public Executor(
            Run run,
            Platform platform,
            Journals journals,
            Clock clock,
            RunListener listener,
            InterruptPolicy onInterrupt) {
        this.run = Objects.requireNonNull(run, "run");
        this.platform = Objects.requireNonNull(platform, "platform");
        this.journals = Objects.requireNonNull(journals, "journals");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.interrupt = new Interrupt(onInterrupt);
    }

    /**
     * Runs what is not done yet. A run that has ended well is only reported again, unless something is chosen.
     *
     * @throws SelectionException when what was chosen cannot run; no step has started then
     * @throws CorruptRunException when what is recorded of the run, or of the one that it resumes, cannot be read
     * @throws RunLockedException when somebody else has taken the run over: nothing more was done from here then
     */
    public RunResult execute(Selection selection) throws IOException, SelectionException {
        try (Journal journal = journals.open(run.id())) {
            selection.check(run.plan());
            RunLog log = new RunLog(run, journal, journals.place(run.id()), listener);
            listener.taken(run, log.state());
            RunResult result = log.state().outcome() == Outcome.DONE && selection.isNone()
                    ? RunResult.of(run, log.state(), platform.workspace(), platform)
                    : execute(selection, log);
            listener.ended(result);
            return result;
        } finally {
            finished.countDown();
        }
    }

    /**
     * Asks the execution, from another thread, to stop: its attempts are cancelled or left to go on, as was chosen, and the run can be gone on with.
     *
     * @return whether that was done in this time
     */
    public boolean interrupt(Duration atMost) throws InterruptedException {
        interrupt.happens();
        return finished.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private RunResult execute(Selection selection, RunLog log) throws IOException, SelectionException {
        ExecutionLoop execution = new ExecutionLoop(run, platform, clock, listener, interrupt, log);
        execution.takeUp();
        Status status = open(selection, log, execution) ? execution.carryOut() : interrupt.status();
        DetachedRisks unwatched = status == Status.DETACHED
                ? DetachedRisks.of(run, log.state(), platform.manner())
                : DetachedRisks.NOTHING;
        return RunResult.of(run, log.state(), platform.workspace(), platform, status, unwatched);
    }

    /** Settles what runs; answers whether it came to that before an interruption. */
    private boolean open(Selection selection, RunLog log, ExecutionLoop execution)
            throws IOException, SelectionException {
        StepGraph graph = new StepGraph(run.plan());
        PreviousResults earlier = earlier(log.state());
        Instant now = clock.instant();
        RunInitializer opening = RunInitializer.of(graph, log.state(), selection, earlier, now);
        if (!opening.stop().isEmpty()) {
            execution.stopAndAwait(opening.stop(), "runs again");
            if (interrupt.hasHappened()) {
                return false;
            }
            opening = RunInitializer.of(graph, log.state(), selection, earlier(log.state()), now);
        }
        List<Event> events = new ArrayList<>();
        if (log.state().hasBegun()) {
            events.add(new RunContinued(now));
            events.addAll(opening.events());
        } else {
            events.addAll(opening.events());
            events.add(new RunBegan(now));
        }
        log.add(events);
        return true;
    }

    /** What can be taken over: this run's own results once it has begun, else those of the run that it resumes. */
    private @Nullable PreviousResults earlier(RunState state) throws IOException {
        RunId resumed = run.resumedFrom();
        if (state.hasBegun()) {
            return PreviousResults.of(run, state, platform.workspace());
        } else if (resumed == null) {
            return null;
        }
        Run earlierRun = new RunStore(platform.workspace()).load(resumed);
        RunState earlierState = RunState.of(earlierRun, journals);
        return PreviousResults.of(earlierRun, earlierState, platform.workspace());
    }
}
