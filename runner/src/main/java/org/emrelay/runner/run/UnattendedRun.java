package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.SubmissionMode;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.Event.RunBegan;
import org.emrelay.runner.run.Event.StepFailed;

/**
 * A new run that a platform executes without a runner: all its attempts are journalled before any is submitted.
 *
 * @param requests in the order in which the platform must execute them, one after the other
 * @param state of the run; a step that has failed or is still waiting cannot be submitted
 * @param refusals of steps that must not overwrite the data at their output URI
 */
public record UnattendedRun(List<AttemptRequest> requests, RunState state, List<StepFailed> refusals) {
    public UnattendedRun {
        requests = List.copyOf(requests);
        Objects.requireNonNull(state, "state");
        refusals = List.copyOf(refusals);
    }

    /** Decides which steps run, journals them as submitted, and makes their requests. */
    public static UnattendedRun prepare(
            Run run, Workspace workspace, SubmissionMode mode, Journals journals, Clock clock, RunListener listener)
            throws IOException {
        try (Journal journal = journals.open(run.id())) {
            RunLog log = new RunLog(run, journal, journals.location(run.id()), listener);
            listener.opened(run, log.state());
            StepGraph graph = new StepGraph(run.plan(), mode);
            PreviousResults previous = ResultHistory.results(run, Selection.NONE, journals, workspace);
            log.add(RunInitializer.of(graph, log.state(), Selection.NONE, previous, clock.instant())
                    .events());
            log.add(new RunBegan(clock.instant()));
            NextActions actions = NextActions.of(graph, log.state(), step -> mode.sequential(), clock.instant());
            log.add(actions.events());
            AttemptSubmitter submitter = new AttemptSubmitter(
                    run, workspace, mode, graph, new Outputs(run.id(), workspace, graph), log, clock);
            List<AttemptRequest> requests = submitter.prepare(actions.submit());
            log.add(NextActions.of(graph, log.state(), step -> false, clock.instant())
                    .events());
            return new UnattendedRun(requests, log.state(), submitter.refusals());
        }
    }
}
