package org.emrelay.runner.run;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.Platform;

/** Removes steps from a run that its platform executes without a runner, including queued and running ones. */
public final class DetachedStepRemover implements StepRemover {
    private final Run run;
    private final Clock clock;
    private final Journal journal;
    private final RunLog log;
    private final ExecutionLoop loop;
    private final Closeable lock;

    private DetachedStepRemover(Run run, Clock clock, Journal journal, RunLog log, ExecutionLoop loop, Closeable lock) {
        this.run = run;
        this.clock = clock;
        this.journal = journal;
        this.log = log;
        this.loop = loop;
        this.lock = lock;
    }

    /**
     * Reattaches to the run and journals the changes since the last runner detached.
     *
     * @param lock keeps out other runners, until the result is closed
     */
    public static StepRemover open(
            Run run, Platform platform, Journals journals, Clock clock, RunListener listener, Closeable lock)
            throws IOException {
        Journal journal = journals.open(run.id());
        try {
            RunLog log = new RunLog(run, journal, journals.location(run.id()), listener);
            Interrupt noInterrupt = new Interrupt(InterruptPolicy.CANCEL);
            ExecutionLoop loop = new ExecutionLoop(
                    run,
                    platform,
                    clock,
                    null,
                    listener,
                    noInterrupt,
                    log,
                    new NoticeQueue(text -> {}, run.plan()),
                    ProfileReader::onDaemonThread);
            loop.resume();
            return new DetachedStepRemover(run, clock, journal, log, loop, lock);
        } catch (IOException | RuntimeException failure) {
            journal.close();
            throw failure;
        }
    }

    @Override
    public StepRemoval preview(Set<StepName> named, boolean cancel) throws IOException {
        if (!log.state().active().isEmpty()) {
            loop.poll();
        }
        return StepRemoval.of(run, log.state(), named, cancel);
    }

    /**
     * Removes the steps and waits until the stopped ones have ended. Checks again first: steps may have started
     * while the user was prompted.
     */
    @Override
    public StepRemoval execute(Set<StepName> named, boolean cancel) throws IOException {
        StepRemoval removal = preview(named, cancel);
        List<StepName> active = removal.steps().stream()
                .filter(step -> log.state().phase(step).isActive())
                .toList();
        if (!active.isEmpty()) {
            loop.stopAndAwait(active, StepRemoval.REASON);
        }
        List<StepName> endedBefore = active.stream()
                .filter(step -> log.state().phase(step).isSettled())
                .toList();
        List<StepName> removed = removal.steps().stream()
                .filter(step -> !endedBefore.contains(step))
                .toList();
        log.add(StepRemoval.events(log.state(), removed, clock.instant()));
        return new StepRemoval(removed, removal.running(), endedBefore, removal.refusal());
    }

    @Override
    public void close() throws IOException {
        try (lock;
                loop) {
            journal.close();
        }
    }
}
