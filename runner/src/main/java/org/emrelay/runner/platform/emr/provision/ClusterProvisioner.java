package org.emrelay.runner.platform.emr.provision;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.emrelay.runner.model.ClusterNetwork;
import org.emrelay.runner.plan.Upload;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupIds;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec;
import org.emrelay.runner.platform.aws.ec2.SecurityGroupSpec.Part;
import org.emrelay.runner.platform.aws.ec2.SecurityGroups;
import org.emrelay.runner.platform.aws.ec2.VpcSubnets;
import org.emrelay.runner.platform.aws.iam.InstanceProfiles;
import org.emrelay.runner.platform.aws.iam.RoleSpec;
import org.emrelay.runner.platform.aws.iam.Roles;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.Task;
import org.emrelay.runner.platform.aws.resource.ResourceJournal;
import org.emrelay.runner.platform.aws.resource.ResourceKind;
import org.emrelay.runner.platform.aws.s3.BucketSpec;
import org.emrelay.runner.platform.aws.s3.Buckets;
import org.emrelay.runner.platform.emr.blueprint.BootstrapScripts;
import org.emrelay.runner.platform.emr.blueprint.ClusterResources;
import org.emrelay.runner.platform.emr.cluster.RunJobFlowCall;
import org.emrelay.runner.platform.emr.cluster.SecurityConfigurations;

/** Makes everything that a blueprint draws, side by side wherever nothing depends, and at last the cluster. */
public final class ClusterProvisioner {
    private final AwsContext aws;
    private final ClusterResources blueprint;
    private final BootstrapScripts scripts;
    private final VpcSubnets network;
    private final InitialSteps steps;
    private final ResourceJournal ledger;
    private final Consumer<String> say;
    private final List<Task<?>> needed = new ArrayList<>();

    public ClusterProvisioner(
            AwsContext aws,
            ClusterResources blueprint,
            BootstrapScripts scripts,
            VpcSubnets network,
            InitialSteps steps,
            ResourceJournal ledger,
            Consumer<String> say) {
        this.aws = aws;
        this.blueprint = blueprint;
        this.scripts = scripts;
        this.network = network;
        this.steps = steps;
        this.ledger = ledger;
        this.say = say;
    }

    /**
     * Makes it all and tells the cluster's id; fails with the first thing that AWS refused, when nothing is under way any more.
     *
     * @param creation new for each time that a cluster is asked for
     */
    public String create(String creation) {
        try (ParallelTasks work = new ParallelTasks(true)) {
            startBucket(work);
            startRoles(work);
            startSecurityConfiguration(work);
            Map<Part, Task<String>> groups = startGroups(work);
            Task<String> cluster = work.start(() -> launch(creation, ids(groups)), needed.toArray(Task<?>[]::new));
            work.finish();
            return cluster.get();
        }
    }

    private String launch(String creation, SecurityGroupIds groups) {
        String workspace = "s3://" + blueprint.bucketName() + "/" + blueprint.keyPrefix();
        Map<String, Object> request =
                new LinkedHashMap<>(blueprint.runJobFlow(network, groups, creation, scripts.uris(workspace)));
        request.put("Steps", steps.of(blueprint, creation));
        ledger.asks(ResourceKind.CLUSTER, creation);
        RunJobFlowCall launch = new RunJobFlowCall(aws, say);
        try {
            String id = launch.run(request);
            ledger.has(ResourceKind.CLUSTER, creation, id);
            return id;
        } catch (AwsException fault) {
            if (!launch.mayHaveMadeOne()) {
                ledger.removed(ResourceKind.CLUSTER, creation);
            }
            throw fault;
        }
    }

    private void startBucket(ParallelTasks work) {
        Buckets buckets = new Buckets(aws);
        Task<?>[] there = blueprint
                .bucket()
                .map(draft -> new Task<?>[] {startBucket(work, buckets, draft)})
                .orElseGet(() -> new Task<?>[0]);
        for (Upload upload : scripts.uploads()) {
            needed.add(work.run(
                    () -> buckets.upload(
                            blueprint.bucketName(), blueprint.keyPrefix() + upload.path(), upload.source()),
                    there));
        }
    }

    private Task<?> startBucket(ParallelTasks work, Buckets buckets, BucketSpec draft) {
        Task<?> made = work.run(() -> {
            ledger.asks(ResourceKind.BUCKET, draft.name());
            buckets.create(draft);
        });
        needed.add(work.run(() -> buckets.tag(draft), made));
        needed.add(work.run(() -> buckets.blockPublicAccess(draft), made));
        needed.add(work.run(() -> buckets.requireTls(draft), made));
        needed.add(work.run(() -> buckets.encrypt(draft), made));
        needed.add(work.run(() -> buckets.forgetOldLogs(draft, blueprint.keyPrefix()), made));
        return made;
    }

    private void startRoles(ParallelTasks work) {
        Roles roles = new Roles(aws);
        blueprint.serviceRole(network).ifPresent(draft -> startRole(work, roles, draft));
        blueprint.nodeRole().ifPresent(draft -> {
            Task<?> role = startRole(work, roles, draft);
            InstanceProfiles profiles = new InstanceProfiles(aws);
            Task<?> profile = work.run(() -> {
                ledger.asks(ResourceKind.INSTANCE_PROFILE, draft.name());
                profiles.create(draft.name(), draft.tags(), blueprint.ownership());
            });
            needed.add(work.run(() -> profiles.addRole(draft.name()), role, profile));
        });
    }

    private Task<?> startRole(ParallelTasks work, Roles roles, RoleSpec draft) {
        Task<?> role = work.run(() -> {
            ledger.asks(ResourceKind.ROLE, draft.name());
            roles.create(draft, blueprint.ownership());
        });
        needed.add(work.run(() -> roles.putPolicy(draft), role));
        draft.attached().forEach(policy -> needed.add(work.run(() -> roles.attach(draft, policy), role)));
        return role;
    }

    private void startSecurityConfiguration(ParallelTasks work) {
        blueprint
                .securityConfiguration()
                .ifPresent(draft -> needed.add(work.run(() -> {
                    ledger.asks(ResourceKind.SECURITY_CONFIGURATION, draft.name());
                    new SecurityConfigurations(aws).create(draft);
                })));
    }

    private Map<Part, Task<String>> startGroups(ParallelTasks work) {
        SecurityGroups groups = new SecurityGroups(aws);
        Map<Part, Task<String>> started = new EnumMap<>(Part.class);
        for (SecurityGroupSpec draft : blueprint.groups(network.privateSubnets())) {
            Task<String> group = work.start(() -> {
                ledger.asks(ResourceKind.SECURITY_GROUP, draft.name());
                String id = groups.create(draft, network.vpc(), blueprint.ownership());
                ledger.has(ResourceKind.SECURITY_GROUP, draft.name(), id);
                return id;
            });
            started.put(draft.part(), group);
            needed.add(group);
        }
        Task<String> access = started.get(Part.ACCESS);
        Task<String> primary = started.get(Part.PRIMARY);
        Task<String> core = started.get(Part.CORE);
        if (access != null && primary != null && core != null) {
            needed.add(work.run(() -> groups.closeWayOut(access.get()), access));
            needed.add(work.run(() -> groups.letIn(access.get(), primary.get()), access, primary));
            needed.add(work.run(() -> groups.letOut(access.get(), primary.get()), access, primary));
            needed.add(work.run(() -> groups.letOut(access.get(), core.get()), access, core));
        }
        return started;
    }

    /** The ids, once all groups are there. */
    private SecurityGroupIds ids(Map<Part, Task<String>> started) {
        ClusterNetwork.SecurityGroups given = blueprint.cluster().network().securityGroups();
        if (given != null) {
            return new SecurityGroupIds(given.primary(), given.core(), given.serviceAccess());
        }
        Task<String> access = started.get(Part.ACCESS);
        return new SecurityGroupIds(
                Objects.requireNonNull(started.get(Part.PRIMARY)).get(),
                Objects.requireNonNull(started.get(Part.CORE)).get(),
                access == null ? null : access.get());
    }
}
