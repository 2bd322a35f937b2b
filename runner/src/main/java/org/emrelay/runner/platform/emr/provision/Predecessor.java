package org.emrelay.runner.platform.emr.provision;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.access.AwsFault;
import org.emrelay.runner.platform.emr.blueprint.Names;
import org.emrelay.runner.platform.emr.blueprint.Ownership;
import org.emrelay.runner.platform.emr.cluster.Clusters;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.ListedCluster;
import org.emrelay.runner.platform.emr.identity.Roles;
import org.emrelay.runner.platform.emr.ledger.Kind;
import org.emrelay.runner.platform.emr.ledger.Ledger;
import org.emrelay.runner.platform.emr.network.SecurityGroups;
import org.emrelay.runner.platform.emr.work.Piece;
import org.emrelay.runner.platform.emr.work.SideBySide;

/** Finds the cluster that an earlier creation of the same name has made, though that died before it heard of it: there must never be two. */
public final class Predecessor {
    private static final List<String> UP = List.of("STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING");

    private final Aws aws;
    private final Names names;
    private final Ledger ledger;
    private final LateListing late;

    public Predecessor(Aws aws, Names names, Ledger ledger, Consumer<String> say) {
        this.aws = aws;
        this.names = names;
        this.ledger = ledger;
        this.late = new LateListing(aws, ledger, say);
    }

    /** Its id, where one is up. */
    public Optional<String> find() {
        try (SideBySide work = new SideBySide(true)) {
            Piece<Optional<String>> listed = work.start(this::listed);
            Piece<Optional<String>> known = work.start(this::known);
            Piece<Boolean> group = work.start(() -> ledger.isEmpty() && isThere(this::hasGroup));
            Piece<Boolean> role = work.start(() -> ledger.isEmpty() && isThere(this::hasRole));
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
        return ledger.open(Kind.CLUSTER).values().stream()
                .filter(id -> !id.isEmpty())
                .flatMap(id -> new Clusters(aws).find(id).stream())
                .filter(EmrCluster::isUp)
                .map(EmrCluster::id)
                .findFirst();
    }

    /** The list would show it by now, so nobody need wait for it again. */
    private void forgetAskedFor() {
        ledger.open(Kind.CLUSTER).forEach((creation, id) -> {
            if (id.isEmpty()) {
                ledger.removed(Kind.CLUSTER, creation);
            }
        });
    }

    private boolean hasGroup() {
        Ownership ownership = new Ownership(names.site().workspace(), names.cluster());
        return !new SecurityGroups(aws).find(ownership).isEmpty();
    }

    private boolean hasRole() {
        return new Roles(aws).find(names.nodeRole()).isPresent();
    }

    /** What may not be looked at says nothing; whoever may not look hears of it when it is to be made. */
    private static boolean isThere(BooleanSupplier look) {
        try {
            return look.getAsBoolean();
        } catch (AwsFault fault) {
            if (fault.is(AwsFault.Kind.DENIED) || fault.is(AwsFault.Kind.UNKNOWN_CALL)) {
                return false;
            }
            throw fault;
        }
    }
}
