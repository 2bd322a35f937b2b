package org.emrelay.runner.service;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.CreationReport;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunResult;
import org.emrelay.runner.run.RunResult.StepResult;
import org.emrelay.runner.service.ClusterPlatform.Access;
import org.jspecify.annotations.Nullable;

/** Copies results of an existing run into a directory. */
public final class OutputDownload {
    private final SelectedCluster cluster;
    private final boolean confirmed;

    public OutputDownload(SelectedCluster cluster, boolean confirmed) {
        this.cluster = cluster;
        this.confirmed = confirmed;
    }

    /**
     * Fetches outputs.
     *
     * @param runId null for the cluster's newest run
     * @param stepNames empty for all outputs that no step reads
     */
    public ExitCode fetch(@Nullable String runId, List<String> stepNames, ResultsTarget target, CommandOutput output)
            throws IOException {
        try (ClusterSession session = cluster.open(Access.READ)) {
            Run run = session.runs().readableRun(session.id(), runId);
            FetchedResults fetched = fetch(session, run, stepNames, target);
            output.print(CreationReport.ofFetchedOutputs(run.id(), fetched.paths()));
            target.finish(cluster.app().context(), fetched);
        }
        return ExitCode.DONE;
    }

    private FetchedResults fetch(ClusterSession session, Run run, List<String> stepNames, ResultsTarget target)
            throws IOException {
        RunResult result = session.read(run);
        Set<StepName> names = StepNames.of(run.plan(), stepNames);
        List<StepResult> steps = names.isEmpty()
                ? OutputFetcher.finalSteps(run.plan(), result)
                : names.stream().map(name -> result.find(name).orElseThrow()).toList();
        target.open(cluster.app().context(), run.plan().pipeline())
                .check(steps.stream()
                        .map(StepResult::name)
                        .filter(name -> !names.isEmpty() || !ResultsTarget.staysInPlace(run.plan(), name))
                        .map(StepName::value)
                        .toList());
        if (!session.remoteStore().isEmpty()) {
            confirmSize(steps, session.remoteStore());
        }
        OutputFetcher fetcher =
                new OutputFetcher(cluster.app(), session.workspace(), run.plan().pipeline(), target);
        FetchedResults fetched =
                names.isEmpty() ? fetcher.fetchFinal(run.plan(), result) : fetcher.fetchAll(steps, step -> false);
        if (fetched.paths().isEmpty() && fetched.failure() == null) {
            throw CommandFailure.refused("Run " + run.id() + " has no final output yet. See "
                    + cluster.app()
                            .context()
                            .command()
                            .action(
                                    "list_steps",
                                    "-idc",
                                    run.cluster().value(),
                                    "--run",
                                    run.id().value()));
        }
        return fetched;
    }

    private void confirmSize(List<StepResult> steps, String store) throws IOException {
        long bytes = steps.stream()
                .map(StepResult::summary)
                .filter(Objects::nonNull)
                .mapToLong(OutputSummary::bytes)
                .sum();
        if (bytes > Confirmation.LARGE_DOWNLOAD_BYTES) {
            new Confirmation(cluster.app().context(), confirmed)
                    .require("Fetch " + Quantities.bytes(bytes) + " from " + store + "?");
        }
    }
}
