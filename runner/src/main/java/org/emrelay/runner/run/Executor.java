package org.emrelay.runner.run;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.run.Event.Outcome;
import org.emrelay.runner.run.Event.RunBegan;
import org.emrelay.runner.run.Event.RunContinued;
import org.emrelay.runner.run.RunResult.Status;
import org.jspecify.annotations.Nullable;

/**
 * Executes a run, or continues it. Decides which steps run, then submits whatever can start until all steps are
 * settled. Every event is journalled before it takes effect, so the process can be killed at any moment.
 */
public final class Executor {
    private final Run run;
    private final Platform platform;
    private final Journals journals;
    private final Clock clock;
    private final @Nullable BigDecimal maxCost;
    private final RunListener listener;
    private final Interrupt interrupt;
    private final NoticeQueue notices;
    private final Consumer<Runnable> background;
    private final CountDownLatch finished = new CountDownLatch(1);

    /**
     * @param notices the platform's, to be journalled
     */
    public Executor(
            Run run,
            Platform platform,
            Journals journals,
            Clock clock,
            RunListener listener,
            ExecutionPolicy policy,
            NoticeQueue notices) {
        this(run, platform, journals, clock, listener, policy, notices, ProfileReader::onDaemonThread);
    }

    /** @param background executes what steps do not wait for */
    Executor(
            Run run,
            Platform platform,
            Journals journals,
            Clock clock,
            RunListener listener,
            ExecutionPolicy policy,
            NoticeQueue notices,
            Consumer<Runnable> background) {
        this.run = Objects.requireNonNull(run, "run");
        this.platform = Objects.requireNonNull(platform, "platform");
        this.journals = Objects.requireNonNull(journals, "journals");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.maxCost = policy.maxCost();
        this.interrupt = new Interrupt(policy.onInterrupt());
        this.notices = Objects.requireNonNull(notices, "notices");
        this.background = Objects.requireNonNull(background, "background");
    }

    /**
     * Runs all steps that are not done. For a run that is done, only returns its result, unless steps are selected.
     *
     * @throws SelectionException when the selected steps cannot run; no step has started
     * @throws CorruptRunException when the record of the run, or of the run it resumes, cannot be read
     * @throws RunLockedException when another process has taken over the run; this one has stopped
     */
    public RunResult execute(Selection selection) throws IOException, SelectionException {
        try (Journal journal = journals.open(run.id())) {
            Selection selected = selection.in(run.plan());
            RunLog log = new RunLog(run, journal, journals.location(run.id()), listener);
            listener.opened(run, log.state());
            RunResult result = log.state().outcome() == Outcome.DONE && selected.isNone()
                    ? RunResult.of(run, log.state(), platform.workspace())
                    : execute(selected, log);
            listener.ended(result);
            return result;
        } finally {
            finished.countDown();
        }
    }

    /**
     * Interrupts the execution from another thread: applies the {@link InterruptPolicy} to its attempts. The run
     * can be continued later.
     *
     * @return whether the execution ended within the timeout
     */
    public boolean interrupt(Duration timeout) throws InterruptedException {
        interrupt.trigger();
        return finished.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private RunResult execute(Selection selection, RunLog log) throws IOException, SelectionException {
        Status status;
        try (ExecutionLoop loop =
                new ExecutionLoop(run, platform, clock, maxCost, listener, interrupt, log, notices, background)) {
            loop.resume();
            status = interrupt.status();
            if (initialize(selection, log, loop)) {
                loop.prepare();
                status = loop.execute();
            }
            if (!interrupt.isTriggered() || interrupt.isOverLimit()) {
                loop.awaitProfiles();
            }
            loop.recordFacts();
        }
        DetachedRisks detachedRisks = status == Status.DETACHED
                ? DetachedRisks.of(run, log.state(), platform.submissionMode())
                : DetachedRisks.NONE;
        return RunResult.of(run, log.state(), platform.workspace(), status, detachedRisks);
    }

    /** Decides which steps run. Returns false if interrupted before that. */
    private boolean initialize(Selection selection, RunLog log, ExecutionLoop loop)
            throws IOException, SelectionException {
        StepGraph graph = new StepGraph(run.plan());
        PreviousResults previous = previousResults(log.state(), selection);
        Instant now = clock.instant();
        RunInitializer initializer = RunInitializer.of(graph, log.state(), selection, previous, now);
        if (!initializer.stepsToStop().isEmpty()) {
            loop.stopAndAwait(initializer.stepsToStop(), "runs again");
            if (interrupt.isTriggered()) {
                return false;
            }
            initializer =
                    RunInitializer.of(graph, log.state(), selection, previousResults(log.state(), selection), now);
        }
        List<Event> events = new ArrayList<>();
        if (log.state().hasBegun()) {
            events.add(new RunContinued(now));
            events.addAll(initializer.events());
        } else {
            events.addAll(initializer.events());
            events.add(new RunBegan(now));
        }
        log.add(events);
        return true;
    }

    /** The results that can be reused: this run's own once it has begun, otherwise those of earlier runs. */
    private @Nullable PreviousResults previousResults(RunState state, Selection selection) throws IOException {
        return state.hasBegun()
                ? PreviousResults.of(run, state, platform.workspace())
                : ResultHistory.results(run, selection, journals, platform.workspace());
    }
}
