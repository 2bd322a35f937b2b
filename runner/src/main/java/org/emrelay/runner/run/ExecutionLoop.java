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

/** The loop that carries a settled run out: look, decide, act, wait. */
final class ExecutionLoop {
    private final Run run;
    private final Platform platform;
    private final Clock clock;
    private final RunListener listener;
    private final Interrupt interrupt;
    private final RunLog log;
    private final StepGraph graph;
    private final Outputs outputs;
    private final AttemptTracker watch;
    /** Steps at whose output's place somebody else's result lies: that is told, and looked at again, when their turn has come. */
    private final Set<StepName> occupied = new HashSet<>();

    private @Nullable AttemptId expected;

    ExecutionLoop(Run run, Platform platform, Clock clock, RunListener listener, Interrupt interrupt, RunLog log) {
        this.run = run;
        this.platform = platform;
        this.clock = clock;
        this.listener = listener;
        this.interrupt = interrupt;
        this.log = log;
        this.graph = new StepGraph(run.plan());
        this.outputs = new Outputs(platform.workspace(), graph);
        this.watch = new AttemptTracker(run, platform, graph, outputs, clock);
    }

    /** Finds again, or gives up as lost, what an earlier executor had submitted. */
    void takeUp() throws IOException {
        log.add(watch.takeUp(log.state()));
    }

    void stopAndAwait(List<StepName> steps, String reason) throws IOException {
        log.confirm();
        watch.stop(steps, log.state(), reason);
        while (!interrupt.detaches()
                && log.state().active().stream().anyMatch(attempt -> steps.contains(attempt.step()))) {
            await(look());
        }
    }

    Status carryOut() throws IOException {
        while (true) {
            List<AttemptStatus> statuses = look();
            boolean stopping = interrupt.hasHappened();
            NextActions decision = NextActions.of(graph, log.state(), this::isFollowedInOrder);
            log.add(settled(decision));
            log.confirm();
            watch.stop(decision.stop(), log.state(), decision.stopReason());
            watch.stopOverdue(log.state());
            if (!stopping) {
                submit(decision.submit());
            } else if (interrupt.cancels()) {
                watch.stop(activeSteps(), log.state(), AttemptTracker.INTERRUPTED);
            }
            boolean active = !log.state().active().isEmpty();
            if (log.state().isSettled()) {
                return end();
            } else if (interrupt.detaches() || (stopping && !active)) {
                return interrupt.status();
            } else if (active) {
                expect();
                await(statuses);
            } else if (decision.submit().isEmpty()) {
                throw new IllegalStateException("nothing of " + run.id() + " can go on: "
                        + log.state().steps().keySet());
            }
        }
    }

    /** Behind one that is to stop nothing is handed over: its end would let the next one start. */
    private boolean isFollowedInOrder(StepName step) {
        return platform.manner().inOrder()
                && !(log.state().phase(step).isActive() && watch.isStopping(step, log.state()));
    }

    /** Writes down what is new. */
    List<AttemptStatus> look() throws IOException {
        log.confirm();
        List<AttemptStatus> statuses = platform.poll(run.id());
        log.add(watch.news(statuses, log.state(), interrupt.cancels()));
        return statuses;
    }

    private List<StepName> activeSteps() {
        return log.state().active().stream().map(AttemptId::step).toList();
    }

    private List<Event> settled(NextActions decision) {
        List<Event> events = new ArrayList<>();
        decision.skips()
                .forEach(skip ->
                        events.add(new StepSkipped(clock.instant(), skip.step(), skip.reason(), skip.blockedBy())));
        decision.cancels()
                .forEach(cancel -> events.add(new StepCancelled(clock.instant(), cancel.step(), cancel.reason())));
        return events;
    }

    /** The journal first: of an attempt that the platform knows, the journal must know. */
    private void submit(List<StepName> next) throws IOException {
        RunUris places = places();
        List<Event> events = new ArrayList<>();
        Set<StepName> heldBack = new HashSet<>();
        int room = platform.manner().atMost() - log.state().active().size();
        for (StepName name : next) {
            boolean isReady = Collections.disjoint(graph.dependencies(name), next) && !hasActiveBefore(name);
            if (room <= 0
                    || !Collections.disjoint(graph.dependencies(name), heldBack)
                    || (!isReady && occupied.contains(name))) {
                heldBack.add(name);
                continue;
            }
            StepFailed refusal =
                    outputs.refusal(graph.step(name), log.state().step(name), places.outputOf(name), clock.instant());
            if (refusal == null) {
                events.add(new AttemptSubmitted(clock.instant(), next(name)));
                room--;
            } else {
                heldBack.add(name);
                occupied.add(name);
                events.addAll(isReady ? List.of(refusal) : List.of());
            }
        }
        log.add(events);
        hand(
                events.stream()
                        .filter(AttemptSubmitted.class::isInstance)
                        .map(submitted -> ((AttemptSubmitted) submitted).attempt())
                        .toList(),
                places);
    }

    private boolean hasActiveBefore(StepName name) {
        return graph.dependencies(name).stream()
                .anyMatch(needed -> log.state().phase(needed).isActive());
    }

    private void hand(List<AttemptId> attempts, RunUris places) throws IOException {
        List<AttemptRequest> launches = new ArrayList<>();
        Set<StepName> without = new HashSet<>();
        for (AttemptId attempt : attempts) {
            if (!Collections.disjoint(graph.dependencies(attempt.step()), without)) {
                log.add(List.of(new AttemptWithdrawn(clock.instant(), attempt)));
                without.add(attempt.step());
            } else if (clear(attempt, places)) {
                launches.add(launch(attempt, places));
            } else {
                without.add(attempt.step());
            }
        }
        if (!launches.isEmpty()) {
            log.confirm();
            platform.submit(run.id(), launches);
        }
    }

    /** Where nobody can have written yet, looking for it would only take time: the place was made up for this run. */
    private boolean clear(AttemptId attempt, RunUris places) throws IOException {
        boolean ownPlace = graph.step(attempt.step()).output().destination() instanceof Output.Automatic;
        if (ownPlace && attempt.number() == 1) {
            return true;
        }
        String uri = places.outputOf(attempt.step());
        log.confirm();
        try {
            platform.workspace().clear(uri);
            return true;
        } catch (IOException exception) {
            String reason = "its output's place " + uri + " cannot be cleared: " + Outputs.told(exception);
            log.add(new AttemptFailed(clock.instant(), attempt, Failure.of(reason, "", "")));
            return false;
        }
    }

    private AttemptRequest launch(AttemptId attempt, RunUris places) {
        PlannedStep step = graph.step(attempt.step());
        return new AttemptRequest(attempt, step.submission(), places, afterFailure(step));
    }

    /** A platform that withdraws more than had to be gets it back; one that starts a step without its input does harm. */
    private OnAttemptFailure afterFailure(PlannedStep step) {
        OnFailure policy = step.failurePolicy().onFailure();
        if (policy == OnFailure.TERMINATE_CLUSTER
                && log.state().step(step.name()).isLastTry()) {
            return OnAttemptFailure.CLUSTER_ENDS;
        }
        boolean needed = graph.withAllBelow(Set.of(step.name())).size() > 1;
        return policy == OnFailure.CONTINUE && !needed
                ? OnAttemptFailure.NEXT_STARTS
                : OnAttemptFailure.REST_IS_WITHDRAWN;
    }

    private AttemptId next(StepName step) {
        return new AttemptId(step, log.state().step(step).attempts() + 1);
    }

    private RunUris places() {
        return new RunUris(run, log.state(), platform.workspace());
    }

    private void expect() {
        if (platform.manner().inOrder()) {
            return;
        }
        StepName likely = NextActions.likelyNext(graph, log.state()).orElse(null);
        if (likely == null || interrupt.hasHappened()) {
            return;
        }
        AttemptId attempt = next(likely);
        if (!attempt.equals(expected)) {
            expected = attempt;
            platform.expect(run.id(), launch(attempt, places()));
        }
    }

    private void await(List<AttemptStatus> statuses) {
        listener.waiting(log.state(), statuses);
        try {
            platform.awaitChange(
                    run.id(), watch.untilNextDue(log.state(), platform.manner().tick()));
        } catch (InterruptedException exception) {
            interrupt.happens();
        }
    }

    private Status end() throws IOException {
        boolean failed = log.state().steps().values().stream().anyMatch(ExecutionLoop::isFailure);
        String latest = "output/" + run.plan().pipeline() + "/latest";
        log.confirm();
        platform.workspace().write(latest, (run.id() + "\n").getBytes(StandardCharsets.UTF_8));
        log.add(new RunEnded(clock.instant(), failed ? Outcome.FAILED : Outcome.DONE));
        return failed ? Status.FAILED : Status.DONE;
    }

    private static boolean isFailure(StepState step) {
        return step.phase() == StepPhase.FAILED || step.phase() == StepPhase.CANCELLED;
    }
}
