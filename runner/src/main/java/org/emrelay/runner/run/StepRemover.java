package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.Platform;

/**
 * Takes steps out of a run that goes on without a runner: also such as were handed to the platform ahead and, where that is wanted, such as run.
 * Whoever has it keeps other runners away until it is closed.
 */
public final class StepRemover implements AutoCloseable {
    private final Run run;
    private final Clock clock;
    private final Journal journal;
    private final RunLog log;
    private final ExecutionLoop execution;

    private StepRemover(Run run, Clock clock, Journal journal, RunLog log, ExecutionLoop execution) {
        this.run = run;
        this.clock = clock;
        this.journal = journal;
        this.log = log;
        this.execution = execution;
    }

    /** Takes the run up: what has become of its steps since somebody watched is written into its journal. */
    public static StepRemover open(Run run, Platform platform, Journals journals, Clock clock, RunListener listener)
            throws IOException {
        Objects.requireNonNull(platform, "platform");
        Journal journal = journals.open(run.id());
        try {
            RunLog log = new RunLog(run, journal, journals.place(run.id()), listener);
            Interrupt never = new Interrupt(InterruptPolicy.CANCEL);
            ExecutionLoop execution = new ExecutionLoop(run, platform, clock, listener, never, log);
            execution.takeUp();
            return new StepRemover(run, clock, journal, log, execution);
        } catch (IOException | RuntimeException failure) {
            journal.close();
            throw failure;
        }
    }

    /**
     * Looks what it would mean.
     *
     * @param named which steps; when empty, all that have not started or, with {@code cancel}, not ended
     * @param cancel whether steps that run may be stopped
     */
    public StepRemoval look(Set<StepName> named, boolean cancel) throws IOException {
        if (!log.state().active().isEmpty()) {
            execution.look();
        }
        return StepRemoval.of(run, log.state(), named, cancel);
    }

    /**
     * Does it, unless it is refused by now: things go on while a user is asked. Returns when all that was to be stopped has ended.
     *
     * @return what was done
     */
    public StepRemoval carryOut(Set<StepName> named, boolean cancel) throws IOException {
        StepRemoval removal = look(named, cancel);
        List<StepName> active = removal.steps().stream()
                .filter(step -> log.state().phase(step).isActive())
                .toList();
        if (!active.isEmpty()) {
            execution.stopAndAwait(active, StepRemoval.REASON);
        }
        List<StepName> late = active.stream()
                .filter(step -> log.state().phase(step).isSettled())
                .toList();
        List<StepName> taken =
                removal.steps().stream().filter(step -> !late.contains(step)).toList();
        log.add(StepRemoval.events(log.state(), taken, clock.instant()));
        return new StepRemoval(taken, removal.running(), late, removal.refusal());
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
