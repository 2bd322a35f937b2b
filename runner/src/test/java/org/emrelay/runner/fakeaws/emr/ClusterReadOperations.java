package org.emrelay.runner.fakeaws.emr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.Tree;

/** The operations that describe and list clusters, fleets and instances. */
final class ClusterReadOperations {
    private static final int PAGE_SIZE = 50;
    private static final int INSTANCES_PAGE_SIZE = 2000;

    private final EmrState emr;

    ClusterReadOperations(EmrState emr) {
        this.emr = emr;
    }

    void addTo(Operations operations) {
        operations
                .add("DescribeCluster", request -> Fields.of("Cluster", DescribeClusterFields.of(cluster(request))))
                .add("ListClusters", this::list)
                .add("ListInstanceFleets", this::fleets)
                .add("ListInstanceGroups", this::groups)
                .add("ListInstances", this::instances)
                .add("ListBootstrapActions", this::bootstrapActions)
                .add("ListSupportedInstanceTypes", this::instanceTypes)
                .add("GetBlockPublicAccessConfiguration", this::blockPublicAccess);
    }

    private FakeCluster cluster(Tree request) {
        return emr.cluster(request.text("ClusterId", ""));
    }

    /** Lists clusters, newest first, as they were one listing lag ago. */
    private Fields list(Tree request) {
        List<String> states = request.texts("ClusterStates");
        Instant horizon = emr.listingHorizon();
        Instant after = instant(request, "CreatedAfter", Instant.MIN);
        Instant before = instant(request, "CreatedBefore", Instant.MAX);
        List<FakeCluster> newestFirst = new ArrayList<>(emr.clusters());
        Collections.reverse(newestFirst);
        List<FakeCluster> all = newestFirst.stream()
                .filter(cluster -> !cluster.createdAt.isAfter(horizon))
                .filter(cluster -> cluster.createdAt.isAfter(after) && cluster.createdAt.isBefore(before))
                .filter(cluster -> states.isEmpty() || states.contains(cluster.stateAt(horizon)))
                .toList();
        Page<FakeCluster> page = Page.of(all, request.text("Marker"), PAGE_SIZE);
        return Fields.of(
                        "Clusters",
                        page.elements().stream()
                                .map(cluster -> cluster.summary(cluster.stateAt(horizon)))
                                .toList())
                .and("Marker", page.next());
    }

    private static Instant instant(Tree request, String key, Instant defaultValue) {
        String seconds = request.text(key);
        return seconds == null ? defaultValue : Instant.ofEpochMilli(Math.round(Double.parseDouble(seconds) * 1000));
    }

    private Fields fleets(Tree request) {
        return Fields.of(
                "InstanceFleets",
                cluster(request).fleets.stream().map(FakeFleet::fields).toList());
    }

    private Fields groups(Tree request) {
        throw EmrState.invalidRequest("Instance fleets and instance groups are mutually exclusive. The EMR cluster "
                + cluster(request).id + " uses instance fleets. Use the ListInstanceFleets request instead.");
    }

    private Fields instances(Tree request) {
        List<String> states = request.texts("InstanceStates");
        String fleetId = request.text("InstanceFleetId");
        String fleetType = request.text("InstanceFleetType");
        List<Fields> all = new ArrayList<>();
        for (FakeFleet fleet : cluster(request).fleets) {
            boolean isRequestedFleet = (fleetId == null || fleetId.equals(fleet.id))
                    && (fleetType == null || fleetType.equals(fleet.type()));
            fleet.instances.stream()
                    .filter(instance -> isRequestedFleet && (states.isEmpty() || states.contains(instance.state)))
                    .forEach(instance -> all.add(instance.fields(fleet.id)));
        }
        Page<Fields> page = Page.of(all, request.text("Marker"), INSTANCES_PAGE_SIZE);
        return Fields.of("Instances", page.elements()).and("Marker", page.next());
    }

    private Fields bootstrapActions(Tree request) {
        List<Fields> actions = cluster(request).request.trees("BootstrapActions").stream()
                .map(action -> Fields.of("Name", action.text("Name"))
                        .and("ScriptPath", action.tree("ScriptBootstrapAction").text("Path"))
                        .and("Args", action.tree("ScriptBootstrapAction").texts("Args")))
                .toList();
        return Fields.of("BootstrapActions", actions);
    }

    private Fields instanceTypes(Tree request) {
        if (!Releases.isLabel(request.text("ReleaseLabel", ""))) {
            throw EmrState.invalidRequest(
                    "The supplied release label is invalid: " + request.text("ReleaseLabel") + ".");
        }
        List<Fields> all = emr.ec2.instanceTypes().all().stream()
                .filter(type -> Releases.supports(emr.ec2.instanceTypes(), type.name()))
                .map(type -> Fields.of("Type", type.name())
                        .and("MemoryGB", type.memoryMib() / 1024.0)
                        .and("StorageGB", 0)
                        .and("VCPU", type.cores())
                        .and("Is64BitsOnly", true)
                        .and("InstanceFamilyId", type.family())
                        .and("EbsOptimizedAvailable", true)
                        .and("EbsOptimizedByDefault", true)
                        .and("NumberOfDisks", 0)
                        .and("EbsStorageOnly", true)
                        .and("Architecture", type.architecture().equals("arm64") ? "AARCH64" : "X86_64"))
                .toList();
        Page<Fields> page = Page.of(all, request.text("Marker"), PAGE_SIZE);
        return Fields.of("SupportedInstanceTypes", page.elements()).and("Marker", page.next());
    }

    private Fields blockPublicAccess(Tree request) {
        Fields ssh = Fields.of("MinRange", 22).and("MaxRange", 22);
        return Fields.of(
                        "BlockPublicAccessConfiguration",
                        Fields.of("BlockPublicSecurityGroupRules", true)
                                .and("PermittedPublicSecurityGroupRuleRanges", List.of(ssh)))
                .and(
                        "BlockPublicAccessConfigurationMetadata",
                        Fields.of("CreationDateTime", Instant.EPOCH).and("CreatedByArn", emr.identity.iamArn("root")));
    }
}
