package org.emrelay.runner.fakeaws.emr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Page;
import org.emrelay.runner.fakeaws.wire.Tree;

/** What can be read about clusters. */
final class ClusterReading {
    private static final int CLUSTERS_ON_A_PAGE = 50;
    private static final int MACHINES_ON_A_PAGE = 2000;

    private final EmrState emr;

    ClusterReading(EmrState emr) {
        this.emr = emr;
    }

    void addTo(Operations operations) {
        operations
                .add("DescribeCluster", request -> Fields.of("Cluster", ClusterDescription.of(cluster(request))))
                .add("ListClusters", this::list)
                .add("ListInstanceFleets", this::fleets)
                .add("ListInstances", this::machines)
                .add("ListBootstrapActions", this::bootstrapActions)
                .add("ListSupportedInstanceTypes", this::instanceTypes)
                .add("GetBlockPublicAccessConfiguration", this::blockPublicAccess);
    }

    private EmrCluster cluster(Tree request) {
        return emr.cluster(request.text("ClusterId", ""));
    }

    /** The newest first; what is younger than the listing's lag is not there, or as it was. */
    private Fields list(Tree request) {
        List<String> states = request.texts("ClusterStates");
        Instant seen = emr.listedUntil();
        Instant after = instant(request, "CreatedAfter", Instant.MIN);
        Instant before = instant(request, "CreatedBefore", Instant.MAX);
        List<EmrCluster> newestFirst = new ArrayList<>(emr.clusters());
        Collections.reverse(newestFirst);
        List<EmrCluster> all = newestFirst.stream()
                .filter(cluster -> !cluster.created.isAfter(seen))
                .filter(cluster -> cluster.created.isAfter(after) && cluster.created.isBefore(before))
                .filter(cluster -> states.isEmpty() || states.contains(cluster.stateAt(seen)))
                .toList();
        Page<EmrCluster> page = Page.of(all, request.text("Marker"), CLUSTERS_ON_A_PAGE);
        return Fields.of(
                        "Clusters",
                        page.elements().stream()
                                .map(cluster -> cluster.summary(cluster.stateAt(seen)))
                                .toList())
                .and("Marker", page.next());
    }

    private static Instant instant(Tree request, String key, Instant otherwise) {
        String seconds = request.text(key);
        return seconds == null ? otherwise : Instant.ofEpochMilli(Math.round(Double.parseDouble(seconds) * 1000));
    }

    private Fields fleets(Tree request) {
        return Fields.of(
                "InstanceFleets",
                cluster(request).fleets.stream().map(Fleet::fields).toList());
    }

    private Fields machines(Tree request) {
        List<String> states = request.texts("InstanceStates");
        String fleetId = request.text("InstanceFleetId");
        String fleetType = request.text("InstanceFleetType");
        List<Fields> all = new ArrayList<>();
        for (Fleet fleet : cluster(request).fleets) {
            boolean asked = (fleetId == null || fleetId.equals(fleet.id))
                    && (fleetType == null || fleetType.equals(fleet.type()));
            fleet.machines.stream()
                    .filter(machine -> asked && (states.isEmpty() || states.contains(machine.state)))
                    .forEach(machine -> all.add(machine.fields(fleet.id)));
        }
        Page<Fields> page = Page.of(all, request.text("Marker"), MACHINES_ON_A_PAGE);
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
                .filter(type -> type.cores() >= 4)
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
        Page<Fields> page = Page.of(all, request.text("Marker"), CLUSTERS_ON_A_PAGE);
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
                        Fields.of("CreationDateTime", Instant.EPOCH).and("CreatedByArn", emr.owner.iamArn("root")));
    }
}
