package org.emrelay.runner.platform.emr.orphan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.provision.ExistingResources;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;
import org.emrelay.runner.platform.emr.provision.ResourceDiscovery;

/** Removes what is left of clusters that are gone, and never a cluster: what has one after all, or is being made, stays. */
public final class OrphanRemoval {
    private final AwsContext aws;
    private final WorkspaceIdentity identity;
    private final Consumer<String> say;
    private final List<String> removed = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    public OrphanRemoval(AwsContext aws, WorkspaceIdentity identity, Consumer<String> say) {
        this.aws = aws;
        this.identity = identity;
        this.say = say;
    }

    /** Removes those that are sure; somebody may have made one of the clusters while a question stood open, so the list of clusters is looked at again. */
    public ResourceDeletion.Outcome remove(List<Orphan> orphans, boolean withBucket) throws IOException {
        Orphans looks = new Orphans(aws, identity, say);
        ResourceNameParser names = new ResourceNameParser(looks.site());
        Optional<Set<OwnerTags>> live = looks.live();
        for (Orphan orphan : orphans) {
            if (!orphan.going(withBucket).isEmpty()) {
                boolean there =
                        live.map(owners -> owners.contains(orphan.owner())).orElse(true);
                removeUnless(there, orphan, names.names(orphan.owner()), withBucket);
            }
        }
        return new ResourceDeletion.Outcome(removed, kept, failures);
    }

    private void removeUnless(boolean there, Orphan orphan, ResourceNames names, boolean withBucket)
            throws IOException {
        if (there) {
            keep(orphan, "its cluster is there");
        } else if (orphan.here() && isKnownHere(orphan, names)) {
            removeOwn(orphan, names, withBucket);
        } else {
            removeForeign(orphan, names, withBucket);
        }
    }

    /** Where no tag tells the cluster's whole name and no ledger bears it, it is no name that somebody here has given. */
    private boolean isKnownHere(Orphan orphan, ResourceNames names) {
        return Files.exists(identity.ledger(names.site().region(), names.cluster()))
                || orphan.left().stream()
                        .anyMatch(left -> !left.isBucket() && left.kind() != ResourceKind.SECURITY_CONFIGURATION);
    }

    private void keep(Orphan orphan, String why) {
        kept.add("what is left of '" + orphan.owner().cluster() + "' of workspace "
                + orphan.owner().workspace() + ": " + why);
    }

    /** While its ledger is open here, no creation works on it; and the ledger tells whether one must look longer for a cluster. */
    private void removeOwn(Orphan orphan, ResourceNames names, boolean withBucket) throws IOException {
        Path file = identity.ledger(names.site().region(), names.cluster());
        Optional<ResourceJournal> opened =
                ResourceJournal.open(file, aws.patience().clock());
        if (opened.isEmpty()) {
            keep(orphan, "another command is at work on it");
            return;
        }
        try (ResourceJournal ledger = opened.get()) {
            ExistingResources remains = new ResourceDiscovery(aws, names, orphan.owner(), ledger, say).find();
            if (remains.up().isEmpty()) {
                remove(names, ledger, remains, withBucket);
            } else {
                keep(orphan, "its cluster is there");
            }
        } catch (AwsException fault) {
            failures.add(fault.sentence());
        }
    }

    /** The ledger of another workspace lies elsewhere, so one for the moment stands in its place: this workspace's own must not learn of it. */
    private void removeForeign(Orphan orphan, ResourceNames names, boolean withBucket) throws IOException {
        Path file = Files.createTempFile("orphan", ".jsonl");
        try (ResourceJournal ledger =
                ResourceJournal.open(file, aws.patience().clock()).orElseThrow()) {
            remove(
                    names,
                    ledger,
                    new ResourceDiscovery(aws, names, orphan.owner(), ledger, say).findThings(),
                    withBucket);
        } catch (AwsException fault) {
            failures.add(fault.sentence());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void remove(ResourceNames names, ResourceJournal ledger, ExistingResources remains, boolean withBucket) {
        ResourceDeletion.Outcome outcome = new ResourceDeletion(aws, names, ledger, say).remove(remains, withBucket);
        removed.addAll(outcome.removed());
        kept.addAll(outcome.kept());
        failures.addAll(outcome.failures());
    }
}
