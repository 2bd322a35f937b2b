package org.emrelay.runner.platform.emr;

import java.io.IOException;
import java.util.List;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.provision.ExistingResources;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;

/** Existing resources of one cluster and their deletion. Locks the cluster's resource journal until closed. */
public final class Termination implements AutoCloseable {
    private final AwsContext aws;
    private final ResourceNames names;
    private final ResourceJournal journal;
    private final ExistingResources existing;
    private final Notices notices;

    Termination(
            AwsContext aws, ResourceNames names, ResourceJournal journal, ExistingResources existing, Notices notices) {
        this.aws = aws;
        this.names = names;
        this.journal = journal;
        this.existing = existing;
        this.notices = notices;
    }

    public String name() {
        return names.cluster();
    }

    public ExistingResources existing() {
        return existing;
    }

    /** Ids of the clusters that have termination protection. */
    public List<String> protectedClusters() {
        return existing.activeClusters().stream()
                .filter(EmrCluster::terminationProtected)
                .map(EmrCluster::id)
                .toList();
    }

    public DeletionOutcome execute(boolean deleteBucket) {
        return new ResourceDeletion(aws, names, journal, notices).delete(existing, deleteBucket);
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
