package org.emrelay.runner.platform.emr.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.emrelay.runner.model.Cluster.RootVolume;
import org.emrelay.runner.model.InstanceTypeConfig.Volume;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterStatus;
import software.amazon.awssdk.services.emr.model.ClusterTimeline;
import software.amazon.awssdk.services.emr.model.Ec2InstanceAttributes;
import software.amazon.awssdk.services.emr.model.Instance;
import software.amazon.awssdk.services.emr.model.InstanceFleet;
import software.amazon.awssdk.services.emr.model.InstanceTimeline;
import software.amazon.awssdk.services.emr.model.MarketType;
import software.amazon.awssdk.services.emr.model.VolumeSpecification;
import software.amazon.awssdk.services.emr.paginators.ListInstancesIterable;

/** Describes, lists and terminates EMR clusters. */
public record Clusters(AwsContext aws) {
    private static final Duration MIN_POLL_INTERVAL = Duration.ofSeconds(5);
    private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(30);
    private static final Duration LISTING_BUDGET = Duration.ofSeconds(90);

    /** Returns empty if EMR has no cluster with this id. */
    public Optional<EmrCluster> find(String id) {
        return aws.find("describe cluster " + id, () -> aws.emr().describeCluster(request -> request.clusterId(id)))
                .map(response -> toEmrCluster(response.cluster()));
    }

    /** Describes a cluster for optional information, which must not delay a command. */
    public EmrCluster describeBriefly(String id) {
        return toEmrCluster(aws.callBriefly(
                        "describe cluster " + id, () -> aws.emr().describeCluster(request -> request.clusterId(id)))
                .cluster());
    }

    private static EmrCluster toEmrCluster(Cluster cluster) {
        Map<String, String> tags = new HashMap<>();
        cluster.tags().forEach(tag -> tags.put(tag.key(), Objects.toString(tag.value(), "")));
        ClusterTimeline timeline = timeline(cluster.status());
        Ec2InstanceAttributes ec2 = Objects.requireNonNullElseGet(
                cluster.ec2InstanceAttributes(),
                () -> Ec2InstanceAttributes.builder().build());
        return new EmrCluster(
                cluster.id(),
                Objects.toString(cluster.name(), ""),
                new EmrClusterState(cluster.status().stateAsString()),
                reason(cluster.status()),
                timeline.creationDateTime(),
                timeline.readyDateTime(),
                timeline.endDateTime(),
                Boolean.TRUE.equals(cluster.terminationProtected()),
                Objects.toString(cluster.logUri(), "").replaceFirst("^s3n://", "s3://"),
                Objects.toString(cluster.releaseLabel(), ""),
                Objects.toString(cluster.masterPublicDnsName(), ""),
                ec2.ec2AvailabilityZone(),
                Objects.toString(ec2.ec2SubnetId(), ""),
                Objects.requireNonNullElse(cluster.stepConcurrencyLevel(), 1),
                rootVolume(cluster),
                tags);
    }

    private static @Nullable RootVolume rootVolume(Cluster cluster) {
        return cluster.ebsRootVolumeSize() == null
                        && cluster.ebsRootVolumeIops() == null
                        && cluster.ebsRootVolumeThroughput() == null
                ? null
                : new RootVolume(
                        cluster.ebsRootVolumeSize(), cluster.ebsRootVolumeIops(), cluster.ebsRootVolumeThroughput());
    }

    private static ClusterTimeline timeline(ClusterStatus status) {
        return status.timeline() == null ? ClusterTimeline.builder().build() : status.timeline();
    }

    private static StateChangeReason reason(ClusterStatus status) {
        return status.stateChangeReason() == null
                ? new StateChangeReason("", "")
                : new StateChangeReason(
                        Objects.toString(status.stateChangeReason().codeAsString(), ""),
                        Objects.toString(status.stateChangeReason().message(), ""));
    }

    /**
     * Lists clusters, newest first.
     *
     * @param createdAfter null for all clusters that EMR still lists
     * @param states the EMR cluster states to include; empty for all
     */
    public List<ListedCluster> list(@Nullable Instant createdAfter, List<String> states) {
        return aws.pages(
                        "list clusters",
                        aws.emr()
                                .listClustersPaginator(request ->
                                        request.createdAfter(createdAfter).clusterStatesWithStrings(states)))
                .flatMap(page -> page.clusters().stream())
                .map(cluster -> new ListedCluster(
                        cluster.id(),
                        Objects.toString(cluster.name(), ""),
                        new EmrClusterState(cluster.status().stateAsString()),
                        timeline(cluster.status()).creationDateTime(),
                        timeline(cluster.status()).endDateTime()))
                .toList();
    }

    /**
     * Repeats a lookup of a cluster that may have been requested: ListClusters is eventually consistent.
     *
     * @return empty if the cluster would be listed by now
     */
    public <T> Optional<T> awaitListed(Supplier<Optional<T>> lookup, Notices notices) {
        notices.notice("A cluster may have been requested: waiting for EMR to list it");
        return aws.retry().poll(4, LISTING_BUDGET, lookup);
    }

    public List<FleetState> fleets(String id) {
        return aws.call(fleetListing(id), () -> listFleets(id));
    }

    /** Lists the fleets for optional information, which must not delay a command. */
    public List<FleetState> fleetsBriefly(String id) {
        return aws.callBriefly(fleetListing(id), () -> listFleets(id));
    }

    private static String fleetListing(String id) {
        return "list the instance fleets of cluster " + id;
    }

    private List<FleetState> listFleets(String id) {
        return aws.emr().listInstanceFleets(request -> request.clusterId(id)).instanceFleets().stream()
                .map(Clusters::toFleetState)
                .toList();
    }

    private static FleetState toFleetState(InstanceFleet fleet) {
        boolean hasReason = fleet.status() != null && fleet.status().stateChangeReason() != null;
        Map<String, Integer> weights = new LinkedHashMap<>();
        Map<String, List<Volume>> volumes = new HashMap<>();
        fleet.instanceTypeSpecifications().forEach(type -> {
            weights.put(type.instanceType(), Objects.requireNonNullElse(type.weightedCapacity(), 1));
            volumes.put(
                    type.instanceType(),
                    type.ebsBlockDevices().stream()
                            .flatMap(device -> toVolume(device.volumeSpecification()).stream())
                            .toList());
        });
        return new FleetState(
                Objects.toString(fleet.id(), ""),
                Objects.toString(fleet.name(), fleet.instanceFleetTypeAsString()),
                fleet.status() == null ? "" : Objects.toString(fleet.status().stateAsString(), ""),
                hasReason ? Objects.toString(fleet.status().stateChangeReason().message(), "") : "",
                units(fleet.targetOnDemandCapacity()),
                units(fleet.provisionedOnDemandCapacity()),
                units(fleet.targetSpotCapacity()),
                units(fleet.provisionedSpotCapacity()),
                weights,
                volumes);
    }

    private static Optional<Volume> toVolume(@Nullable VolumeSpecification volume) {
        return volume == null || volume.volumeType() == null || volume.sizeInGB() == null
                ? Optional.empty()
                : Optional.of(
                        new Volume(volume.volumeType(), volume.sizeInGB(), volume.iops(), volume.throughput(), 1));
    }

    private static int units(@Nullable Integer units) {
        return units == null ? 0 : units;
    }

    /** Lists the instances of a cluster, including terminated ones. */
    public List<ListedInstance> instances(String id) {
        ListInstancesIterable instances = aws.emr().listInstancesPaginator(request -> request.clusterId(id));
        return AwsContext.pages(instances, page -> aws.callBriefly("list the instances of cluster " + id, page))
                .flatMap(page -> page.instances().stream())
                .map(Clusters::toListedInstance)
                .toList();
    }

    private static ListedInstance toListedInstance(Instance instance) {
        boolean hasTimeline = instance.status() != null && instance.status().timeline() != null;
        InstanceTimeline timeline = hasTimeline
                ? instance.status().timeline()
                : InstanceTimeline.builder().build();
        boolean hasReason = instance.status() != null && instance.status().stateChangeReason() != null;
        return new ListedInstance(
                Objects.toString(instance.ec2InstanceId(), Objects.toString(instance.id(), "")),
                Objects.toString(instance.instanceFleetId(), ""),
                Objects.toString(instance.instanceType(), "unknown type"),
                instance.market() == MarketType.SPOT,
                instance.status() == null
                        ? ""
                        : Objects.toString(instance.status().stateAsString(), ""),
                hasReason
                        ? Objects.toString(instance.status().stateChangeReason().message(), "")
                        : "",
                timeline.creationDateTime(),
                timeline.readyDateTime(),
                timeline.endDateTime());
    }

    /** Lists the newest steps: one page of ListSteps. */
    public List<ListedStep> steps(String id) {
        return aws
                .call("list the steps of cluster " + id, () -> aws.emr().listSteps(request -> request.clusterId(id)))
                .steps()
                .stream()
                .map(step -> new ListedStep(
                        step.id(),
                        Objects.toString(step.name(), ""),
                        step.status().stateAsString()))
                .toList();
    }

    /**
     * Polls a cluster until it has changed, and reports each new progress message while it waits.
     *
     * @param change completes "while cluster x …": {@code starts}
     * @param progress the progress message; empty once the wait is over
     * @return the last description; empty if EMR has no such cluster
     */
    public Optional<EmrCluster> await(
            String id, String change, Function<Optional<EmrCluster>, Optional<String>> progress, Notices notices) {
        Duration interval = MIN_POLL_INTERVAL;
        String reported = "";
        while (true) {
            Optional<EmrCluster> cluster = find(id);
            Optional<String> message = progress.apply(cluster);
            if (message.isEmpty()) {
                return cluster;
            } else if (!message.get().equals(reported)) {
                reported = message.get();
                notices.notice(reported);
            }
            if (!aws.retry().sleep(aws.retry().withJitter(interval))) {
                throw new CancellationException("interrupted while cluster " + id + " " + change);
            }
            interval = interval.multipliedBy(2).compareTo(MAX_POLL_INTERVAL) > 0
                    ? MAX_POLL_INTERVAL
                    : interval.multipliedBy(2);
        }
    }

    public void disableTerminationProtection(String id) {
        aws.call(
                "disable termination protection of cluster " + id,
                () -> aws.emr()
                        .setTerminationProtection(
                                request -> request.jobFlowIds(id).terminationProtected(false)));
    }

    public void terminate(String id) {
        aws.call("terminate cluster " + id, () -> aws.emr().terminateJobFlows(request -> request.jobFlowIds(id)));
    }
}
