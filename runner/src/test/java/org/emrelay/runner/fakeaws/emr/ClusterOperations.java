package org.emrelay.runner.fakeaws.emr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.fakeaws.ec2.Networks;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Tree;

/** What changes clusters. */
final class ClusterOperations {
    private final EmrState emr;
    private final Map<String, ClusterLife> lives = new HashMap<>();

    ClusterOperations(EmrState emr) {
        this.emr = emr;
    }

    void addTo(Operations operations) {
        operations
                .add("RunJobFlow", this::run)
                .add("TerminateJobFlows", this::terminate)
                .add("SetTerminationProtection", this::protect)
                .add("PutAutoTerminationPolicy", this::putIdleTimeout)
                .add("GetAutoTerminationPolicy", this::getIdleTimeout)
                .add("PutManagedScalingPolicy", this::putScaling)
                .add("GetManagedScalingPolicy", this::getScaling)
                .add("AddTags", this::addTags)
                .add("RemoveTags", this::removeTags);
    }

    ClusterLife life(EmrCluster cluster) {
        return Objects.requireNonNull(lives.get(cluster.id));
    }

    private Fields run(Tree request) {
        new RunJobFlowCheck(emr, request).run();
        Tree instances = request.tree("Instances");
        String id = emr.identifiers.emr("j");
        String subnet = Provisioning.chosenSubnet(emr, instances);
        EmrCluster cluster = new EmrCluster(
                id,
                emr.owner.arn("elasticmapreduce", "cluster/" + id),
                request,
                emr.now(),
                emr.clusterScript(request.text("Name", "")),
                subnet,
                Provisioning.zone(emr, subnet));
        for (Tree fleet : instances.trees("InstanceFleets")) {
            cluster.fleets.add(new Fleet(emr.identifiers.emr("if"), fleet, emr.now()));
        }
        String vpc = Objects.requireNonNull(emr.ec2.subnets().get(subnet)).vpc();
        cluster.groups.add(group(instances.text("EmrManagedMasterSecurityGroup", ""), "ElasticMapReduce-master", vpc));
        cluster.groups.add(group(instances.text("EmrManagedSlaveSecurityGroup", ""), "ElasticMapReduce-slave", vpc));
        cluster.groups.addAll(instances.texts("ServiceAccessSecurityGroup"));
        cluster.groups.addAll(instances.texts("AdditionalMasterSecurityGroups"));
        cluster.groups.addAll(instances.texts("AdditionalSlaveSecurityGroups"));
        emr.clusters.put(id, cluster);
        ClusterLife life = new ClusterLife(emr, cluster);
        lives.put(id, life);
        life.steps().add(request.trees("Steps"));
        life.begin();
        return Fields.of("JobFlowId", id).and("ClusterArn", cluster.arn);
    }

    /** Without groups of its owner's, EMR makes default ones, which nobody ever deletes. */
    private String group(String given, String defaultName, String vpc) {
        if (!given.isEmpty()) {
            return given;
        }
        return new Networks(emr.ec2).emrDefaultGroup(vpc, defaultName).id();
    }

    private List<EmrCluster> named(Tree request) {
        return request.texts("JobFlowIds").stream()
                .map(id -> {
                    EmrCluster cluster = emr.clusterOrNull(id);
                    if (cluster == null) {
                        throw EmrState.validation("Specified job flow ID not valid");
                    }
                    return cluster;
                })
                .toList();
    }

    private Fields terminate(Tree request) {
        List<EmrCluster> named = named(request);
        named.stream()
                .filter(cluster -> !cluster.isProtected)
                .forEach(cluster -> life(cluster).terminate("USER_REQUEST", "Terminated by user request"));
        if (named.stream().anyMatch(cluster -> cluster.isProtected && !cluster.isEnding())) {
            throw EmrState.validation(
                    "Could not shut down one or more job flows since they are termination protected.");
        }
        return Fields.none();
    }

    private Fields protect(Tree request) {
        named(request).forEach(cluster -> cluster.isProtected = request.truth("TerminationProtected"));
        return Fields.none();
    }

    private EmrCluster changeable(Tree request, String key) {
        EmrCluster cluster = emr.cluster(request.text(key, ""));
        if (cluster.isEnding()) {
            throw EmrState.validation("A job flow that is shutting down, terminated, or finished may not be modified.");
        }
        return cluster;
    }

    private Fields putIdleTimeout(Tree request) {
        EmrCluster cluster = changeable(request, "ClusterId");
        int seconds = request.tree("AutoTerminationPolicy").number("IdleTimeout", 3600);
        RunJobFlowCheck.checkIdleTimeout(seconds);
        cluster.idleTimeout = seconds;
        life(cluster).idle();
        return Fields.none();
    }

    private Fields getIdleTimeout(Tree request) {
        Integer timeout = emr.cluster(request.text("ClusterId", "")).idleTimeout;
        return timeout == null ? Fields.none() : Fields.of("AutoTerminationPolicy", Fields.of("IdleTimeout", timeout));
    }

    private Fields putScaling(Tree request) {
        EmrCluster cluster = changeable(request, "ClusterId");
        RunJobFlowCheck.checkScaling(request.tree("ManagedScalingPolicy").tree("ComputeLimits"));
        cluster.managedScaling = request.raw("ManagedScalingPolicy");
        return Fields.none();
    }

    private Fields getScaling(Tree request) {
        return Fields.of("ManagedScalingPolicy", emr.cluster(request.text("ClusterId", "")).managedScaling);
    }

    private Fields addTags(Tree request) {
        EmrCluster cluster = changeable(request, "ResourceId");
        RunJobFlowCheck.checkTags(request.trees("Tags"));
        request.trees("Tags").forEach(tag -> cluster.tags.put(tag.text("Key", ""), tag.text("Value", "")));
        return Fields.none();
    }

    private Fields removeTags(Tree request) {
        changeable(request, "ResourceId").tags.keySet().removeAll(request.texts("TagKeys"));
        return Fields.none();
    }
}
