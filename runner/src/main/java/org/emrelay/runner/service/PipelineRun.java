package org.emrelay.runner.service;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emrelay.runner.report.RunReport;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.Selection;

/**
 * A request to run a pipeline on a cluster of its own.
 *
 * @param confirmed whether large downloads need no confirmation
 * @param waitForLogs whether to wait for the logs of steps that fail
 */
public record PipelineRun(
        PipelineSource source,
        Selection selection,
        ResumeRequest resume,
        ResultsTarget results,
        boolean confirmed,
        boolean waitForLogs) {
    public PipelineRun {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(resume, "resume");
        Objects.requireNonNull(results, "results");
    }

    /**
     * The report of a run on its own cluster.
     *
     * @param fetched local paths of the results
     */
    public static RunReport report(String cluster, RunResult result, List<Path> fetched) {
        return new RunReport(result)
                .with("cluster_id", cluster)
                .with("results", fetched.stream().map(Path::toString).toList());
    }

    /** The closing line of a run that is done. */
    public static String done(List<Path> fetched) {
        return fetched.isEmpty()
                ? "Done.\n"
                : "Results: " + fetched.stream().map(Path::toString).collect(Collectors.joining(", ")) + "\n";
    }
}
