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
import org.emrelay.runner.platform.emr.access.Aws;
import org.emrelay.runner.platform.emr.access.AwsFault;
import org.emrelay.runner.platform.emr.blueprint.Blueprint;
import org.emrelay.runner.platform.emr.blueprint.BootstrapScripts;
import org.emrelay.runner.platform.emr.blueprint.BucketDraft;
import org.emrelay.runner.platform.emr.blueprint.GroupDraft;
import org.emrelay.runner.platform.emr.blueprint.GroupDraft.Part;
import org.emrelay.runner.platform.emr.blueprint.GroupIds;
import org.emrelay.runner.platform.emr.blueprint.NetworkFacts;
import org.emrelay.runner.platform.emr.blueprint.RoleDraft;
import org.emrelay.runner.platform.emr.bucket.Buckets;
import org.emrelay.runner.platform.emr.cluster.Launch;
import org.emrelay.runner.platform.emr.cluster.SecurityConfigurations;
import org.emrelay.runner.platform.emr.identity.InstanceProfiles;
import org.emrelay.runner.platform.emr.identity.Roles;
import org.emrelay.runner.platform.emr.ledger.Kind;
import org.emrelay.runner.platform.emr.ledger.Ledger;
import org.emrelay.runner.platform.emr.network.SecurityGroups;
import org.emrelay.runner.platform.emr.work.Piece;
import org.emrelay.runner.platform.emr.work.SideBySide;

/** Makes everything that a blueprint draws, side by side wherever nothing depends, and at last the cluster. */
public final class Creation {
    private final Aws aws;
    private final Blueprint blueprint;
    private final BootstrapScripts scripts;
    private final NetworkFacts network;
    private final FirstSteps steps;
    private final Ledger ledger;
    private final Consumer<String> say;
    private final List<Piece<?>> needed = new ArrayList<>();

    public Creation(
            Aws aws,
            Blueprint blueprint,
            BootstrapScripts scripts,
            NetworkFacts network,
            FirstSteps steps,
            Ledger ledger,
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
        try (SideBySide work = new SideBySide(true)) {
            startBucket(work);
            startRoles(work);
            startSecurityConfiguration(work);
            Map<Part, Piece<String>> groups = startGroups(work);
            Piece<String> cluster = work.start(() -> launch(creation, ids(groups)), needed.toArray(Piece<?>[]::new));
            work.finish();
            return cluster.get();
        }
    }

    private String launch(String creation, GroupIds groups) {
        String workspace = "s3://" + blueprint.bucketName() + "/" + blueprint.keyPrefix();
        Map<String, Object> request =
                new LinkedHashMap<>(blueprint.runJobFlow(network, groups, creation, scripts.uris(workspace)));
        request.put("Steps", steps.of(blueprint, creation));
        ledger.asks(Kind.CLUSTER, creation);
        Launch launch = new Launch(aws, say);
        try {
            String id = launch.run(request);
            ledger.has(Kind.CLUSTER, creation, id);
            return id;
        } catch (AwsFault fault) {
            if (!launch.mayHaveMadeOne()) {
                ledger.removed(Kind.CLUSTER, creation);
            }
            throw fault;
        }
    }

    private void startBucket(SideBySide work) {
        Buckets buckets = new Buckets(aws);
        Piece<?>[] there = blueprint
                .bucket()
                .map(draft -> new Piece<?>[] {startBucket(work, buckets, draft)})
                .orElseGet(() -> new Piece<?>[0]);
        for (Upload upload : scripts.uploads()) {
            needed.add(work.run(
                    () -> buckets.upload(
                            blueprint.bucketName(), blueprint.keyPrefix() + upload.path(), upload.source()),
                    there));
        }
    }

    private Piece<?> startBucket(SideBySide work, Buckets buckets, BucketDraft draft) {
        Piece<?> made = work.run(() -> {
            ledger.asks(Kind.BUCKET, draft.name());
            buckets.create(draft);
        });
        needed.add(work.run(() -> buckets.tag(draft), made));
        needed.add(work.run(() -> buckets.blockPublicAccess(draft), made));
        needed.add(work.run(() -> buckets.requireTls(draft), made));
        needed.add(work.run(() -> buckets.encrypt(draft), made));
        needed.add(work.run(() -> buckets.forgetOldLogs(draft, blueprint.keyPrefix()), made));
        return made;
    }

    private void startRoles(SideBySide work) {
        Roles roles = new Roles(aws);
        blueprint.serviceRole(network).ifPresent(draft -> startRole(work, roles, draft));
        blueprint.nodeRole().ifPresent(draft -> {
            Piece<?> role = startRole(work, roles, draft);
            InstanceProfiles profiles = new InstanceProfiles(aws);
            Piece<?> profile = work.run(() -> {
                ledger.asks(Kind.INSTANCE_PROFILE, draft.name());
                profiles.create(draft.name(), draft.tags(), blueprint.ownership());
            });
            needed.add(work.run(() -> profiles.addRole(draft.name()), role, profile));
        });
    }

    private Piece<?> startRole(SideBySide work, Roles roles, RoleDraft draft) {
        Piece<?> role = work.run(() -> {
            ledger.asks(Kind.ROLE, draft.name());
            roles.create(draft, blueprint.ownership());
        });
        needed.add(work.run(() -> roles.putPolicy(draft), role));
        draft.attached().forEach(policy -> needed.add(work.run(() -> roles.attach(draft, policy), role)));
        return role;
    }

    private void startSecurityConfiguration(SideBySide work) {
        blueprint
                .securityConfiguration()
                .ifPresent(draft -> needed.add(work.run(() -> {
                    ledger.asks(Kind.SECURITY_CONFIGURATION, draft.name());
                    new SecurityConfigurations(aws).create(draft);
                })));
    }

    private Map<Part, Piece<String>> startGroups(SideBySide work) {
        SecurityGroups groups = new SecurityGroups(aws);
        Map<Part, Piece<String>> started = new EnumMap<>(Part.class);
        for (GroupDraft draft : blueprint.groups(network.privateSubnets())) {
            Piece<String> group = work.start(() -> {
                ledger.asks(Kind.SECURITY_GROUP, draft.name());
                String id = groups.create(draft, network.vpc(), blueprint.ownership());
                ledger.has(Kind.SECURITY_GROUP, draft.name(), id);
                return id;
            });
            started.put(draft.part(), group);
            needed.add(group);
        }
        Piece<String> access = started.get(Part.ACCESS);
        Piece<String> primary = started.get(Part.PRIMARY);
        Piece<String> core = started.get(Part.CORE);
        if (access != null && primary != null && core != null) {
            needed.add(work.run(() -> groups.closeWayOut(access.get()), access));
            needed.add(work.run(() -> groups.letIn(access.get(), primary.get()), access, primary));
            needed.add(work.run(() -> groups.letOut(access.get(), primary.get()), access, primary));
            needed.add(work.run(() -> groups.letOut(access.get(), core.get()), access, core));
        }
        return started;
    }

    /** The ids, once all groups are there. */
    private GroupIds ids(Map<Part, Piece<String>> started) {
        ClusterNetwork.SecurityGroups given = blueprint.cluster().network().securityGroups();
        if (given != null) {
            return new GroupIds(given.primary(), given.core(), given.serviceAccess());
        }
        Piece<String> access = started.get(Part.ACCESS);
        return new GroupIds(
                Objects.requireNonNull(started.get(Part.PRIMARY)).get(),
                Objects.requireNonNull(started.get(Part.CORE)).get(),
                access == null ? null : access.get());
    }
}
