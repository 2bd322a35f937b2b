package org.emrelay.runner.platform.emr.cluster;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.emr.log.BootstrapLog;

/** Waits until a new cluster accepts steps, and reports each change of its state. */
public record StartupWaiter(AwsContext aws, Notices notices) {
    /** Returns the cluster once it is ready, or has failed to start. */
    public EmrCluster await(String id) {
        EmrCluster cluster = new Clusters(aws)
                .await(id, "starts", found -> progress(id, found), notices)
                .orElseThrow();
        if (cluster.isUp()) {
            notices.notice("Cluster " + id + " is " + cluster.state());
        }
        return cluster;
    }

    private Optional<String> progress(String id, Optional<EmrCluster> found) {
        return found.isPresent()
                        && (found.get().state().acceptsSteps() || !found.get().isUp())
                ? Optional.empty()
                : Optional.of(found.map(this::progress).orElse("EMR does not list cluster " + id + " yet"));
    }

    private String progress(EmrCluster cluster) {
        List<FleetState> fleets = fleets(cluster.id());
        String reason = cluster.reason().isEmpty() ? "" : " (" + cluster.reason() + ")";
        String capacity = fleets.stream().map(FleetState::summary).collect(Collectors.joining("; "));
        String fleetReasons = fleets.stream()
                .map(FleetState::reason)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
        return cluster.state()
                + reason
                + (capacity.isEmpty() ? "" : ": " + capacity)
                + (fleetReasons.isEmpty() ? "" : ". " + fleetReasons);
    }

    /** The fleets only explain a wait: a missing permission to list them does not fail it. */
    private List<FleetState> fleets(String id) {
        return AwsException.handle(
                () -> new Clusters(aws).fleets(id), fault -> List.of(), Kind.ACCESS_DENIED, Kind.UNSUPPORTED_OPERATION);
    }

    /** Why a cluster failed to start, with the log of a failed bootstrap action. */
    public String failure(EmrCluster cluster) {
        String message = "Cluster " + cluster.id() + " failed to start: " + cluster.state()
                + (cluster.reason().isEmpty() ? "" : ", " + cluster.reason())
                + (cluster.reason().endsWith(".") ? "" : ".")
                + (cluster.remedy().isEmpty() ? "" : " " + cluster.remedy());
        String fleets = fleets(cluster.id()).stream()
                .filter(fleet -> fleet.onDemandProvisioned() < fleet.onDemandTarget()
                        || fleet.spotProvisioned() < fleet.spotTarget())
                .map(fleet -> fleet.summary() + " of " + String.join(", ", fleet.types()))
                .collect(Collectors.joining("; "));
        String unfilled = fleets.isEmpty() || !cluster.stateChangeReason().isCapacityMissing()
                ? ""
                : " Unfilled fleets: " + fleets
                        + ". Add instance types or subnets, or set TimeoutAction to SWITCH_TO_ON_DEMAND.";
        String log = new BootstrapLog(aws)
                .tail(cluster.logUri(), cluster.id(), cluster.reason())
                .map(tail -> "\n" + tail)
                .orElse("");
        return message + unfilled + log;
    }
}
