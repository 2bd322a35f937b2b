package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.Workspace;
import org.emrelay.runner.platform.local.ResultsDirectory;
import org.emrelay.runner.report.Progress;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.run.StepPhase;

/** Copies a run's outputs into a directory: one subdirectory per step. */
public final class OutputFetcher {
    private final Workspace workspace;
    private final ResultsDirectory results;
    private final Progress progress;

    public OutputFetcher(Application app, Workspace workspace, String pipeline, ResultsTarget target) {
        this.workspace = workspace;
        this.results = target.open(app.context(), pipeline);
        this.progress = app.progress();
    }

    /**
     * Fetches the outputs that no step reads, also of a run that failed. A local output at a path of the user's choice is not copied. A
     * failure to fetch one does not keep the others from being fetched.
     */
    public FetchedResults fetchFinal(ExecutionPlan plan, RunResult result) {
        return fetchAll(finalSteps(plan, result), step -> ResultsTarget.staysInPlace(plan, step.name()));
    }

    FetchedResults fetchAll(List<StepResult> steps, Predicate<StepResult> staysInPlace) {
        List<Path> fetched = new ArrayList<>();
        RunnerException failure = null;
        for (StepResult step : steps) {
            try {
                fetched.add(staysInPlace.test(step) ? Path.of(output(step)) : fetch(step));
            } catch (RunnerException refused) {
                failure = failure == null ? refused : failure;
            } catch (IOException exception) {
                failure = failure == null ? FetchedResults.failure(exception) : failure;
            }
        }
        return new FetchedResults(fetched, failure);
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

    private Path fetch(StepResult step) throws IOException {
        String output = output(step);
        refuseOverlap(output, results.of(step.name().folder()));
        if (step.summary() != null) {
            progress.notice(step.name() + ": fetching "
                    + Quantities.bytes(step.summary().bytes()));
        }
        return results.replace(step.name().folder(), output, target -> workspace.fetch(output, target));
    }

    private static void refuseOverlap(String output, Path target) {
        if (!output.contains("://")) {
            Path source = Path.of(output);
            if (source.startsWith(target) || target.startsWith(source)) {
                throw CommandFailure.refused("Cannot fetch " + source + " to " + target
                        + ": one contains the other. Pass another directory with --to.");
            }
        }
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
