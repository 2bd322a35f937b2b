package org.emrelay.runner.platform.emr;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.provision.ExistingResources;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;

/** What is there of one cluster, and its removal; until it is closed no other command works on that cluster from here. */
public final class Termination implements AutoCloseable {
    private final AwsContext aws;
    private final ResourceNames names;
    private final ResourceJournal ledger;
    private final ExistingResources remains;
    private final Consumer<String> say;

    Termination(
            AwsContext aws,
            ResourceNames names,
            ResourceJournal ledger,
            ExistingResources remains,
            Consumer<String> say) {
        this.aws = aws;
        this.names = names;
        this.ledger = ledger;
        this.remains = remains;
        this.say = say;
    }

    public String name() {
        return names.cluster();
    }

    public ExistingResources remains() {
        return remains;
    }

    /** The ids of clusters that are protected against being ended. */
    public List<String> protectedClusters() {
        return remains.up().stream()
                .filter(EmrCluster::terminationProtected)
                .map(EmrCluster::id)
                .toList();
    }

    public ResourceDeletion.Outcome carryOut(boolean withBucket) {
        return new ResourceDeletion(aws, names, ledger, say).remove(remains, withBucket);
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
