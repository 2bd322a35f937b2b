package org.emrelay.runner.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.local.LocalCluster;
import org.emrelay.runner.report.EmrClusterReport;
import org.emrelay.runner.report.LocalClusterReport;
import org.emrelay.runner.report.LocalClusterReport.RunStatus;
import org.emrelay.runner.report.Report;
import org.emrelay.runner.run.CorruptRunException;
import org.emrelay.runner.run.Run;
import org.jspecify.annotations.Nullable;

/** Describes one cluster: a local one with its runs, one on EMR with its fleets and steps. */
public final class ClusterInspection {
    private final Application app;

    public ClusterInspection(Application app) {
        this.app = app;
    }

    /**
     * Describes the selected cluster.
     *
     * @param requested the platform named on the command line; null for none
     */
    public Report describe(ClusterSelector selector, @Nullable Target requested) throws IOException {
        return new TargetResolver(app).of(selector, requested) == Target.EMR
                ? describeEmr(selector)
                : describeLocal(selector);
    }

    private Report describeEmr(ClusterSelector selector) throws IOException {
        String name = TargetResolver.emrName(selector, app.identity());
        try (EmrClusters clusters = app.emrClusters()) {
            return new EmrClusterReport(
                    clusters.queries().describe(selector.id(), name),
                    app.context().clock().instant());
        }
    }

    private Report describeLocal(ClusterSelector selector) throws IOException {
        LocalSession session = app.existingLocalSession();
        LocalCluster cluster = session.lookup().any(selector);
        List<RunStatus> runs = new ArrayList<>();
        for (Run run : session.runs().runs(cluster.id(), this::warn)) {
            runs.add(status(session, run));
        }
        return new LocalClusterReport(cluster, session.workspace().directory(), runs);
    }

    /** A corrupt run does not hide the others. */
    private RunStatus status(LocalSession session, Run run) throws IOException {
        try {
            return new RunStatus(run, session.read(run).status());
        } catch (CorruptRunException corrupt) {
            warn(corrupt);
            return new RunStatus(run, null);
        }
    }

    private void warn(CorruptRunException corrupt) {
        app.context().err().println("warning: " + corrupt.getMessage());
    }
}
