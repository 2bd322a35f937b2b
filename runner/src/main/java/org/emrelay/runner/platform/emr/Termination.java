package org.emrelay.runner.platform.emr;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.blueprint.Names;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.ledger.Ledger;
import org.emrelay.runner.platform.emr.provision.Remains;
import org.emrelay.runner.platform.emr.provision.Removal;

/** What is there of one cluster, and its removal; until it is closed no other command works on that cluster from here. */
public final class Termination implements AutoCloseable {
    private final Aws aws;
    private final Names names;
    private final Ledger ledger;
    private final Remains remains;
    private final Consumer<String> say;

    Termination(Aws aws, Names names, Ledger ledger, Remains remains, Consumer<String> say) {
        this.aws = aws;
        this.names = names;
        this.ledger = ledger;
        this.remains = remains;
        this.say = say;
    }

    public String name() {
        return names.cluster();
    }

    public Remains remains() {
        return remains;
    }

    /** The ids of clusters that are protected against being ended. */
    public List<String> protectedClusters() {
        return remains.up().stream()
                .filter(EmrCluster::terminationProtected)
                .map(EmrCluster::id)
                .toList();
    }

    public Removal.Outcome carryOut(boolean withBucket) {
        return new Removal(aws, names, ledger, say).remove(remains, withBucket);
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
