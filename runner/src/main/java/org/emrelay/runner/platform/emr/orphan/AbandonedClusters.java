package org.emrelay.runner.platform.emr.orphan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.emr.cluster.ListedCluster.Origin;

/**
 * The clusters of this workspace that were requested, never confirmed by EMR, and given up when their creation was
 * rolled back.
 */
final class AbandonedClusters {
    private final Set<Origin> origins;

    private AbandonedClusters(Set<Origin> origins) {
        this.origins = origins;
    }

    /** Reads the journals of this workspace. A cluster that another command is working on counts as wanted. */
    static AbandonedClusters read(AwsContext aws, WorkspaceIdentity identity) throws IOException {
        Set<Origin> origins = new HashSet<>();
        String workspaceId = identity.findId().orElse("");
        for (String name : identity.clusterNames()) {
            Path file = identity.journalPath(aws.clients().region(), name);
            Optional<ResourceJournal> journalIfFree =
                    Files.exists(file) ? ResourceJournal.open(file, aws.retry().clock()) : Optional.empty();
            if (journalIfFree.isPresent()) {
                try (ResourceJournal journal = journalIfFree.get()) {
                    journal.abandoned().forEach(creation -> origins.add(new Origin(name, workspaceId, creation)));
                }
            }
        }
        return new AbandonedClusters(origins);
    }

    boolean contains(ListedCluster cluster) {
        return cluster.origin().filter(origins::contains).isPresent();
    }

    boolean containsName(String name) {
        return ListedCluster.origin(name).filter(origins::contains).isPresent();
    }
}
