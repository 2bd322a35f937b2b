package org.emrelay.runner.platform.emr.orphan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.provision.ExistingResources;
import org.emrelay.runner.platform.emr.provision.ResourceDeletion;
import org.emrelay.runner.platform.emr.provision.ResourceDiscovery;

/** Deletes the resources of orphans, and no cluster but an abandoned one. Keeps what belongs to an existing cluster or a running creation. */
public final class OrphanRemoval {
    private final AwsContext aws;
    private final WorkspaceIdentity identity;
    private final Notices notices;
    private final List<String> removed = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    public OrphanRemoval(AwsContext aws, WorkspaceIdentity identity, Notices notices) {
        this.aws = aws;
        this.identity = identity;
        this.notices = notices;
    }

    /** Deletes the removable orphans. Lists the clusters again, because one may have been created while the user was asked to confirm. */
    public DeletionOutcome remove(List<Orphan> orphans, BucketSelection buckets) throws IOException {
        Orphans lookup = new Orphans(aws, identity, notices);
        ResourceNameParser names = new ResourceNameParser(lookup.scope());
        AbandonedClusters abandoned = AbandonedClusters.read(aws, identity);
        Optional<Set<OwnerTags>> activeOwners = lookup.activeOwners(abandoned);
        for (Orphan orphan : orphans) {
            List<OwnedResource> removable = orphan.removableResources(buckets);
            if (!removable.isEmpty()) {
                boolean deleteBucket = removable.stream().anyMatch(OwnedResource::isBucket);
                boolean isActive = activeOwners
                        .map(owners -> owners.contains(orphan.owner()))
                        .orElse(true);
                removeUnlessActive(isActive, orphan, names.names(orphan.owner()), deleteBucket, abandoned);
            }
        }
        return new DeletionOutcome(removed, kept, failures);
    }

    private void removeUnlessActive(
            boolean isActive, Orphan orphan, ResourceNames names, boolean deleteBucket, AbandonedClusters abandoned)
            throws IOException {
        if (isActive) {
            keep(orphan, "its cluster exists");
        } else if (orphan.ownWorkspace() && isKnownHere(orphan, names)) {
            removeOfThisWorkspace(orphan, names, deleteBucket, abandoned);
        } else {
            removeOfOtherWorkspace(names, deleteBucket);
        }
    }

    /** Without tags and journal, the cluster name may be a truncated one, which belongs to no cluster of this workspace. */
    private boolean isKnownHere(Orphan orphan, ResourceNames names) {
        return Files.exists(identity.journalPath(names.scope().region(), names.cluster()))
                || orphan.resources().stream()
                        .anyMatch(resource ->
                                !resource.isBucket() && resource.kind() != ResourceKind.SECURITY_CONFIGURATION);
    }

    private void keep(Orphan orphan, String reason) {
        kept.add("resources of '" + orphan.owner().cluster() + "' in workspace "
                + orphan.owner().workspaceId() + ": " + reason);
    }

    /** Holding the journal's lock excludes a concurrent creation. The journal also shows whether to wait for an unlisted cluster. */
    private void removeOfThisWorkspace(
            Orphan orphan, ResourceNames names, boolean deleteBucket, AbandonedClusters abandoned) throws IOException {
        Path file = identity.journalPath(names.scope().region(), names.cluster());
        Optional<ResourceJournal> journalIfFree =
                ResourceJournal.open(file, aws.retry().clock());
        if (journalIfFree.isEmpty()) {
            keep(orphan, "another command is working on it");
            return;
        }
        try (ResourceJournal journal = journalIfFree.get()) {
            ExistingResources existing = new ResourceDiscovery(aws, names, journal, notices).find();
            if (existing.activeClusters().stream().allMatch(cluster -> abandoned.containsName(cluster.name()))) {
                remove(names, journal, existing, deleteBucket);
            } else {
                keep(orphan, "its cluster exists");
            }
        } catch (AwsException fault) {
            failures.add(fault.message());
        }
    }

    /** The journal of another workspace is stored elsewhere. A temporary one takes its place, to keep this workspace's journals clean. */
    private void removeOfOtherWorkspace(ResourceNames names, boolean deleteBucket) throws IOException {
        Path file = Files.createTempFile("orphan", ".jsonl");
        try (ResourceJournal journal =
                ResourceJournal.open(file, aws.retry().clock()).orElseThrow()) {
            remove(
                    names,
                    journal,
                    new ResourceDiscovery(aws, names, journal, notices).findWithoutClusters(),
                    deleteBucket);
        } catch (AwsException fault) {
            failures.add(fault.message());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void remove(
            ResourceNames names, ResourceJournal journal, ExistingResources existing, boolean deleteBucket) {
        DeletionOutcome outcome = new ResourceDeletion(aws, names, journal, notices).delete(existing, deleteBucket);
        removed.addAll(outcome.removed());
        kept.addAll(outcome.kept());
        failures.addAll(outcome.failures());
    }
}
