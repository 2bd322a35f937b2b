package org.emrelay.runner.platform.emr.orphan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.access.AwsFault;
import org.emrelay.runner.platform.emr.blueprint.Ownership;
import org.emrelay.runner.platform.emr.bucket.Buckets;
import org.emrelay.runner.platform.emr.identity.InstanceProfiles;
import org.emrelay.runner.platform.emr.identity.Roles;
import org.emrelay.runner.platform.emr.ledger.Kind;
import org.emrelay.runner.platform.emr.network.SecurityGroups;
import org.emrelay.runner.platform.emr.work.Piece;
import org.emrelay.runner.platform.emr.work.SideBySide;
import org.jspecify.annotations.Nullable;

/** Finds all things of ours in the account and the region, of whichever workspace and cluster; what may not be listed is a warning. */
final class Inventory {
    private final Aws aws;
    private final OwnNames names;
    private final Listings listings;
    private final Consumer<String> warn;

    Inventory(Aws aws, OwnNames names, Consumer<String> warn) {
        this.aws = aws;
        this.names = names;
        this.listings = new Listings(aws);
        this.warn = warn;
    }

    List<Thing> find() {
        try (SideBySide work = new SideBySide(false)) {
            List<Piece<List<Thing>>> kinds = List.of(
                    work.start(() -> orWarn(Kind.ROLE, this::roles)),
                    work.start(() -> orWarn(Kind.INSTANCE_PROFILE, this::profiles)),
                    work.start(() -> orWarn(Kind.SECURITY_GROUP, this::groups)),
                    work.start(() -> orWarn(Kind.SECURITY_CONFIGURATION, this::securityConfigurations)),
                    work.start(() -> orWarn(Kind.BUCKET, this::buckets)));
            work.finish();
            return kinds.stream().flatMap(kind -> kind.get().stream()).toList();
        }
    }

    private List<Thing> orWarn(Kind kind, Supplier<List<Thing>> look) {
        try {
            return look.get();
        } catch (AwsFault fault) {
            if (fault.is(AwsFault.Kind.DENIED) || fault.is(AwsFault.Kind.UNKNOWN_CALL)) {
                warn.accept("warning: Not looked at: " + kind + "s. " + fault.sentence());
                return List.of();
            }
            throw fault;
        }
    }

    private List<Thing> roles() {
        Roles roles = new Roles(aws);
        return tagged(Kind.ROLE, listings.roles(), roles::find);
    }

    private List<Thing> profiles() {
        InstanceProfiles profiles = new InstanceProfiles(aws);
        return tagged(
                Kind.INSTANCE_PROFILE,
                listings.instanceProfiles(),
                name -> profiles.find(name).map(InstanceProfiles.Found::tags));
    }

    /** How the tags of one thing are read; empty when it is gone meanwhile. */
    private interface Tags {
        Optional<Map<String, String>> of(String name);
    }

    /** IAM lists without tags, so that each that has one of our names is asked for. */
    private List<Thing> tagged(Kind kind, Map<String, Instant> listed, Tags tags) {
        List<Piece<Optional<Thing>>> asked = new ArrayList<>();
        try (SideBySide work = new SideBySide(true)) {
            listed.forEach((name, created) -> {
                if (names.named(kind, name).isPresent()) {
                    asked.add(
                            work.start(() -> tags.of(name).flatMap(found -> owned(kind, name, name, created, found))));
                }
            });
            work.finish();
        }
        return asked.stream().flatMap(piece -> piece.get().stream()).toList();
    }

    private Optional<Thing> owned(
            Kind kind, String name, String id, @Nullable Instant created, Map<String, String> tags) {
        return names.owner(kind, name, tags).map(owner -> new Thing(kind, name, id, created, owner, owner));
    }

    /** EC2 does not tell when it made a group. */
    private List<Thing> groups() {
        List<Thing> found = new ArrayList<>();
        listings.securityGroups(Ownership.WORKSPACE)
                .forEach(group -> owned(
                                Kind.SECURITY_GROUP,
                                group.groupName(),
                                group.groupId(),
                                null,
                                SecurityGroups.tagsOf(group))
                        .ifPresent(found::add));
        return found;
    }

    private List<Thing> securityConfigurations() {
        return untagged(Kind.SECURITY_CONFIGURATION, listings.securityConfigurations());
    }

    private List<Thing> untagged(Kind kind, Map<String, Instant> listed) {
        List<Thing> found = new ArrayList<>();
        listed.forEach((name, created) -> names.named(kind, name)
                .ifPresent(named -> found.add(new Thing(kind, name, name, created, null, named))));
        return found;
    }

    /** A creation that died at once left its bucket without tags; the account's number and the workspace's id in the name tell all the same. */
    private List<Thing> buckets() {
        Buckets buckets = new Buckets(aws);
        List<Thing> found = new ArrayList<>();
        for (Thing thing : untagged(Kind.BUCKET, listings.buckets())) {
            Optional<Map<String, String>> tags = buckets.find(thing.name());
            if (tags.isPresent() && tags.get().isEmpty()) {
                found.add(thing);
            } else {
                tags.flatMap(known -> owned(Kind.BUCKET, thing.name(), thing.name(), thing.created(), known))
                        .ifPresent(found::add);
            }
        }
        return found;
    }
}
