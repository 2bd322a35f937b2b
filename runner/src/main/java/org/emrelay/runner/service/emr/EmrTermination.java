package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.emr.EmrClusters;
import org.emrelay.runner.platform.emr.Termination;
import org.emrelay.runner.platform.emr.provision.ExistingResources;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.DeletionReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.ClusterPlatform.Removal;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.Confirmation;

/** Terminates an EMR cluster and deletes its resources. */
final class EmrTermination {
    private final Application app;
    private final Removal removal;

    EmrTermination(Application app, Removal removal) {
        this.app = app;
        this.removal = removal;
    }

    ExitCode execute(CommandOutput output) throws IOException {
        app.openWorkspace();
        String name = EmrClusterPlatform.name(app, removal.selector());
        try (EmrClusters clusters = EmrClusterPlatform.clusters(app);
                Termination termination =
                        clusters.prepareTermination(removal.selector().id(), name)) {
            refuseProtected(termination);
            confirm(termination);
            DeletionOutcome outcome = termination.execute(removal.deleteBucket());
            output.print(new DeletionReport(
                    Map.of("name", termination.name()),
                    outcome.removed(),
                    outcome.kept(),
                    outcome.failures(),
                    "No resources of '" + termination.name() + "' exist."));
            outcome.failures().forEach(app.context().err()::println);
            if (!outcome.isComplete()) {
                app.context().err().println("Some resources were not deleted. Run the same command again.");
            }
            return outcome.isComplete() ? ExitCode.DONE : ExitCode.PLATFORM_FAILED;
        }
    }

    private void refuseProtected(Termination termination) {
        List<String> clusters = termination.protectedClusters();
        if (!clusters.isEmpty() && !removal.force()) {
            throw CommandFailure.refused("Termination protection is enabled for cluster " + String.join(", ", clusters)
                    + ". Pass --force to terminate it anyway.");
        }
    }

    private void confirm(Termination termination) throws IOException {
        ExistingResources existing = termination.existing();
        boolean deletesBucket = removal.deleteBucket() && existing.bucketExists();
        if (!existing.hasNothingToDelete() || deletesBucket) {
            String bucket = deletesBucket ? " and the bucket " + existing.bucketName() + " with all results in it" : "";
            new Confirmation(app.context(), removal.confirmed())
                    .require("Delete " + existing.summary() + bucket + " of '" + termination.name() + "'?");
        }
    }
}
