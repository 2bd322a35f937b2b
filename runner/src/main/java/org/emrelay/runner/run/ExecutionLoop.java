package org.emrelay.runner.run;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptStatus;
import org.emrelay.runner.platform.Cost;
import org.emrelay.runner.platform.Platform;
import org.emrelay.runner.run.Event.AttemptEvent;
import org.emrelay.runner.run.Event.CostRecorded;
import org.emrelay.runner.run.Event.InstanceChanged;
import org.emrelay.runner.run.Event.NoticeGiven;
import org.emrelay.runner.run.Event.Outcome;
import org.emrelay.runner.run.Event.RunEnded;
import org.emrelay.runner.run.Event.SpendingLimitReached;
import org.emrelay.runner.run.RunResult.Status;
import org.jspecify.annotations.Nullable;

/** The main loop of an execution: poll, decide, act, wait. */
final class ExecutionLoop implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LONGEST_READING = Duration.ofMinutes(1);

    private final Run run;
    private final Platform platform;
    private final Clock clock;
    private final @Nullable BigDecimal maxCost;
    private final RunListener listener;
    private final Interrupt interrupt;
    private final RunLog log;
    private final NoticeQueue notices;
    private final StepGraph graph;
    private final AttemptSubmitter submitter;
    private final AttemptTracker tracker;
    private final ProfileReader profiles;
    private @Nullable AttemptId prewarmed;

    ExecutionLoop(
            Run run,
            Platform platform,
            Clock clock,
            @Nullable BigDecimal maxCost,
            RunListener listener,
            Interrupt interrupt,
            RunLog log,
            NoticeQueue notices,
            Consumer<Runnable> background) {
        this.run = run;
        this.platform = platform;
        this.clock = clock;
        this.maxCost = maxCost;
        this.listener = listener;
        this.interrupt = interrupt;
        this.log = log;
        this.notices = notices;
        this.graph = new StepGraph(run.plan(), platform.submissionMode());
        Outputs outputs = new Outputs(run.id(), platform.workspace(), graph);
        this.submitter =
                new AttemptSubmitter(run, platform.workspace(), platform.submissionMode(), graph, outputs, log, clock);
        this.tracker = new AttemptTracker(run, platform, graph, outputs, clock, notices);
        EventLogSource eventLogs = new EventLogSource(platform.workspace(), run);
        this.profiles = new ProfileReader(eventLogs::profile, clock, background);
    }

    /**
     * Reattaches to the attempts that a previous executor submitted, or records them as lost, and reads the event logs that it did not
     * read.
     */
    void resume() throws IOException {
        log.state().steps().values().stream()
                .flatMap(step -> step.attempts().stream())
                .filter(attempt -> attempt.ended() != null && attempt.profile() == null)
                .forEach(this::requestProfile);
        record(tracker.resume(log.state()));
    }

    void stopAndAwait(List<StepName> steps, String reason) throws IOException {
        log.checkOwnership();
        tracker.stop(steps, log.state(), reason);
        while (!interrupt.detaches()
                && log.state().active().stream().anyMatch(attempt -> steps.contains(attempt.step()))) {
            awaitChange(poll());
        }
    }

    /** Lets the platform prepare for the steps that are to run. */
    void prepare() throws IOException {
        platform.prepare(
                run.id(),
                run.plan().steps().stream()
                        .filter(step -> log.state().phase(step.name()) == StepPhase.WAITING)
                        .map(step -> submitter.request(submitter.nextAttempt(step.name())))
                        .toList(),
                interrupt::isTriggered);
    }

    Status execute() throws IOException {
        while (true) {
            List<AttemptStatus> statuses = poll();
            boolean stopping = interrupt.isTriggered();
            NextActions actions = NextActions.of(graph, log.state(), this::allowsQueueingBehind, clock.instant());
            log.add(actions.events());
            log.checkOwnership();
            tracker.stop(actions.stop(), log.state(), actions.stopReason());
            tracker.stopOverdue(log.state());
            if (!stopping) {
                submit(actions.submit());
            } else if (interrupt.cancels()) {
                String reason = interrupt.isOverLimit() ? AttemptTracker.OVER_LIMIT : AttemptTracker.INTERRUPTED;
                tracker.stop(activeSteps(), log.state(), reason);
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
        platform.refresh(run.id());
        List<AttemptStatus> statuses = platform.statuses(run.id());
        record(tracker.newEvents(statuses, log.state(), interrupt.cancels()));
        stopAtLimit();
        recordFacts();
        return statuses;
    }

    private void stopAtLimit() throws IOException {
        Cost cost = maxCost == null || interrupt.isOverLimit()
                ? null
                : platform.cost().orElse(null);
        if (maxCost != null && cost != null && cost.max().compareTo(maxCost) >= 0) {
            SpendingLimitReached reached = new SpendingLimitReached(clock.instant(), maxCost, cost);
            log.add(reached);
            interrupt.exceedLimit();
        }
    }

    /** Journals what happened to attempts, and what the cluster has cost when they ended. */
    private void record(List<Event> events) throws IOException {
        log.add(events);
        Set<AttemptId> ended = events.stream()
                .filter(AttemptEvent.class::isInstance)
                .map(event -> ((AttemptEvent) event).attempt())
                .filter(attempt -> !log.state().isActive(attempt))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (AttemptId attempt : ended) {
            requestProfile(log.state().step(attempt.step()).attempts().get(attempt.number() - 1));
        }
        Cost cost = ended.isEmpty() ? null : platform.cost().orElse(null);
        if (cost != null) {
            log.add(ended.stream()
                    .<Event>map(attempt -> new CostRecorded(clock.instant(), attempt, cost))
                    .toList());
        }
    }

    private void requestProfile(Attempt attempt) {
        if (attempt.started() != null) {
            profiles.request(attempt.id());
        }
    }

    /** Waits for the event logs of the attempts that ended last. */
    void awaitProfiles() {
        try {
            if (!profiles.await(SOON)) {
                notices.status("Reading the event logs of Spark");
                if (!profiles.await(LONGEST_READING)) {
                    notices.notice("The event logs of Spark are not read yet: the report lacks some figures.");
                }
            }
        } catch (InterruptedException exception) {
            interrupt.trigger();
        }
    }

    /** Journals what reports show beside the steps. */
    void recordFacts() throws IOException {
        List<Event> facts = new ArrayList<>();
        notices.take().forEach(text -> facts.add(new NoticeGiven(clock.instant(), text)));
        facts.addAll(profiles.take());
        platform.takeInstanceChanges().forEach(change -> facts.add(new InstanceChanged(clock.instant(), change)));
        log.add(facts);
    }

    private List<StepName> activeSteps() {
        return log.state().active().stream().map(AttemptId::step).toList();
    }

    private void submit(List<StepName> steps) throws IOException {
        List<AttemptRequest> requests = submitter.prepare(steps);
        if (!requests.isEmpty()) {
            log.checkOwnership();
            listener.submitting(requests);
            platform.submit(run.id(), requests);
        }
    }

    private void prewarmNext() {
        if (platform.submissionMode().sequential()) {
            return;
        }
        StepName next = NextActions.likelyNext(graph, log.state()).orElse(null);
        if (next == null || interrupt.isTriggered()) {
            return;
        }
        AttemptId attempt = submitter.nextAttempt(next);
        if (!attempt.equals(prewarmed)) {
            prewarmed = attempt;
            platform.prewarm(run.id(), submitter.request(attempt));
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

    /** Gives up the event logs that are not read. */
    @Override
    public void close() {
        profiles.close();
    }

    private static boolean isFailure(StepState step) {
        return step.phase() == StepPhase.FAILED || step.phase() == StepPhase.CANCELLED;
    }
}
