package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
            output.print(fetch(session, runId, stepNames, target));
        }
        return ExitCode.DONE;
    }

    private CreationReport fetch(
            ClusterSession session, @Nullable String runId, List<String> stepNames, ResultsTarget target)
            throws IOException {
        Run run = session.runs().readableRun(session.id(), runId);
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
        List<Path> fetched = new ArrayList<>();
        if (names.isEmpty()) {
            fetched.addAll(fetcher.fetchFinal(run.plan(), result));
        } else {
            for (StepResult step : steps) {
                fetched.add(fetcher.fetch(step));
            }
        }
        if (fetched.isEmpty()) {
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
        return CreationReport.ofFetchedOutputs(run.id(), fetched);
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
