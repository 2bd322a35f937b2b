package org.emrelay.runner.fakeaws.emr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.fakeaws.ec2.NetworkFixtures;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Tree;

/** The operations that create and change clusters. */
final class ClusterOperations {
    private final EmrState emr;
    private final Map<String, ClusterStateMachine> stateMachines = new HashMap<>();

    ClusterOperations(EmrState emr) {
        this.emr = emr;
    }

    void addTo(Operations operations) {
        operations
                .add("RunJobFlow", this::run)
                .add("TerminateJobFlows", this::terminate)
                .add("SetTerminationProtection", this::setTerminationProtection)
                .add("PutAutoTerminationPolicy", this::putIdleTimeout)
                .add("GetAutoTerminationPolicy", this::getIdleTimeout)
                .add("PutManagedScalingPolicy", this::putManagedScaling)
                .add("GetManagedScalingPolicy", this::getManagedScaling)
                .add("RemoveManagedScalingPolicy", this::removeManagedScaling)
                .add("AddInstanceFleet", this::addFleet)
                .add("ModifyInstanceFleet", this::modifyFleet)
                .add("AddTags", this::addTags)
                .add("RemoveTags", this::removeTags);
    }

    ClusterStateMachine stateMachine(FakeCluster cluster) {
        return Objects.requireNonNull(stateMachines.get(cluster.id));
    }

    /** EMR takes empty names and IDs for absent. Terraform's provider sends them. */
    private Fields run(Tree raw) {
        Tree request = raw.withoutEmptyTextsIn("Instances");
        new RunJobFlowValidator(emr, request).validate();
        Tree instances = request.tree("Instances");
        String id = emr.ids.emrId("j");
        String subnet = FleetProvisioner.chooseSubnet(emr, instances);
        FakeCluster cluster = new FakeCluster(
                id,
                emr.identity.arn("elasticmapreduce", "cluster/" + id),
                request,
                emr.now(),
                emr.clusterScript(request.text("Name", "")),
                subnet,
                FleetProvisioner.zone(emr, subnet));
        for (Tree fleet : instances.trees("InstanceFleets")) {
            cluster.fleets.add(new FakeFleet(emr.ids.emrId("if"), fleet, emr.now()));
        }
        String vpc = Objects.requireNonNull(emr.ec2.subnets().get(subnet)).vpc();
        cluster.securityGroups.add(
                securityGroup(instances.text("EmrManagedMasterSecurityGroup", ""), "ElasticMapReduce-master", vpc));
        cluster.securityGroups.add(
                securityGroup(instances.text("EmrManagedSlaveSecurityGroup", ""), "ElasticMapReduce-slave", vpc));
        cluster.securityGroups.addAll(instances.texts("ServiceAccessSecurityGroup"));
        cluster.securityGroups.addAll(instances.texts("AdditionalMasterSecurityGroups"));
        cluster.securityGroups.addAll(instances.texts("AdditionalSlaveSecurityGroups"));
        emr.clusters.put(id, cluster);
        ClusterStateMachine life = new ClusterStateMachine(emr, cluster);
        stateMachines.put(id, life);
        life.steps().add(request.trees("Steps"));
        life.start();
        return Fields.of("JobFlowId", id).and("ClusterArn", cluster.arn);
    }

    /** If the request names no groups, EMR creates its default groups and never deletes them. */
    private String securityGroup(String requestedGroup, String defaultName, String vpc) {
        if (!requestedGroup.isEmpty()) {
            return requestedGroup;
        }
        return new NetworkFixtures(emr.ec2)
                .emrDefaultSecurityGroup(vpc, defaultName)
                .id();
    }

    private List<FakeCluster> requestedClusters(Tree request) {
        return request.texts("JobFlowIds").stream()
                .map(id -> {
                    FakeCluster cluster = emr.clusterOrNull(id);
                    if (cluster == null) {
                        throw EmrState.validation("Specified job flow ID not valid");
                    }
                    return cluster;
                })
                .toList();
    }

    private Fields terminate(Tree request) {
        List<FakeCluster> clusters = requestedClusters(request);
        clusters.stream()
                .filter(cluster -> !cluster.terminationProtected)
                .forEach(cluster -> stateMachine(cluster).terminate("USER_REQUEST", "Terminated by user request"));
        if (clusters.stream().anyMatch(cluster -> cluster.terminationProtected && !cluster.isShuttingDown())) {
            throw EmrState.validation(
                    "Could not shut down one or more job flows since they are termination protected.");
        }
        return Fields.none();
    }

    private Fields setTerminationProtection(Tree request) {
        requestedClusters(request)
                .forEach(cluster -> cluster.terminationProtected = request.isTrue("TerminationProtected"));
        return Fields.none();
    }

    private FakeCluster modifiableCluster(Tree request, String key) {
        FakeCluster cluster = emr.cluster(request.text(key, ""));
        if (cluster.isShuttingDown()) {
            throw EmrState.validation("A job flow that is shutting down, terminated, or finished may not be modified.");
        }
        return cluster;
    }

    private Fields putIdleTimeout(Tree request) {
        FakeCluster cluster = modifiableCluster(request, "ClusterId");
        int seconds = request.tree("AutoTerminationPolicy").number("IdleTimeout", 3600);
        RunJobFlowValidator.checkIdleTimeout(seconds);
        cluster.idleTimeout = seconds;
        stateMachine(cluster).restartIdleTimeout();
        return Fields.none();
    }

    private Fields getIdleTimeout(Tree request) {
        Integer timeout = emr.cluster(request.text("ClusterId", "")).idleTimeout;
        return timeout == null ? Fields.none() : Fields.of("AutoTerminationPolicy", Fields.of("IdleTimeout", timeout));
    }

    private Fields putManagedScaling(Tree request) {
        FakeCluster cluster = modifiableCluster(request, "ClusterId");
        RunJobFlowValidator.checkScaling(request.tree("ManagedScalingPolicy").tree("ComputeLimits"));
        cluster.managedScaling = request.raw("ManagedScalingPolicy");
        return Fields.none();
    }

    private Fields getManagedScaling(Tree request) {
        return Fields.of("ManagedScalingPolicy", emr.cluster(request.text("ClusterId", "")).managedScaling);
    }

    private Fields removeManagedScaling(Tree request) {
        modifiableCluster(request, "ClusterId").managedScaling = null;
        return Fields.none();
    }

    private Fields addFleet(Tree request) {
        FakeCluster cluster = runningCluster(request);
        Tree config = request.tree("InstanceFleet");
        if (!config.text("InstanceFleetType", "").equals("TASK")
                || cluster.fleets.stream().anyMatch(fleet -> fleet.type().equals("TASK"))) {
            throw EmrState.invalidRequest("You can add one task instance fleet.");
        }
        FakeFleet fleet = new FakeFleet(emr.ids.emrId("if"), config, emr.now());
        stateMachine(cluster).add(fleet);
        return Fields.of("ClusterId", cluster.id)
                .and("InstanceFleetId", fleet.id)
                .and("ClusterArn", cluster.arn);
    }

    private FakeCluster runningCluster(Tree request) {
        FakeCluster cluster = emr.cluster(request.text("ClusterId", ""));
        if (!List.of("RUNNING", "WAITING").contains(cluster.state())) {
            throw EmrState.invalidRequest(
                    "An instance fleet may only be modified when the cluster is running or waiting.");
        }
        return cluster;
    }

    /** Only shrinks a fleet to nothing, as Terraform does before it terminates a cluster. */
    private Fields modifyFleet(Tree request) {
        Tree config = request.tree("InstanceFleet");
        if (config.number("TargetOnDemandCapacity", 0) + config.number("TargetSpotCapacity", 0) > 0) {
            throw new IllegalStateException("not supported: " + config);
        }
        runningCluster(request).fleets.stream()
                .filter(fleet -> fleet.id.equals(config.text("InstanceFleetId")))
                .forEach(FakeFleet::shrinkToNothing);
        return Fields.none();
    }

    private Fields addTags(Tree request) {
        FakeCluster cluster = modifiableCluster(request, "ResourceId");
        RunJobFlowValidator.checkTags(request.trees("Tags"));
        request.trees("Tags").forEach(tag -> cluster.tags.put(tag.text("Key", ""), tag.text("Value", "")));
        return Fields.none();
    }

    private Fields removeTags(Tree request) {
        modifiableCluster(request, "ResourceId").tags.keySet().removeAll(request.texts("TagKeys"));
        return Fields.none();
    }
}
