package org.emrelay.runner.platform.emr.orphan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.emrelay.runner.platform.Notices;
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

/** Finds all resources created by this program in the account and region, for all workspaces and clusters. */
final class Inventory {
    private final AwsContext aws;
    private final ResourceNameParser names;
    private final AccountListings listings;
    private final Notices notices;

    Inventory(AwsContext aws, ResourceNameParser names, Notices notices) {
        this.aws = aws;
        this.names = names;
        this.listings = new AccountListings(aws);
        this.notices = notices;
    }

    List<OwnedResource> find() {
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            List<Task<List<OwnedResource>>> kinds = List.of(
                    tasks.start(() -> orWarn(ResourceKind.ROLE, this::roles)),
                    tasks.start(() -> orWarn(ResourceKind.INSTANCE_PROFILE, this::profiles)),
                    tasks.start(() -> orWarn(ResourceKind.SECURITY_GROUP, this::groups)),
                    tasks.start(() -> orWarn(ResourceKind.SECURITY_CONFIGURATION, this::securityConfigurations)),
                    tasks.start(() -> orWarn(ResourceKind.BUCKET, this::buckets)));
            tasks.join();
            return kinds.stream().flatMap(kind -> kind.get().stream()).toList();
        }
    }

    private List<OwnedResource> orWarn(ResourceKind kind, Supplier<List<OwnedResource>> lookup) {
        try {
            return lookup.get();
        } catch (AwsException fault) {
            if (fault.is(AwsException.Kind.ACCESS_DENIED, AwsException.Kind.UNSUPPORTED_OPERATION)) {
                notices.notice("warning: Not checked: " + kind + "s. " + fault.message());
                return List.of();
            }
            throw fault;
        }
    }

    private List<OwnedResource> roles() {
        Roles roles = new Roles(aws);
        return tagged(ResourceKind.ROLE, listings.roles(), roles::findTags);
    }

    private List<OwnedResource> profiles() {
        InstanceProfiles profiles = new InstanceProfiles(aws);
        return tagged(
                ResourceKind.INSTANCE_PROFILE,
                listings.instanceProfiles(),
                name -> profiles.find(name).map(InstanceProfiles.Profile::tags));
    }

    /** Reads the tags of one resource; returns empty if it no longer exists. */
    private interface TagLookup {
        Optional<Map<String, String>> of(String name);
    }

    /** IAM listings omit tags, so the tags of each resource with a matching name are read individually. */
    private List<OwnedResource> tagged(ResourceKind kind, Map<String, Instant> listed, TagLookup tags) {
        List<Task<Optional<OwnedResource>>> lookups = new ArrayList<>();
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            listed.forEach((name, created) -> {
                if (names.parse(kind, name).isPresent()) {
                    lookups.add(
                            tasks.start(() -> tags.of(name).flatMap(found -> owned(kind, name, name, created, found))));
                }
            });
            tasks.join();
        }
        return lookups.stream().flatMap(task -> task.get().stream()).toList();
    }

    private Optional<OwnedResource> owned(
            ResourceKind kind, String name, String id, @Nullable Instant created, Map<String, String> tags) {
        return names.verifiedOwner(kind, name, tags)
                .map(owner -> new OwnedResource(kind, name, id, created, owner, owner));
    }

    /** EC2 does not return the creation time of a security group. */
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
        listed.forEach((name, created) -> names.parse(kind, name)
                .ifPresent(named -> found.add(new OwnedResource(kind, name, name, created, null, named))));
        return found;
    }

    /** A creation that crashed early leaves its bucket untagged. The account id and the workspace id in the name still identify it. */
    private List<OwnedResource> buckets() {
        Buckets buckets = new Buckets(aws);
        List<OwnedResource> found = new ArrayList<>();
        for (OwnedResource resource : untagged(ResourceKind.BUCKET, listings.buckets())) {
            Optional<Map<String, String>> tags = buckets.findTags(resource.name());
            if (tags.isPresent() && tags.get().isEmpty()) {
                found.add(resource);
            } else {
                tags.flatMap(known ->
                                owned(ResourceKind.BUCKET, resource.name(), resource.name(), resource.created(), known))
                        .ifPresent(found::add);
            }
        }
        return found;
    }
}
