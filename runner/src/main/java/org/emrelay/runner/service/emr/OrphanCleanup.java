package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.orphan.Orphan;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.OrphanReport;
import org.emrelay.runner.report.Quantities;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.Confirmation;

/** Lists AWS resources whose cluster no longer exists, and deletes them after confirmation. */
final class OrphanCleanup {
    private final Application app;
    private final boolean confirmed;
    private final boolean withBuckets;

    /** @param withBuckets whether to delete buckets, with all results in them */
    OrphanCleanup(Application app, boolean confirmed, boolean withBuckets) {
        this.app = app;
        this.confirmed = confirmed;
        this.withBuckets = withBuckets;
    }

    ExitCode run(CommandOutput output) throws IOException {
        try (EmrClusters clusters = EmrClusterPlatform.clusters(app)) {
            List<Orphan> orphans = clusters.orphans();
            OrphanReport found = new OrphanReport(orphans, withBuckets, null);
            long deletable = orphans.stream()
                    .mapToLong(orphan -> orphan.removableResources(withBuckets).size())
                    .sum();
            if (deletable == 0) {
                output.print(found);
                return ExitCode.DONE;
            }
            output.preview(found);
            confirm(deletable, found, output);
            ResourceDeletion.Outcome outcome = clusters.removeOrphans(orphans, withBuckets);
            output.print(new OrphanReport(orphans, withBuckets, outcome));
            outcome.failures().forEach(app.context().err()::println);
            return outcome.isComplete() ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
        }
    }

    private void confirm(long deletable, OrphanReport found, CommandOutput output) throws IOException {
        try {
            new Confirmation(app.context(), confirmed)
                    .require("Delete " + Quantities.count(deletable, "orphaned resource")
                            + (withBuckets ? ", including buckets with all results in them?" : "?"));
        } catch (CommandFailure refusal) {
            output.finish(found);
            throw refusal;
        }
    }
}
