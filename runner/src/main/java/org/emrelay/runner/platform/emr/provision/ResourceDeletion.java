package org.emrelay.runner.platform.emr.provision;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.ec2.SecurityGroups;
import org.emrelay.runner.platform.aws.iam.InstanceProfiles;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.Task;
import org.emrelay.runner.platform.aws.resource.OwnerTags;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.resource.ResourceNames;
import org.emrelay.runner.platform.aws.s3.BucketRemoval;
import org.emrelay.runner.platform.emr.cluster.EmrCluster;
import org.emrelay.runner.platform.emr.cluster.SecurityConfigurations;
import org.emrelay.runner.platform.emr.provision.ExistingResources.ProfileRemains;
import org.emrelay.runner.platform.emr.provision.ExistingResources.RoleRemains;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Removes what was found of a cluster: first the cluster, and when it is gone the rest, side by side. What fails keeps nothing else from going. */
public final class ResourceDeletion {
    private final AwsContext aws;
    private final ResourceNames names;
    private final ResourceJournal ledger;
    private final Consumer<String> say;
    private final ConcurrentLinkedQueue<String> removed = new ConcurrentLinkedQueue<>();

    /**
     * What came of a removal.
     *
     * @param kept with the reason why
     * @param failures sentences; what they speak of may still be there
     */
    public record Outcome(List<String> removed, List<String> kept, List<String> failures) {
        public Outcome {
            removed = List.copyOf(removed);
            kept = List.copyOf(kept);
            failures = List.copyOf(failures);
        }

        public boolean isWhole() {
            return failures.isEmpty();
        }
    }

    public ResourceDeletion(AwsContext aws, ResourceNames names, ResourceJournal ledger, Consumer<String> say) {
        this.aws = aws;
        this.names = names;
        this.ledger = ledger;
        this.say = say;
    }

    /**
     * Removes it all, and tells what came of it.
     *
     * @param withBucket whether the bucket goes too, with all results and logs in it
     */
    public Outcome remove(ExistingResources remains, boolean withBucket) {
        List<EmrCluster> up = remains.up();
        new ClusterTerminator(aws, say).end(up);
        up.forEach(cluster -> removed.add("cluster " + cluster.id()));
        ledger.open(ResourceKind.CLUSTER).keySet().forEach(creation -> ledger.removed(ResourceKind.CLUSTER, creation));
        List<String> failures = new ArrayList<>();
        try (ParallelTasks work = new ParallelTasks(false)) {
            work.run(() -> removeGroups(up.isEmpty() ? remains.groups() : groupsNow()));
            startIdentity(work, remains);
            work.run(this::removeSecurityConfiguration);
            if (withBucket && remains.bucket()) {
                work.run(() -> {
                    new BucketRemoval(aws).remove(remains.bucketName());
                    gone(ResourceKind.BUCKET, remains.bucketName(), remains.bucketName());
                });
            }
            work.settle().forEach(failure -> failures.add(sentence(failure)));
        }
        if (failures.isEmpty()) {
            forget(
                    ResourceKind.ROLE,
                    ResourceKind.INSTANCE_PROFILE,
                    ResourceKind.SECURITY_GROUP,
                    ResourceKind.SECURITY_CONFIGURATION);
        }
        List<String> kept = new ArrayList<>(remains.foreign());
        if (remains.bucket() && !withBucket) {
            kept.add("bucket " + remains.bucketName() + " with results and logs (--delete-bucket removes it)");
        }
        return new Outcome(removed.stream().sorted().toList(), kept, failures);
    }

    /** EMR adds rules to the groups of a cluster that starts: those that count are there once it has ended. */
    private List<SecurityGroup> groupsNow() {
        return new SecurityGroups(aws).find(new OwnerTags(names.site().workspace(), names.cluster()));
    }

    /** An empty message would hide a bug of ours. */
    private static String sentence(RuntimeException failure) {
        return failure instanceof AwsException fault ? fault.sentence() : failure.toString();
    }

    private void gone(ResourceKind kind, String name, String shown) {
        ledger.removed(kind, name);
        removed.add(kind + " " + shown);
    }

    /** What was asked for and never made is gone too. */
    private void forget(ResourceKind... kinds) {
        for (ResourceKind kind : kinds) {
            ledger.open(kind).keySet().forEach(name -> ledger.removed(kind, name));
        }
    }

    /** The groups name one another in their rules, so all rules go before the first group. */
    private void removeGroups(List<SecurityGroup> found) {
        SecurityGroups groups = new SecurityGroups(aws);
        try (ParallelTasks work = new ParallelTasks(false)) {
            List<Task<?>> revoked = new ArrayList<>();
            for (SecurityGroup group : found) {
                revoked.add(work.run(() -> groups.revokeIngress(group)));
                revoked.add(work.run(() -> groups.revokeEgress(group)));
            }
            Task<?>[] before = revoked.toArray(Task<?>[]::new);
            found.forEach(group -> work.run(() -> removeGroup(groups, group), before));
            work.finish();
        }
    }

    private void removeGroup(SecurityGroups groups, SecurityGroup group) {
        groups.delete(group.groupId());
        gone(ResourceKind.SECURITY_GROUP, group.groupName(), group.groupId() + " (" + group.groupName() + ")");
    }

    private void startIdentity(ParallelTasks work, ExistingResources remains) {
        InstanceProfiles profiles = new InstanceProfiles(aws);
        List<Task<?>> taken = new ArrayList<>();
        for (ProfileRemains profile : remains.profiles()) {
            List<Task<?>> out = new ArrayList<>();
            profile.roles().forEach(role -> out.add(work.run(() -> profiles.removeRole(profile.name(), role))));
            taken.addAll(out);
            work.run(
                    () -> {
                        profiles.delete(profile.name());
                        gone(ResourceKind.INSTANCE_PROFILE, profile.name(), profile.name());
                    },
                    out.toArray(Task<?>[]::new));
        }
        for (RoleRemains role : remains.roles()) {
            boolean inProfile = remains.profiles().stream()
                    .anyMatch(profile -> profile.roles().contains(role.name()));
            startRole(work, role, inProfile ? taken : List.of());
        }
    }

    private void startRole(ParallelTasks work, RoleRemains role, List<Task<?>> taken) {
        Roles roles = new Roles(aws);
        List<Task<?>> before = new ArrayList<>(taken);
        role.own().forEach(policy -> before.add(work.run(() -> roles.deletePolicy(role.name(), policy))));
        role.attached().forEach(policy -> before.add(work.run(() -> roles.detach(role.name(), policy))));
        work.run(
                () -> {
                    roles.delete(role.name());
                    gone(ResourceKind.ROLE, role.name(), role.name());
                },
                before.toArray(Task<?>[]::new));
    }

    private void removeSecurityConfiguration() {
        if (new SecurityConfigurations(aws).delete(names.securityConfiguration())) {
            gone(ResourceKind.SECURITY_CONFIGURATION, names.securityConfiguration(), names.securityConfiguration());
        }
    }
}
