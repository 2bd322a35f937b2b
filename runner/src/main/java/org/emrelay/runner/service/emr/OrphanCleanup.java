package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.orphan.BucketSelection;
import org.emrelay.runner.platform.emr.orphan.Orphan;
import org.emrelay.runner.platform.emr.orphan.OwnedResource;
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
    private final BucketSelection buckets;

    /** @param buckets those to delete, with all results in them */
    OrphanCleanup(Application app, boolean confirmed, BucketSelection buckets) {
        this.app = app;
        this.confirmed = confirmed;
        this.buckets = buckets;
    }

    ExitCode run(CommandOutput output) throws IOException {
        try (EmrClusters clusters = EmrClusterPlatform.clusters(app)) {
            List<Orphan> orphans = clusters.orphans();
            checkBuckets(orphans);
            OrphanReport found = new OrphanReport(orphans, clusters.bucketSizes(orphans), buckets, null);
            long deletable = orphans.stream()
                    .mapToLong(orphan -> orphan.removableResources(buckets).size())
                    .sum();
            if (deletable == 0) {
                output.print(found);
                return ExitCode.DONE;
            }
            output.preview(found);
            confirm(deletable, found, output);
            DeletionOutcome outcome = clusters.removeOrphans(orphans, buckets);
            output.print(new OrphanReport(orphans, Map.of(), buckets, outcome));
            outcome.failures().forEach(app.context().err()::println);
            return outcome.isComplete() ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
        }
    }

    private void checkBuckets(List<Orphan> orphans) {
        List<String> known = orphans.stream()
                .flatMap(orphan -> orphan.resources().stream())
                .filter(OwnedResource::isBucket)
                .map(OwnedResource::name)
                .toList();
        for (String bucket : buckets.names()) {
            if (!known.contains(bucket)) {
                throw CommandFailure.usage("No orphaned bucket is called '" + bucket + "'."
                        + (known.isEmpty() ? "" : " Orphaned buckets: " + String.join(", ", known) + "."));
            }
        }
    }

    private void confirm(long deletable, OrphanReport found, CommandOutput output) throws IOException {
        try {
            new Confirmation(app.context(), confirmed)
                    .require("Delete " + Quantities.count(deletable, "orphaned resource")
                            + (buckets.isEmpty() ? "?" : ", including buckets with all results in them?"));
        } catch (CommandFailure refusal) {
            output.finish(found);
            throw refusal;
        }
    }
}
