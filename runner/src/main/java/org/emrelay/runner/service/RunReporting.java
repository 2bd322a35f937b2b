package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.overview.OverviewReport;
import org.emrelay.runner.report.overview.RunOverview;
import org.emrelay.runner.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * Makes the report of a run again, from its journal.
 *
 * @param asText whether to print the report instead of only writing its page
 * @param opensPage whether to open the page in the browser
 */
public record RunReporting(SelectedCluster cluster, ResultsTarget target, boolean asText, boolean opensPage) {

    /**
     * Writes the page, and prints the report or where the page is.
     *
     * @param runId null for the cluster's newest run
     */
    public ExitCode report(@Nullable String runId, CommandOutput output) throws IOException, InterruptedException {
        try (ClusterSession session = cluster.open(ClusterPlatform.Access.READ)) {
            Run run = session.runs().readableRun(session.id(), runId);
            RunOverview overview = session.runs().overview(run, session.read(run));
            Optional<Path> page =
                    new ReportPages(cluster.app(), run.plan().pipeline(), target).write(overview, session.workspace());
            output.print(new OverviewReport(overview, page.map(Path::toString).orElse(null), asText));
            if (opensPage && page.isPresent()) {
                new PageBrowser(cluster.app().context()).open(page.get());
            }
            return page.isPresent() ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
        }
    }
}
