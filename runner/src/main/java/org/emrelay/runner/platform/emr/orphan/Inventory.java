package org.emrelay.runner.platform.emr.orphan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.ec2.SecurityGroups;
import org.emrelay.runner.platform.aws.iam.InstanceProfiles;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.Task;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.s3.Buckets;
import org.jspecify.annotations.Nullable;

/** Finds all things of ours in the account and the region, of whichever workspace and cluster; what may not be listed is a warning. */
final class Inventory {
    private final AwsContext aws;
    private final ResourceNameParser names;
    private final AccountListings listings;
    private final Consumer<String> warn;

    Inventory(AwsContext aws, ResourceNameParser names, Consumer<String> warn) {
        this.aws = aws;
        this.names = names;
        this.listings = new AccountListings(aws);
        this.warn = warn;
    }

    List<OwnedResource> find() {
        try (ParallelTasks work = new ParallelTasks(false)) {
            List<Task<List<OwnedResource>>> kinds = List.of(
                    work.start(() -> orWarn(ResourceKind.ROLE, this::roles)),
                    work.start(() -> orWarn(ResourceKind.INSTANCE_PROFILE, this::profiles)),
                    work.start(() -> orWarn(ResourceKind.SECURITY_GROUP, this::groups)),
                    work.start(() -> orWarn(ResourceKind.SECURITY_CONFIGURATION, this::securityConfigurations)),
                    work.start(() -> orWarn(ResourceKind.BUCKET, this::buckets)));
            work.finish();
            return kinds.stream().flatMap(kind -> kind.get().stream()).toList();
        }
    }

    private List<OwnedResource> orWarn(ResourceKind kind, Supplier<List<OwnedResource>> look) {
        try {
            return look.get();
        } catch (AwsException fault) {
            if (fault.is(AwsException.Kind.DENIED) || fault.is(AwsException.Kind.UNKNOWN_CALL)) {
                warn.accept("warning: Not looked at: " + kind + "s. " + fault.sentence());
                return List.of();
            }
            throw fault;
        }
    }

    private List<OwnedResource> roles() {
        Roles roles = new Roles(aws);
        return tagged(ResourceKind.ROLE, listings.roles(), roles::find);
    }

    private List<OwnedResource> profiles() {
        InstanceProfiles profiles = new InstanceProfiles(aws);
        return tagged(
                ResourceKind.INSTANCE_PROFILE,
                listings.instanceProfiles(),
                name -> profiles.find(name).map(InstanceProfiles.Found::tags));
    }

    /** How the tags of one thing are read; empty when it is gone meanwhile. */
    private interface Tags {
        Optional<Map<String, String>> of(String name);
    }

    /** IAM lists without tags, so that each that has one of our names is asked for. */
    private List<OwnedResource> tagged(ResourceKind kind, Map<String, Instant> listed, Tags tags) {
        List<Task<Optional<OwnedResource>>> asked = new ArrayList<>();
        try (ParallelTasks work = new ParallelTasks(true)) {
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

    private Optional<OwnedResource> owned(
            ResourceKind kind, String name, String id, @Nullable Instant created, Map<String, String> tags) {
        return names.owner(kind, name, tags).map(owner -> new OwnedResource(kind, name, id, created, owner, owner));
    }

    /** EC2 does not tell when it made a group. */
    private List<OwnedResource> groups() {
        List<OwnedResource> found = new ArrayList<>();
        listings.securityGroups(OwnerTags.WORKSPACE)
                .forEach(group -> owned(
                                ResourceKind.SECURITY_GROUP,
                                group.groupName(),
                                group.groupId(),
                                null,
                                SecurityGroups.tagsOf(group))
                        .ifPresent(found::add));
        return found;
    }

    private List<OwnedResource> securityConfigurations() {
        return untagged(ResourceKind.SECURITY_CONFIGURATION, listings.securityConfigurations());
    }

    private List<OwnedResource> untagged(ResourceKind kind, Map<String, Instant> listed) {
        List<OwnedResource> found = new ArrayList<>();
        listed.forEach((name, created) -> names.named(kind, name)
                .ifPresent(named -> found.add(new OwnedResource(kind, name, name, created, null, named))));
        return found;
    }

    /** A creation that died at once left its bucket without tags; the account's number and the workspace's id in the name tell all the same. */
    private List<OwnedResource> buckets() {
        Buckets buckets = new Buckets(aws);
        List<OwnedResource> found = new ArrayList<>();
        for (OwnedResource thing : untagged(ResourceKind.BUCKET, listings.buckets())) {
            Optional<Map<String, String>> tags = buckets.find(thing.name());
            if (tags.isPresent() && tags.get().isEmpty()) {
                found.add(thing);
            } else {
                tags.flatMap(known -> owned(ResourceKind.BUCKET, thing.name(), thing.name(), thing.created(), known))
                        .ifPresent(found::add);
            }
        }
        return found;
    }
}
