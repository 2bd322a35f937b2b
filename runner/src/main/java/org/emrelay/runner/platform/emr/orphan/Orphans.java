package org.emrelay.runner.platform.emr.orphan;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.resource.AwsScope;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.WorkspaceIdentity;
import org.emrelay.runner.platform.emr.cluster.Clusters;

/** Finds our things whose cluster is gone, or never came to be, in the account and region, of whichever workspace. */
public final class Orphans {
    private static final List<String> LIVE = List.of("STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING");

    /** A creation elsewhere has things and no cluster yet. It takes minutes, with all patience below an hour. */
    static final Duration YOUNG = Duration.ofHours(1);

    private final AwsContext aws;
    private final WorkspaceIdentity identity;
    private final Consumer<String> say;

    public Orphans(AwsContext aws, WorkspaceIdentity identity, Consumer<String> say) {
        this.aws = aws;
        this.identity = identity;
        this.say = say;
    }

    /** All that there are; where the clusters cannot be listed, none is sure to be one. */
    public List<Orphan> find() throws IOException {
        aws.clients().prepare();
        ResourceNameParser names = new ResourceNameParser(site());
        // The things first: a cluster that is made meanwhile is then in the later list, if its things are in the
        // earlier one.
        List<OwnedResource> things = new Inventory(aws, names, say).find();
        Optional<Set<OwnerTags>> live = live();
        String here = identity.find().orElse("");
        List<Orphan> orphans = new ArrayList<>();
        grouped(things, names, live.orElse(Set.of())).forEach((owner, left) -> {
            if (!live.orElse(Set.of()).contains(owner)) {
                boolean own = owner.workspace().equals(here);
                boolean tagged = left.stream().anyMatch(thing -> thing.owner() != null);
                boolean sure = live.isPresent() && ((own && tagged) || isOld(left));
                orphans.add(new Orphan(owner, left.stream().map(Orphans::left).toList(), own, sure));
            }
        });
        return orphans;
    }

    AwsScope site() {
        String account = aws.patience()
                .ask("ask who this is", () -> aws.clients().sts().getCallerIdentity())
                .account();
        return new AwsScope(aws.clients().partition(), aws.clients().region(), account, "");
    }

    /** Whose clusters are there; empty when that cannot be known. */
    Optional<Set<OwnerTags>> live() {
        try {
            return Optional.of(new Clusters(aws)
                    .list(null, LIVE).stream()
                            .flatMap(cluster -> cluster.maker().stream())
                            .map(maker -> new OwnerTags(maker.workspace(), maker.cluster()))
                            .collect(Collectors.toSet()));
        } catch (AwsException fault) {
            if (fault.is(AwsException.Kind.DENIED)) {
                say.accept("warning: Whether a cluster is there cannot be known, so nothing is removed. "
                        + fault.sentence());
                return Optional.empty();
            }
            throw fault;
        }
    }

    /** What bears no tags goes to the cluster whose name for it that is, of those that are known; else to the one that its own name tells. */
    private static Map<OwnerTags, List<OwnedResource>> grouped(
            List<OwnedResource> things, ResourceNameParser names, Set<OwnerTags> live) {
        Set<OwnerTags> known = new LinkedHashSet<>(live);
        things.stream().flatMap(thing -> Stream.ofNullable(thing.owner())).forEach(known::add);
        Map<OwnerTags, List<OwnedResource>> grouped = new LinkedHashMap<>();
        for (OwnedResource thing : things) {
            OwnerTags owner = thing.owner();
            if (owner == null) {
                owner = known.stream()
                        .filter(each -> each.workspace().equals(thing.named().workspace()))
                        .filter(each -> names.namesOf(thing.kind(), each).contains(thing.name()))
                        .findFirst()
                        .orElse(thing.named());
            }
            grouped.computeIfAbsent(owner, each -> new ArrayList<>()).add(thing);
        }
        return grouped;
    }

    /** The youngest counts: a creation takes up again what an earlier one left. Without any date nothing is sure. */
    private boolean isOld(List<OwnedResource> things) {
        Instant until = aws.patience().clock().instant().minus(YOUNG);
        return things.stream()
                .flatMap(thing -> Stream.ofNullable(thing.created()))
                .max(Instant::compareTo)
                .map(youngest -> youngest.isBefore(until))
                .orElse(false);
    }

    private static Orphan.Left left(OwnedResource thing) {
        Instant created = thing.created();
        String shown = created == null || created.equals(Instant.MAX)
                ? ""
                : created.truncatedTo(ChronoUnit.SECONDS).toString();
        return new Orphan.Left(thing.kind(), thing.name(), thing.id(), shown);
    }
}
