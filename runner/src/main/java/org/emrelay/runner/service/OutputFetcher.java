package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.StepPhase;
import org.jspecify.annotations.Nullable;

/** Copies a run's outputs into a directory: one subdirectory per step. */
public final class OutputFetcher {
    private final Workspace workspace;
    private final Path directory;
    private final Progress progress;

    /** @param directory null for {@code results/<pipeline>} in the current directory */
    public OutputFetcher(Application app, Workspace workspace, String pipeline, @Nullable Path directory) {
        this.workspace = workspace;
        this.directory = app.context().resolve(directory == null ? Path.of("results", pipeline) : directory);
        this.progress = app.progress();
    }

    /** Fetches the outputs that no step reads. A local output at a path of the user's choice is not copied. */
    public List<Path> fetchFinal(ExecutionPlan plan, RunResult result) throws IOException {
        List<Path> fetched = new ArrayList<>();
        for (StepResult step : finalSteps(plan, result)) {
            boolean hasOwnUri = plan.find(step.name()).orElseThrow().output().destination() instanceof Output.AtUri;
            fetched.add(hasOwnUri && !output(step).contains("://") ? Path.of(output(step)) : fetch(step));
        }
        return fetched;
    }

    static List<StepResult> finalSteps(ExecutionPlan plan, RunResult result) {
        return plan.finalSteps(name -> isIncluded(result, name)).stream()
                .map(name -> result.find(name).orElseThrow())
                .filter(step -> step.phase().hasResult() && step.summary() != null)
                .toList();
    }

    private static boolean isIncluded(RunResult result, StepName name) {
        return result.find(name).orElseThrow().phase() != StepPhase.SKIPPED;
    }

    Path fetch(StepResult step) throws IOException {
        Path target = directory.resolve(step.name().value());
        if (step.summary() != null) {
            progress.notice(step.name() + ": fetching "
                    + Quantities.bytes(step.summary().bytes()));
        }
        workspace.fetch(output(step), target);
        return target;
    }

    private static String output(StepResult step) {
        String output = step.output();
        if (output == null || !step.phase().hasResult()) {
            throw CommandFailure.refused("Step '" + step.name() + "' has no output to fetch: it is "
                    + step.phase().name().toLowerCase(Locale.ROOT) + ".");
        }
        return output;
    }
}
