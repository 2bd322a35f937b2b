package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.platform.local.ResultsDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Where fetched results go.
 *
 * @param directory null for {@code results/<pipeline>} in the current directory
 * @param overwrite whether to replace the user's files there
 * @param openPage whether to open the page among them in the browser
 */
public record ResultsTarget(@Nullable Path directory, boolean overwrite, boolean openPage) {
    /** {@code results/<pipeline>} in the current directory. */
    public static final ResultsTarget DEFAULT = new ResultsTarget(null, false, false);

    ResultsDirectory open(RunnerContext context, String pipeline) {
        return new ResultsDirectory(directory(context, pipeline), overwrite, new ContentHashes()::of);
    }

    Path directory(RunnerContext context, String pipeline) {
        return context.resolve(directory == null ? Path.of("results", pipeline) : directory);
    }

    /** Refuses what the results of a run would overwrite, before the run costs time or money. */
    public void check(RunnerContext context, ExecutionPlan plan) throws IOException {
        List<String> fetched = plan
                .finalSteps(name -> plan.find(name).orElseThrow().runs())
                .stream()
                .filter(name -> !staysInPlace(plan, name))
                .map(StepName::value)
                .toList();
        if (!fetched.isEmpty()) {
            open(context, plan.pipeline()).check(fetched);
        }
    }

    /**
     * Ends the fetching when the user has seen where the results are: opens the page if that is wanted.
     *
     * @throws RunnerException as the fetching failed: it must not hide what was fetched
     */
    public void finish(RunnerContext context, FetchedResults fetched) {
        if (fetched.failure() != null) {
            throw fetched.failure();
        } else if (openPage) {
            new PageBrowser(context)
                    .open(fetched.page()
                            .orElseThrow(() -> CommandFailure.platform(
                                    "The results have no page to open: no" + " index.html among them.")));
        }
    }

    /** Whether the output is at a local path that the user chose: it is not copied. */
    static boolean staysInPlace(ExecutionPlan plan, StepName step) {
        return plan.find(step).orElseThrow().output().destination() instanceof Output.AtUri at
                && !at.uri().contains("://");
    }
}
