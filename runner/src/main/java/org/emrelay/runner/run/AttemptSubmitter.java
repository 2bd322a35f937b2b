package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.emrelay.runner.platform.EventLogs;
import org.emrelay.runner.platform.SubmissionMode;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.Event.AttemptFailed;
import org.emrelay.runner.run.Event.AttemptSubmitted;
import org.emrelay.runner.run.Event.AttemptWithdrawn;
import org.emrelay.runner.run.Event.StepFailed;

/** Prepares the attempts to submit: journals them, clears their outputs, and makes the requests. */
final class AttemptSubmitter {
    private final Run run;
    private final Workspace workspace;
    private final SubmissionMode mode;
    private final StepGraph graph;
    private final Outputs outputs;
    private final RunLog log;
    private final Clock clock;

    /** Steps that must not overwrite the data at their output URI. They fail only once they are ready, after a second check. */
    private final Map<StepName, StepFailed> refusals = new HashMap<>();

    AttemptSubmitter(
            Run run,
            Workspace workspace,
            SubmissionMode mode,
            StepGraph graph,
            Outputs outputs,
            RunLog log,
            Clock clock) {
        this.run = run;
        this.workspace = workspace;
        this.mode = mode;
        this.graph = graph;
        this.outputs = outputs;
        this.log = log;
        this.clock = clock;
    }

    /** The requests to submit now. Journals first: every attempt known to the platform must be in the journal. */
    List<AttemptRequest> prepare(List<StepName> steps) throws IOException {
        RunUris uris = uris();
        List<Event> events = new ArrayList<>();
        Set<StepName> heldBack = new HashSet<>();
        int freeSlots = mode.maxActive() - log.state().active().size();
        for (StepName name : steps) {
            boolean isReady = Collections.disjoint(graph.dependencies(name), steps) && !hasActiveBefore(name);
            if (freeSlots <= 0
                    || !Collections.disjoint(graph.dependencies(name), heldBack)
                    || (!isReady && refusals.containsKey(name))) {
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
                refusals.put(name, failure);
                events.addAll(isReady ? List.of(failure) : List.of());
            }
        }
        log.add(events);
        return requests(
                events.stream()
                        .filter(AttemptSubmitted.class::isInstance)
                        .map(submitted -> ((AttemptSubmitted) submitted).attempt())
                        .toList(),
                uris);
    }

    /** The failures of steps that are not submitted because of the data at their output URI. */
    List<StepFailed> refusals() {
        return List.copyOf(refusals.values());
    }

    private boolean hasActiveBefore(StepName name) {
        return graph.dependencies(name).stream()
                .anyMatch(needed -> log.state().phase(needed).isActive());
    }

    private List<AttemptRequest> requests(List<AttemptId> attempts, RunUris uris) throws IOException {
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
        createEventLogs(requests);
        return requests;
    }

    private void createEventLogs(List<AttemptRequest> requests) throws IOException {
        workspace.inParallel(requests.stream()
                .filter(request ->
                        EventLogs.areOurs(graph.step(request.attempt().step()).sparkSubmit()))
                .<Workspace.IoTask>map(
                        request -> () -> workspace.write(EventLogs.marker(run.id(), request.attempt()), new byte[0]))
                .toList());
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
            workspace.clear(uri);
            return true;
        } catch (IOException exception) {
            String reason = "its output location " + uri + " cannot be cleared: " + Outputs.describe(exception);
            log.add(new AttemptFailed(clock.instant(), attempt, Failure.of(reason, "", "")));
            return false;
        }
    }

    /** The request for an attempt that is not submitted yet. */
    AttemptRequest request(AttemptId attempt) {
        return request(attempt, uris());
    }

    private AttemptRequest request(AttemptId attempt, RunUris uris) {
        PlannedStep step = graph.step(attempt.step());
        String eventLogs = workspace.uri(EventLogs.of(run.id(), attempt));
        return new AttemptRequest(attempt, EventLogs.added(step.sparkSubmit(), eventLogs), uris, onFailure(step));
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

    AttemptId nextAttempt(StepName step) {
        return new AttemptId(step, log.state().step(step).submittedAttempts() + 1);
    }

    private RunUris uris() {
        return new RunUris(run, log.state(), workspace);
    }
}
