package org.emrelay.runner.platform.emr.provision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.ec2.SecurityGroups;
import org.emrelay.runner.platform.aws.iam.InstanceProfiles;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.s3.Buckets;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.SecurityConfigurations;
import org.emrelay.runner.platform.emr.provision.ExistingResources.ExistingProfile;
import org.emrelay.runner.platform.emr.provision.ExistingResources.ExistingRole;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Deletes a cluster's resources: first the cluster, then the rest in parallel. A failure does not stop the others. */
public final class ResourceDeletion {
    /**
     * How long to retry the deletion of security groups that a cluster may use which EMR does not list yet. It is only
     * terminated once it is listed.
     */
    private static final Duration UNLISTED_CLUSTER_BUDGET = Duration.ofMinutes(1);

    private final AwsContext aws;
    private final ResourceNames names;
    private final ResourceJournal journal;
    private final Notices notices;
    private final ConcurrentLinkedQueue<String> removed = new ConcurrentLinkedQueue<>();

    public ResourceDeletion(AwsContext aws, ResourceNames names, ResourceJournal journal, Notices notices) {
        this.aws = aws;
        this.names = names;
        this.journal = journal;
        this.notices = notices;
    }

    /**
     * Deletes the resources.
     *
     * @param deleteBucket whether to delete the bucket too, with all results and logs in it
     */
    public DeletionOutcome delete(ExistingResources existing, boolean deleteBucket) {
        List<EmrCluster> clusters = existing.activeClusters();
        new ClusterTermination(aws, notices).terminate(clusters);
        clusters.forEach(cluster -> removed.add("cluster " + cluster.id()));
        boolean mayHaveUnlistedCluster = closeClusterRequests(existing);
        List<String> failures = new ArrayList<>();
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            Task<?> groups = tasks.run(() -> deleteSecurityGroups(
                    clusters.isEmpty() ? existing.securityGroups() : currentSecurityGroups(),
                    mayHaveUnlistedCluster ? UNLISTED_CLUSTER_BUDGET : SecurityGroups.INTERFACE_DELETION_BUDGET));
            scheduleIam(tasks, existing, groups);
            tasks.run(this::deleteSecurityConfiguration);
            if (deleteBucket && existing.bucketExists()) {
                tasks.run(() -> {
                    new Buckets(aws).delete(existing.bucketName());
                    recordDeletion(ResourceKind.BUCKET, existing.bucketName(), existing.bucketName());
                });
            }
            tasks.awaitAll().forEach(failure -> failures.add(message(failure)));
        }
        if (failures.isEmpty()) {
            forgetRequests(
                    ResourceKind.ROLE,
                    ResourceKind.INSTANCE_PROFILE,
                    ResourceKind.SECURITY_GROUP,
                    ResourceKind.SECURITY_CONFIGURATION);
        }
        List<String> kept = new ArrayList<>(existing.notOwned());
        if (existing.bucketExists() && !deleteBucket) {
            kept.add("bucket " + existing.bucketName() + " with results and logs (--delete-bucket deletes it)");
        }
        return new DeletionOutcome(removed.stream().sorted().toList(), kept, failures);
    }

    /** Returns whether a cluster was requested that EMR does not list. It may appear later. */
    private boolean closeClusterRequests(ExistingResources existing) {
        List<String> clusterNames =
                existing.clusters().stream().map(EmrCluster::name).toList();
        boolean mayHaveUnlistedCluster = false;
        for (Map.Entry<String, String> request :
                journal.remaining(ResourceKind.CLUSTER).entrySet()) {
            boolean isKnown = !request.getValue().isEmpty() || clusterNames.contains(names.cluster(request.getKey()));
            if (isKnown) {
                journal.recordDeleted(ResourceKind.CLUSTER, request.getKey());
            } else {
                journal.recordAbandoned(request.getKey());
            }
        }
        for (String creation : journal.abandoned()) {
            if (clusterNames.contains(names.cluster(creation))) {
                journal.recordDeleted(ResourceKind.CLUSTER, creation);
            } else {
                mayHaveUnlistedCluster = true;
            }
        }
        return mayHaveUnlistedCluster;
    }

    /** EMR adds rules to the groups while a cluster starts, so they are listed again after it has terminated. */
    private List<SecurityGroup> currentSecurityGroups() {
        return new SecurityGroups(aws).findOwned(names.ownerTags());
    }

    /** Includes the type of an unexpected exception, whose message alone may be empty. */
    private static String message(Throwable failure) {
        return failure instanceof AwsException fault ? fault.message() : failure.toString();
    }

    private void recordDeletion(ResourceKind kind, String name, String shown) {
        journal.recordDeleted(kind, name);
        removed.add(kind + " " + shown);
    }

    /** Also closes the journal entries of resources that were requested but never created. */
    private void forgetRequests(ResourceKind... kinds) {
        for (ResourceKind kind : kinds) {
            journal.remaining(kind).keySet().forEach(name -> journal.recordDeleted(kind, name));
        }
    }

    /** The groups refer to each other in their rules, so all rules are revoked before the first group is deleted. */
    private void deleteSecurityGroups(List<SecurityGroup> found, Duration conflictBudget) {
        SecurityGroups groups = new SecurityGroups(aws);
        try (ParallelTasks tasks = new ParallelTasks(false)) {
            List<Task<?>> revocations = new ArrayList<>();
            for (SecurityGroup group : found) {
                revocations.add(tasks.run(() -> groups.revokeIngress(group)));
                revocations.add(tasks.run(() -> groups.revokeEgressToGroups(group)));
            }
            Task<?>[] prerequisites = revocations.toArray(Task<?>[]::new);
            found.forEach(group -> tasks.run(() -> deleteSecurityGroup(groups, group, conflictBudget), prerequisites));
            tasks.join();
        }
    }

    private void deleteSecurityGroup(SecurityGroups groups, SecurityGroup group, Duration conflictBudget) {
        groups.delete(group.groupId(), conflictBudget);
        recordDeletion(
                ResourceKind.SECURITY_GROUP, group.groupName(), group.groupId() + " (" + group.groupName() + ")");
    }

    /**
     * The service role goes after the security groups. As long as one is in use, a cluster may exist that EMR does not
     * list yet, and EMR terminates instances with the service role.
     */
    private void scheduleIam(ParallelTasks tasks, ExistingResources existing, Task<?> groups) {
        InstanceProfiles profiles = new InstanceProfiles(aws);
        List<Task<?>> profileRemovals = new ArrayList<>();
        for (ExistingProfile profile : existing.profiles()) {
            List<Task<?>> roleRemovals = new ArrayList<>();
            profile.roles()
                    .forEach(role -> roleRemovals.add(tasks.run(() -> profiles.removeRole(profile.name(), role))));
            profileRemovals.addAll(roleRemovals);
            tasks.run(
                    () -> {
                        profiles.delete(profile.name());
                        recordDeletion(ResourceKind.INSTANCE_PROFILE, profile.name(), profile.name());
                    },
                    roleRemovals.toArray(Task<?>[]::new));
        }
        for (ExistingRole role : existing.roles()) {
            boolean inProfile = existing.profiles().stream()
                    .anyMatch(profile -> profile.roles().contains(role.name()));
            if (role.name().equals(names.serviceRole())) {
                scheduleRole(tasks, role, List.of(groups));
            } else {
                scheduleRole(tasks, role, inProfile ? profileRemovals : List.of());
            }
        }
    }

    private void scheduleRole(ParallelTasks tasks, ExistingRole role, List<Task<?>> before) {
        Roles roles = new Roles(aws);
        Task<?>[] first = before.toArray(Task<?>[]::new);
        List<Task<?>> prerequisites = new ArrayList<>(before);
        role.inlinePolicies()
                .forEach(policy ->
                        prerequisites.add(tasks.run(() -> roles.deleteInlinePolicy(role.name(), policy), first)));
        role.attachedPolicies()
                .forEach(policy -> prerequisites.add(tasks.run(() -> roles.detach(role.name(), policy), first)));
        tasks.run(
                () -> {
                    roles.delete(role.name());
                    recordDeletion(ResourceKind.ROLE, role.name(), role.name());
                },
                prerequisites.toArray(Task<?>[]::new));
    }

    private void deleteSecurityConfiguration() {
        if (new SecurityConfigurations(aws).delete(names.securityConfiguration())) {
            recordDeletion(
                    ResourceKind.SECURITY_CONFIGURATION, names.securityConfiguration(), names.securityConfiguration());
        }
    }
}
