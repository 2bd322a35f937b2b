package org.emrelay.runner.service.local;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.platform.local.LocalWorkspace;
import org.emrelay.runner.platform.local.RunFolders;
import org.emrelay.runner.platform.local.WorkspaceLock;
import org.emrelay.runner.report.RunListReport.Row;
import org.emrelay.runner.report.RunListReport.Status;
import org.emrelay.runner.run.FileJournals;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.RunStore;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterSelector;
import org.emrelay.runner.service.RunListing;

/** Lists the runs of a local workspace. */
record LocalRunList(Application app, LocalSession session) implements RunListing.Inspector {

    List<Row> rows(ClusterSelector selector) throws IOException {
        LocalWorkspace workspace = session.workspace();
        return new RunListing(
                        workspace,
                        new RunStore(workspace),
                        new FileJournals(workspace.directory()),
                        app.context().clock())
                .rows(filter(selector), this, app.context().err()::println);
    }

    private Predicate<Run> filter(ClusterSelector selector) throws IOException {
        if (selector.isNone()) {
            return run -> true;
        }
        Set<ClusterId> clusters = session.all(selector);
        return run -> clusters.contains(run.cluster());
    }

    /** A killed runner leaves its run as it was, but does not hold its lock. */
    @Override
    public Status status(RecordedRun recorded) throws IOException {
        if (WorkspaceLock.executions(session.workspace()).stream()
                .anyMatch(execution -> execution.run().equals(recorded.run().id()))) {
            return Status.RUNNING;
        }
        return recorded.state().hasBegun() ? Status.STOPPED : Status.WAITING;
    }

    @Override
    public Long bytes(Run run) throws IOException {
        return RunFolders.of(session.workspace(), run.plan().pipeline(), run.id())
                .bytes();
    }
}
