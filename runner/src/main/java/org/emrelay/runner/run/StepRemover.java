package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.Platform;

/**
 * Removes steps from a detached run, including queued and, if requested, running ones. The caller must hold the
 * run's lease until this is closed.
 */
public final class StepRemover implements AutoCloseable {
    private final Run run;
    private final Clock clock;
    private final Journal journal;
    private final RunLog log;
    private final ExecutionLoop loop;

    private StepRemover(Run run, Clock clock, Journal journal, RunLog log, ExecutionLoop loop) {
        this.run = run;
        this.clock = clock;
        this.journal = journal;
        this.log = log;
        this.loop = loop;
    }

    /** Reattaches to the run and journals the changes since the last runner detached. */
    public static StepRemover open(Run run, Platform platform, Journals journals, Clock clock, RunListener listener)
            throws IOException {
        Objects.requireNonNull(platform, "platform");
        Journal journal = journals.open(run.id());
        try {
            RunLog log = new RunLog(run, journal, journals.location(run.id()), listener);
            Interrupt noInterrupt = new Interrupt(InterruptPolicy.CANCEL);
            ExecutionLoop loop =
                    new ExecutionLoop(run, platform, clock, listener, noInterrupt, log, new NoticeQueue(text -> {}));
            loop.resume();
            return new StepRemover(run, clock, journal, log, loop);
        } catch (IOException | RuntimeException failure) {
            journal.close();
            throw failure;
        }
    }

    /**
     * Previews the removal without removing anything.
     *
     * @param named the steps; if empty, all that have not started or, with {@code cancel}, not ended
     * @param cancel whether running steps may be stopped
     */
    public StepRemoval preview(Set<StepName> named, boolean cancel) throws IOException {
        if (!log.state().active().isEmpty()) {
            loop.poll();
        }
        return StepRemoval.of(run, log.state(), named, cancel);
    }

    /**
     * Removes the steps and waits until the stopped ones have ended. Checks again first: steps may have started
     * while the user was prompted.
     *
     * @return what was removed
     */
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
        journal.close();
    }
}
