package org.emrelay.runner.platform.emr.orphan;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.ec2.SecurityGroups;
import org.emrelay.runner.platform.aws.iam.InstanceProfiles;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.s3.Buckets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.emr.model.SecurityConfigurationSummary;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.s3.model.Bucket;

/** Finds all resources created by this program in the account and region, for all workspaces and clusters. */
record Inventory(AwsContext aws, ResourceNameParser names, Notices notices) {
    private static final int GROUPS_PER_PAGE = 500;
    private static final int BUCKETS_PER_PAGE = 1000;

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
        return AwsException.handle(
                lookup,
                fault -> {
                    notices.warn("Not checked: " + kind + "s. " + fault.message());
                    return List.of();
                },
                Kind.ACCESS_DENIED,
                Kind.UNSUPPORTED_OPERATION);
    }

    private List<OwnedResource> roles() {
        Stream<Role> roles =
                aws.pages("list roles", aws.iam().listRolesPaginator()).flatMap(page -> page.roles().stream());
        return tagged(named(ResourceKind.ROLE, roles, Role::roleName, Role::createDate), new Roles(aws)::findTags);
    }

    private List<OwnedResource> profiles() {
        Stream<InstanceProfile> profiles = aws.pages(
                        "list instance profiles", aws.iam().listInstanceProfilesPaginator())
                .flatMap(page -> page.instanceProfiles().stream());
        return tagged(
                named(
                        ResourceKind.INSTANCE_PROFILE,
                        profiles,
                        InstanceProfile::instanceProfileName,
                        InstanceProfile::createDate),
                name -> new InstanceProfiles(aws).find(name).map(InstanceProfiles.Profile::tags));
    }

    /** EC2 does not return the creation time of a security group. */
    private List<OwnedResource> groups() {
        Filter filter =
                Filter.builder().name("tag-key").values(OwnerTags.WORKSPACE).build();
        return aws.pages(
                        "describe security groups",
                        aws.ec2()
                                .describeSecurityGroupsPaginator(request ->
                                        request.maxResults(GROUPS_PER_PAGE).filters(filter)))
                .flatMap(page -> page.securityGroups().stream())
                .flatMap(group -> owned(group).stream())
                .toList();
    }

    private Optional<OwnedResource> owned(SecurityGroup group) {
        return names.verifiedOwner(ResourceKind.SECURITY_GROUP, group.groupName(), SecurityGroups.tagsOf(group))
                .map(owner -> new OwnedResource(
                        ResourceKind.SECURITY_GROUP, group.groupName(), group.groupId(), null, owner, owner));
    }

    private List<OwnedResource> securityConfigurations() {
        Stream<SecurityConfigurationSummary> configurations = aws.pages(
                        "list security configurations", aws.emr().listSecurityConfigurationsPaginator())
                .flatMap(page -> page.securityConfigurations().stream());
        return named(
                ResourceKind.SECURITY_CONFIGURATION,
                configurations,
                SecurityConfigurationSummary::name,
                SecurityConfigurationSummary::creationDateTime);
    }

    /** A creation that crashed early leaves its bucket untagged. The account id and the workspace id in the name still identify it. */
    private List<OwnedResource> buckets() {
        Buckets buckets = new Buckets(aws);
        Stream<Bucket> listed = aws.pages(
                        "list buckets", aws.s3().listBucketsPaginator(request -> request.maxBuckets(BUCKETS_PER_PAGE)))
                .flatMap(page -> page.buckets().stream());
        return named(ResourceKind.BUCKET, listed, Bucket::name, Bucket::creationDate).stream()
                .flatMap(bucket -> buckets
                        .findTags(bucket.name())
                        .flatMap(tags -> tags.isEmpty() ? Optional.of(bucket) : verified(bucket, tags))
                        .stream())
                .toList();
    }

    /**
     * The listed resources with a name that this program generates.
     *
     * @param created a resource without a creation time counts as new: it may have been created just now
     */
    private <T> List<OwnedResource> named(
            ResourceKind kind, Stream<T> listed, Function<T, String> name, Function<T, @Nullable Instant> created) {
        return listed.flatMap(resource -> names.parse(kind, name.apply(resource)).stream()
                        .map(owner -> new OwnedResource(
                                kind,
                                name.apply(resource),
                                name.apply(resource),
                                Objects.requireNonNullElse(created.apply(resource), Instant.MAX),
                                null,
                                owner)))
                .toList();
    }

    /** Reads the tags of one resource; returns empty if it no longer exists. */
    private interface TagLookup {
        Optional<Map<String, String>> of(String name);
    }

    /** IAM listings omit tags, so the tags of each resource with a matching name are read individually. */
    private List<OwnedResource> tagged(List<OwnedResource> named, TagLookup tags) {
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            List<Task<Optional<OwnedResource>>> lookups = named.stream()
                    .map(resource ->
                            tasks.start(() -> tags.of(resource.name()).flatMap(found -> verified(resource, found))))
                    .toList();
            tasks.join();
            return lookups.stream().flatMap(task -> task.get().stream()).toList();
        }
    }

    private Optional<OwnedResource> verified(OwnedResource resource, Map<String, String> tags) {
        return names.verifiedOwner(resource.kind(), resource.name(), tags)
                .map(owner -> new OwnedResource(
                        resource.kind(), resource.name(), resource.id(), resource.created(), owner, owner));
    }
}
