package org.emrelay.runner.platform.emr.provision;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.ec2.SecurityGroups;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.Task;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;

/** Finds the cluster that an earlier creation of the same name has made, though that died before it heard of it: there must never be two. */
public final class ExistingClusterLookup {
    private static final List<String> UP = List.of("STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING");

    private final AwsContext aws;
    private final ResourceNames names;
    private final ResourceJournal ledger;
    private final EventualListing late;

    public ExistingClusterLookup(AwsContext aws, ResourceNames names, ResourceJournal ledger, Consumer<String> say) {
        this.aws = aws;
        this.names = names;
        this.ledger = ledger;
        this.late = new EventualListing(aws, ledger, say);
    }

    /** Its id, where one is up. */
    public Optional<String> find() {
        try (ParallelTasks work = new ParallelTasks(true)) {
            Task<Optional<String>> listed = work.start(this::listed);
            Task<Optional<String>> known = work.start(this::known);
            Task<Boolean> group = work.start(() -> ledger.isEmpty() && isThere(this::hasGroup));
            Task<Boolean> role = work.start(() -> ledger.isEmpty() && isThere(this::hasRole));
            work.finish();
            Optional<String> found = known.get().or(listed::get);
            if (found.isPresent() || !late.mayLack(group.get() || role.get())) {
                return found;
            }
            found = late.look(this::listed);
            if (found.isEmpty()) {
                forgetAskedFor();
            }
            return found;
        }
    }

    private Optional<String> listed() {
        return new Clusters(aws)
                .list(null, UP).stream()
                        .filter(cluster -> cluster.name().startsWith(names.clusterPrefix()))
                        .map(ListedCluster::id)
                        .findFirst();
    }

    private Optional<String> known() {
        return ledger.open(ResourceKind.CLUSTER).values().stream()
                .filter(id -> !id.isEmpty())
                .flatMap(id -> new Clusters(aws).find(id).stream())
                .filter(EmrCluster::isUp)
                .map(EmrCluster::id)
                .findFirst();
    }

    /** The list would show it by now, so nobody need wait for it again. */
    private void forgetAskedFor() {
        ledger.open(ResourceKind.CLUSTER).forEach((creation, id) -> {
            if (id.isEmpty()) {
                ledger.removed(ResourceKind.CLUSTER, creation);
            }
        });
    }

    private boolean hasGroup() {
        OwnerTags ownership = new OwnerTags(names.site().workspace(), names.cluster());
        return !new SecurityGroups(aws).find(ownership).isEmpty();
    }

    private boolean hasRole() {
        return new Roles(aws).find(names.nodeRole()).isPresent();
    }

    /** What may not be looked at says nothing; whoever may not look hears of it when it is to be made. */
    private static boolean isThere(BooleanSupplier look) {
        try {
            return look.getAsBoolean();
        } catch (AwsException fault) {
            if (fault.is(AwsException.Kind.DENIED) || fault.is(AwsException.Kind.UNKNOWN_CALL)) {
                return false;
            }
            throw fault;
        }
    }
}
