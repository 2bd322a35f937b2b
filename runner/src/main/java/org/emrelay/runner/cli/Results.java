package org.emrelay.runner.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.StepPhase;

/** Copies outputs of a run to where its user looks for them: a directory a step. */
final class Results {
    private final Workspace workspace;
    private final Path directory;
    private final Progress progress;

    Results(Workspace workspace, Path directory, Progress progress) {
        this.workspace = workspace;
        this.directory = directory;
        this.progress = progress;
    }

    /** The outputs that no step reads; of those on this machine that lie where their owner wanted them the places alone. */
    List<Path> fetchFinal(ExecutionPlan plan, RunResult result) throws IOException {
        List<Path> fetched = new ArrayList<>();
        for (StepResult step : finalSteps(plan, result)) {
            boolean chosen = plan.find(step.name()).orElseThrow().output().destination() instanceof Output.At;
            fetched.add(chosen && !output(step).contains("://") ? Path.of(output(step)) : fetch(step));
        }
        return fetched;
    }

    static List<StepResult> finalSteps(ExecutionPlan plan, RunResult result) {
        return plan.finalSteps(name -> takesPart(result, name)).stream()
                .map(name -> result.find(name).orElseThrow())
                .filter(step -> step.phase().hasResult() && step.summary() != null)
                .toList();
    }

    private static boolean takesPart(RunResult result, StepName name) {
        return result.find(name).orElseThrow().phase() != StepPhase.SKIPPED;
    }

    Path fetch(StepResult step) throws IOException {
        Path target = directory.resolve(step.name().value());
        if (step.summary() != null) {
            progress.say(step.name() + ": fetching "
                    + Quantities.bytes(step.summary().bytes()));
        }
        workspace.fetch(output(step), target);
        return target;
    }

    private static String output(StepResult step) {
        String output = step.output();
        if (output == null || !step.phase().hasResult()) {
            throw CommandFailure.refused("Step '" + step.name() + "' has no output to fetch: it is "
                    + step.phase().name().toLowerCase(java.util.Locale.ROOT) + ".");
        }
        return output;
    }
}
