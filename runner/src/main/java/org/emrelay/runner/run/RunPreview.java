package org.emrelay.runner.run;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.Output.AtUri;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.run.Event.StepEvent;
import org.emrelay.runner.run.Event.StepFailed;
import org.emrelay.runner.run.Event.StepReused;
import org.emrelay.runner.run.Event.StepRunsAgain;
import org.emrelay.runner.run.Event.StepSkipped;
import org.jspecify.annotations.Nullable;

/** What a new run would do with each step, as far as the results of earlier runs tell. */
public record RunPreview(Map<StepName, Decision> decisions) {
    /** Stands for a run that does not exist yet, and so has written nothing. */
    private static final RunId NEW_RUN = new RunId("new");

    /** What would happen to a step. */
    public sealed interface Decision {}

    /**
     * The step runs.
     *
     * @param reason why it runs although it has run before; empty if nothing could be reused
     */
    public record Runs(String reason) implements Decision {
        public Runs {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The step does not run; others read an earlier result.
     *
     * @param from the run that produced it
     * @param staleReason why it is outdated; empty if it is not
     */
    public record Reuses(RunId from, String output, String staleReason) implements Decision {
        public Reuses {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(output, "output");
            Objects.requireNonNull(staleReason, "staleReason");
        }

        /** When the run was created that produced it; empty if its id does not say. */
        public Optional<Instant> since() {
            return RunIdGenerator.created(from);
        }
    }

    /** The step neither runs nor has a result. */
    public record Skips(String reason) implements Decision {
        public Skips {
            Objects.requireNonNull(reason, "reason");
        }
    }

    public Decision of(StepName step) {
        return Objects.requireNonNull(decisions.get(step), "no such step");
    }

    /**
     * Decides as the execution of a new run does. Records nothing.
     *
     * @throws SelectionException when the selected steps cannot run
     */
    public static RunPreview of(
            ExecutionPlan plan, Selection selection, @Nullable Reuse reuse, Journals journals, Workspace workspace)
            throws IOException, SelectionException {
        Selection selected = selection.in(plan);
        return of(plan, selected, ResultHistory.results(plan, selected, reuse, null, journals, workspace));
    }

    /** What a run would do in a workspace without earlier runs. */
    public static RunPreview withoutEarlierRuns(ExecutionPlan plan, Selection selection) throws SelectionException {
        return of(plan, selection.in(plan), null);
    }

    /** The steps that would fail because their output would overwrite other data, as sentences. Reads only. */
    public List<String> outputConflicts(ExecutionPlan plan, Workspace workspace) {
        Outputs outputs = new Outputs(NEW_RUN, workspace, new StepGraph(plan));
        List<String> conflicts = new ArrayList<>();
        for (PlannedStep step : plan.steps()) {
            if (of(step.name()) instanceof Runs && step.output().destination() instanceof AtUri at) {
                StepFailed refusal = outputs.overwriteRefusal(step, StepState.initial(0), at.uri(), Instant.EPOCH);
                if (refusal != null) {
                    conflicts.add(refusal.sentence());
                }
            }
        }
        return conflicts;
    }

    private static RunPreview of(ExecutionPlan plan, Selection selection, @Nullable PreviousResults previous)
            throws SelectionException {
        Map<StepName, Decision> decisions = new LinkedHashMap<>();
        for (PlannedStep step : plan.steps()) {
            decisions.put(step.name(), new Runs(""));
        }
        RunInitializer.of(new StepGraph(plan), RunState.of(plan), selection, previous, Instant.EPOCH)
                .events()
                .forEach(event -> decisions.put(((StepEvent) event).step(), decision(event)));
        return new RunPreview(decisions);
    }

    private static Decision decision(Event event) {
        if (event instanceof StepReused reused) {
            return new Reuses(reused.from(), reused.output(), reused.staleReason());
        } else if (event instanceof StepSkipped skipped) {
            return new Skips(skipped.reason());
        } else if (event instanceof StepRunsAgain again) {
            return new Runs(again.reason());
        }
        throw new IllegalStateException("not a decision about a new run: " + event);
    }
}
