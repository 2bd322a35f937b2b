package org.emrelay.runner.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.run.Event.AttemptFailed;
import org.emrelay.runner.run.Event.AttemptSubmitted;
import org.emrelay.runner.run.Event.AttemptWithdrawn;
import org.emrelay.runner.run.Event.Outcome;
import org.emrelay.runner.run.Event.RunEnded;
import org.emrelay.runner.run.Event.StepCancelled;
import org.emrelay.runner.run.Event.StepFailed;
import org.emrelay.runner.run.Event.StepSkipped;
import org.emrelay.runner.run.RunResult.Status;
import org.jspecify.annotations.Nullable;

/** The main loop of an execution: poll, decide, act, wait. */
final class ExecutionLoop {
    private final Run run;
    private final Platform platform;
    private final Clock clock;
    private final RunListener listener;
    private final Interrupt interrupt;
    private final RunLog log;
    private final StepGraph graph;
    private final Outputs outputs;
    private final AttemptTracker tracker;
    /**
     * Steps whose output URI already holds foreign data. They fail only once they are ready, after a second check.
     */
    private final Set<StepName> occupiedOutputs = new HashSet<>();

    private @Nullable AttemptId prewarmed;

    ExecutionLoop(Run run, Platform platform, Clock clock, RunListener listener, Interrupt interrupt, RunLog log) {
        this.run = run;
        this.platform = platform;
        this.clock = clock;
        this.listener = listener;
        this.interrupt = interrupt;
        this.log = log;
        this.graph = new StepGraph(run.plan());
        this.outputs = new Outputs(platform.workspace(), graph);
        this.tracker = new AttemptTracker(run, platform, graph, outputs, clock);
    }

    /** Reattaches to the attempts that a previous executor submitted, or records them as lost. */
    void resume() throws IOException {
        log.add(tracker.resume(log.state()));
    }

    void stopAndAwait(List<StepName> steps, String reason) throws IOException {
        log.checkOwnership();
        tracker.stop(steps, log.state(), reason);
        while (!interrupt.detaches()
                && log.state().active().stream().anyMatch(attempt -> steps.contains(attempt.step()))) {
            awaitChange(poll());
        }
    }

    Status execute() throws IOException {
        while (true) {
            List<AttemptStatus> statuses = poll();
            boolean stopping = interrupt.isTriggered();
            NextActions actions = NextActions.of(graph, log.state(), this::allowsQueueingBehind);
            log.add(skipsAndCancels(actions));
            log.checkOwnership();
            tracker.stop(actions.stop(), log.state(), actions.stopReason());
            tracker.stopOverdue(log.state());
            if (!stopping) {
                submit(actions.submit());
            } else if (interrupt.cancels()) {
                tracker.stop(activeSteps(), log.state(), AttemptTracker.INTERRUPTED);
            }
            boolean active = !log.state().active().isEmpty();
            if (log.state().isSettled()) {
                return end();
            } else if (interrupt.detaches() || (stopping && !active)) {
                return interrupt.status();
            } else if (active) {
                prewarmNext();
                awaitChange(statuses);
            } else if (actions.submit().isEmpty()) {
                throw new IllegalStateException("run " + run.id() + " cannot continue, no step is active or ready: "
                        + log.state().steps().keySet());
            }
        }
    }

    /** Queues nothing behind a step that is being stopped: its end would start the next one. */
    private boolean allowsQueueingBehind(StepName step) {
        return platform.submissionMode().sequential()
                && !(log.state().phase(step).isActive() && tracker.isStopping(step, log.state()));
    }

    /** Polls the platform and journals all changes. */
    List<AttemptStatus> poll() throws IOException {
        log.checkOwnership();
        List<AttemptStatus> statuses = platform.poll(run.id());
        log.add(tracker.newEvents(statuses, log.state(), interrupt.cancels()));
        return statuses;
    }

    private List<StepName> activeSteps() {
        return log.state().active().stream().map(AttemptId::step).toList();
    }

    private List<Event> skipsAndCancels(NextActions actions) {
        List<Event> events = new ArrayList<>();
        actions.skips()
                .forEach(skip ->
                        events.add(new StepSkipped(clock.instant(), skip.step(), skip.reason(), skip.blockedBy())));
        actions.cancels()
                .forEach(cancel -> events.add(new StepCancelled(clock.instant(), cancel.step(), cancel.reason())));
        return events;
    }

    /** Journals before it submits: every attempt known to the platform must be in the journal. */
    private void submit(List<StepName> steps) throws IOException {
        RunUris uris = uris();
        List<Event> events = new ArrayList<>();
        Set<StepName> heldBack = new HashSet<>();
        int freeSlots =
                platform.submissionMode().maxActive() - log.state().active().size();
        for (StepName name : steps) {
            boolean isReady = Collections.disjoint(graph.dependencies(name), steps) && !hasActiveBefore(name);
            if (freeSlots <= 0
                    || !Collections.disjoint(graph.dependencies(name), heldBack)
                    || (!isReady && occupiedOutputs.contains(name))) {
                heldBack.add(name);
                continue;
            }
            StepFailed failure = outputs.overwriteRefusal(
                    graph.step(name), log.state().step(name), uris.outputUri(name), clock.instant());
            if (failure == null) {
                events.add(new AttemptSubmitted(clock.instant(), nextAttempt(name)));
                freeSlots--;
            } else {
                heldBack.add(name);
                occupiedOutputs.add(name);
                events.addAll(isReady ? List.of(failure) : List.of());
            }
        }
        log.add(events);
        submitAttempts(
                events.stream()
                        .filter(AttemptSubmitted.class::isInstance)
                        .map(submitted -> ((AttemptSubmitted) submitted).attempt())
                        .toList(),
                uris);
    }

    private boolean hasActiveBefore(StepName name) {
        return graph.dependencies(name).stream()
                .anyMatch(needed -> log.state().phase(needed).isActive());
    }

    private void submitAttempts(List<AttemptId> attempts, RunUris uris) throws IOException {
        List<AttemptRequest> requests = new ArrayList<>();
        Set<StepName> notSubmitted = new HashSet<>();
        for (AttemptId attempt : attempts) {
            if (!Collections.disjoint(graph.dependencies(attempt.step()), notSubmitted)) {
                log.add(List.of(new AttemptWithdrawn(clock.instant(), attempt)));
                notSubmitted.add(attempt.step());
            } else if (clearOutput(attempt, uris)) {
                requests.add(request(attempt, uris));
            } else {
                notSubmitted.add(attempt.step());
            }
        }
        if (!requests.isEmpty()) {
            log.checkOwnership();
            platform.submit(run.id(), requests);
        }
    }

    /**
     * Skips the first attempt at an automatic output: the URI is unique to this run, so nothing can have been
     * written there.
     */
    private boolean clearOutput(AttemptId attempt, RunUris uris) throws IOException {
        boolean isAutomatic = graph.step(attempt.step()).output().destination() instanceof Output.Automatic;
        if (isAutomatic && attempt.number() == 1) {
            return true;
        }
        String uri = uris.outputUri(attempt.step());
        log.checkOwnership();
        try {
            platform.workspace().clear(uri);
            return true;
        } catch (IOException exception) {
            String reason = "its output location " + uri + " cannot be cleared: " + Outputs.describe(exception);
            log.add(new AttemptFailed(clock.instant(), attempt, Failure.of(reason, "", "")));
            return false;
        }
    }

    private AttemptRequest request(AttemptId attempt, RunUris uris) {
        PlannedStep step = graph.step(attempt.step());
        return new AttemptRequest(attempt, step.sparkSubmit(), uris, onFailure(step));
    }

    /**
     * When in doubt, withdraws the rest: withdrawn attempts are submitted again, but a step started without its
     * input does harm.
     */
    private OnAttemptFailure onFailure(PlannedStep step) {
        OnFailure policy = step.failurePolicy().onFailure();
        if (policy == OnFailure.TERMINATE_CLUSTER
                && log.state().step(step.name()).isLastAttempt()) {
            return OnAttemptFailure.TERMINATE_CLUSTER;
        }
        boolean hasDependents = graph.withDownstream(Set.of(step.name())).size() > 1;
        return policy == OnFailure.CONTINUE && !hasDependents
                ? OnAttemptFailure.CONTINUE
                : OnAttemptFailure.CANCEL_AND_WAIT;
    }

    private AttemptId nextAttempt(StepName step) {
        return new AttemptId(step, log.state().step(step).submittedAttempts() + 1);
    }

    private RunUris uris() {
        return new RunUris(run, log.state(), platform.workspace());
    }

    private void prewarmNext() {
        if (platform.submissionMode().sequential()) {
            return;
        }
        StepName next = NextActions.likelyNext(graph, log.state()).orElse(null);
        if (next == null || interrupt.isTriggered()) {
            return;
        }
        AttemptId attempt = nextAttempt(next);
        if (!attempt.equals(prewarmed)) {
            prewarmed = attempt;
            platform.prewarm(run.id(), request(attempt, uris()));
        }
    }

    private void awaitChange(List<AttemptStatus> statuses) {
        listener.waiting(log.state(), statuses);
        try {
            platform.awaitChange(
                    run.id(),
                    tracker.untilNextDeadline(
                            log.state(), platform.submissionMode().pollInterval()));
        } catch (InterruptedException exception) {
            interrupt.trigger();
        }
    }

    private Status end() throws IOException {
        boolean failed = log.state().steps().values().stream().anyMatch(ExecutionLoop::isFailure);
        String latest = "output/" + run.plan().pipeline() + "/latest";
        log.checkOwnership();
        platform.workspace().write(latest, (run.id() + "\n").getBytes(StandardCharsets.UTF_8));
        log.add(new RunEnded(clock.instant(), failed ? Outcome.FAILED : Outcome.DONE));
        return failed ? Status.FAILED : Status.DONE;
    }

    private static boolean isFailure(StepState step) {
        return step.phase() == StepPhase.FAILED || step.phase() == StepPhase.CANCELLED;
    }
}
