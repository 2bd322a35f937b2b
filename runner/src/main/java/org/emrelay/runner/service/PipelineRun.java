package org.emrelay.runner.service;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.report.RunEnding;
import org.emrelay.runner.report.RunReport;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.Status;
import org.emrelay.runner.run.Selection;

/**
 * A request to run a pipeline on a cluster of its own.
 *
 * @param confirmed whether large downloads need no confirmation
 * @param waitForLogs whether to wait for the logs of steps that fail
 * @param supervision how to watch over the run
 */
public record PipelineRun(
        PipelineSource source,
        Selection selection,
        ResumeRequest resume,
        ResultsTarget results,
        boolean confirmed,
        boolean waitForLogs,
        Supervision supervision) {
    public PipelineRun {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(resume, "resume");
        Objects.requireNonNull(results, "results");
        Objects.requireNonNull(supervision, "supervision");
    }

    /**
     * The report of a run on its own cluster.
     *
     * @param page of the run, as far as it could be written
     */
    public static RunReport report(String cluster, RunEnding ending, FetchedResults fetched, Optional<Path> page) {
        return new RunReport(ending.result())
                .with("cluster_id", cluster)
                .with("elapsed_seconds", ending.elapsed().toMillis() / 1000.0)
                .with("results", fetched.paths().stream().map(Path::toString).toList())
                .with("page", fetched.page().map(Path::toString).orElse(null))
                .with("report", page.map(Path::toString).orElse(null));
    }

    /**
     * Ends the command after the report: opens the page if that is wanted, and fails if results of a run that is done could not be fetched.
     */
    public ExitCode finish(Application app, RunResult result, FetchedResults fetched) {
        try {
            results.finish(app.context(), fetched);
        } catch (RunnerException failure) {
            if (result.status() == Status.DONE) {
                throw failure;
            }
            app.progress().warn(failure.message());
        }
        return result.status().exitCode();
    }

    /** The closing lines of a run that is done. */
    public static String done(RunEnding ending, FetchedResults fetched) {
        return ending.done() + "\n" + fetched.text("Results");
    }

    /** The closing lines of a run that reached its spending limit. */
    public static String overLimit(FetchedResults fetched, String again) {
        return "The run stopped at its spending limit. Reuse the finished steps: " + again + "\n"
                + fetched.text("Results of the steps that finished");
    }

    /** The closing lines of a run that failed. Steps that do not depend on those that failed may have results. */
    public static String failed(RunEnding ending, FetchedResults fetched, String again) {
        return ending.failed() + " Fix the cause, then reuse the finished steps: " + again + "\n"
                + fetched.text("Results of the steps that finished");
    }
}
