package org.emrelay.runner.platform.emr.provision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.plan.Upload;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec.Purpose;
import org.emrelay.runner.platform.aws.ec2.SecurityGroups;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.iam.InstanceProfiles;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.s3.BucketSpec;
import org.emrelay.runner.platform.aws.s3.Buckets;
import org.emrelay.runner.platform.aws.s3.S3Uri;
import org.emrelay.runner.platform.emr.cluster.SecurityConfigurations;
import org.emrelay.runner.platform.emr.spec.BootstrapScripts;
import org.emrelay.runner.platform.emr.spec.ClusterResources;
import org.jspecify.annotations.Nullable;

/** Creates the resources of a cluster, in parallel where possible, and the cluster itself last. */
public final class ClusterProvisioner {
    private final AwsContext aws;
    private final ClusterResources resources;
    private final BootstrapScripts scripts;
    private final VpcSubnets network;
    private final InitialSteps steps;
    private final ResourceJournal journal;
    private final Notices notices;
    private final List<Task<?>> prerequisites = new ArrayList<>();
    private volatile @Nullable Instant serviceRoleCreated;

    public ClusterProvisioner(
            AwsContext aws,
            ClusterResources resources,
            BootstrapScripts scripts,
            VpcSubnets network,
            InitialSteps steps,
            ResourceJournal journal,
            Notices notices) {
        this.aws = aws;
        this.resources = resources;
        this.scripts = scripts;
        this.network = network;
        this.steps = steps;
        this.journal = journal;
        this.notices = notices;
    }

    /**
     * Creates everything and returns the cluster. On failure, waits for the running calls and throws the first error.
     *
     * @param creationId unique for each creation
     */
    public LaunchedCluster create(String creationId) {
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            scheduleBucket(tasks);
            scheduleRoles(tasks);
            scheduleSecurityConfiguration(tasks);
            Map<Purpose, Task<String>> groups = scheduleSecurityGroups(tasks);
            Task<LaunchedCluster> cluster = tasks.start(
                    () -> new ClusterLaunch(aws, resources, network, securityGroups(groups), scripts, steps, notices)
                            .launch(creationId, journal, serviceRoleCreated),
                    prerequisites.toArray(Task<?>[]::new));
            tasks.join();
            return cluster.get();
        }
    }

    private void scheduleBucket(ParallelTasks tasks) {
        Buckets buckets = new Buckets(aws);
        Task<?>[] bucketTask = resources
                .bucket()
                .map(spec -> new Task<?>[] {scheduleBucket(tasks, buckets, spec)})
                .orElseGet(() -> new Task<?>[0]);
        for (Upload upload : scripts.uploads()) {
            prerequisites.add(tasks.run(
                    () -> buckets.upload(
                            new S3Uri(resources.bucketName(), resources.keyPrefix() + upload.path()),
                            upload.source(),
                            notices),
                    bucketTask));
        }
    }

    private Task<?> scheduleBucket(ParallelTasks tasks, Buckets buckets, BucketSpec spec) {
        Task<?> created = tasks.run(() -> {
            journal.recordRequest(ResourceKind.BUCKET, spec.name());
            buckets.create(spec);
        });
        prerequisites.add(tasks.run(() -> buckets.putTags(spec), created));
        prerequisites.add(tasks.run(() -> buckets.blockPublicAccess(spec), created));
        prerequisites.add(tasks.run(() -> buckets.requireTls(spec), created));
        prerequisites.add(tasks.run(() -> buckets.enableEncryption(spec), created));
        prerequisites.add(tasks.run(() -> buckets.expireLogs(spec, resources.keyPrefix()), created));
        return created;
    }

    private void scheduleRoles(ParallelTasks tasks) {
        Roles roles = new Roles(aws);
        resources.serviceRole(network).ifPresent(spec -> scheduleRole(tasks, roles, spec));
        resources.nodeRole().ifPresent(spec -> {
            Task<?> role = scheduleRole(tasks, roles, spec);
            InstanceProfiles profiles = new InstanceProfiles(aws);
            Task<?> profile = tasks.run(() -> {
                journal.recordRequest(ResourceKind.INSTANCE_PROFILE, spec.name());
                profiles.create(spec.name(), spec.tags(), resources.names().ownerTags());
            });
            prerequisites.add(tasks.run(() -> profiles.addRole(spec.name()), role, profile));
        });
    }

    private Task<?> scheduleRole(ParallelTasks tasks, Roles roles, RoleSpec spec) {
        Task<?> role = tasks.run(() -> {
            journal.recordRequest(ResourceKind.ROLE, spec.name());
            roles.create(spec, resources.names().ownerTags());
        });
        prerequisites.add(tasks.run(
                () -> {
                    roles.putInlinePolicy(spec);
                    if (spec.name().equals(resources.names().serviceRole())) {
                        serviceRoleCreated = aws.now();
                    }
                },
                role));
        spec.managedPolicies().forEach(policy -> prerequisites.add(tasks.run(() -> roles.attach(spec, policy), role)));
        return role;
    }

    private void scheduleSecurityConfiguration(ParallelTasks tasks) {
        resources
                .securityConfiguration()
                .ifPresent(spec -> prerequisites.add(tasks.run(() -> {
                    journal.recordRequest(ResourceKind.SECURITY_CONFIGURATION, spec.name());
                    new SecurityConfigurations(aws).create(spec);
                })));
    }

    private Map<Purpose, Task<String>> scheduleSecurityGroups(ParallelTasks tasks) {
        SecurityGroups groups = new SecurityGroups(aws);
        Map<Purpose, Task<String>> started = new EnumMap<>(Purpose.class);
        for (SecurityGroupSpec spec : resources.securityGroups(network.privateSubnets())) {
            Task<String> group = tasks.start(() -> {
                journal.recordRequest(ResourceKind.SECURITY_GROUP, spec.name());
                String id =
                        groups.create(spec, network.vpcId(), resources.names().ownerTags());
                journal.recordCreated(ResourceKind.SECURITY_GROUP, spec.name(), id);
                return id;
            });
            started.put(spec.purpose(), group);
            prerequisites.add(group);
        }
        Task<String> access = started.get(Purpose.SERVICE_ACCESS);
        Task<String> primary = started.get(Purpose.PRIMARY);
        Task<String> core = started.get(Purpose.CORE);
        if (access != null && primary != null && core != null) {
            prerequisites.add(tasks.run(() -> groups.revokeDefaultEgress(access.get()), access));
            prerequisites.add(tasks.run(() -> groups.allowIngressFrom(access.get(), primary.get()), access, primary));
            prerequisites.add(tasks.run(() -> groups.allowEgressTo(access.get(), primary.get()), access, primary));
            prerequisites.add(tasks.run(() -> groups.allowEgressTo(access.get(), core.get()), access, core));
        }
        return started;
    }

    /** Returns the ids of the existing or created groups; waits for their creation. */
    private Cluster.SecurityGroups securityGroups(Map<Purpose, Task<String>> started) {
        Cluster.SecurityGroups existing = resources.cluster().network().securityGroups();
        if (existing != null) {
            return existing;
        }
        Task<String> access = started.get(Purpose.SERVICE_ACCESS);
        return new Cluster.SecurityGroups(
                Objects.requireNonNull(started.get(Purpose.PRIMARY)).get(),
                Objects.requireNonNull(started.get(Purpose.CORE)).get(),
                access == null ? null : access.get());
    }
}
