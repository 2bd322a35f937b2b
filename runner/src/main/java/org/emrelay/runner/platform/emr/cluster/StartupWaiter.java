package org.emrelay.runner.platform.emr.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;

/** Waits until a new cluster accepts steps, and reports each change of its state. */
public final class StartupWaiter {
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(5);
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(30);

    private final AwsContext aws;
    private final Clusters clusters;
    private final Notices notices;

    /** Why a cluster failed to start. */
    public record StartupFailure(String message) {}

    public StartupWaiter(AwsContext aws, Notices notices) {
        this.aws = aws;
        this.clusters = new Clusters(aws);
        this.notices = notices;
    }

    /** Returns empty once the cluster is ready, or the reason why it failed to start. */
    public Optional<StartupFailure> await(String id) {
        Duration interval = MIN_INTERVAL;
        String lastProgress = "";
        while (true) {
            Optional<EmrCluster> found = clusters.find(id);
            if (found.isPresent() && found.get().state().acceptsSteps()) {
                notices.notice("Cluster " + id + " is " + found.get().state());
                return Optional.empty();
            } else if (found.isPresent() && !found.get().isUp()) {
                return Optional.of(failure(found.get()));
            }
            String progress = found.map(this::progress).orElse("EMR does not list cluster " + id + " yet");
            if (!progress.equals(lastProgress)) {
                notices.notice(progress);
                lastProgress = progress;
            }
            if (!aws.retry().sleep(aws.retry().withJitter(interval))) {
                throw new CancellationException("interrupted while cluster " + id + " starts");
            }
            interval = interval.multipliedBy(2).compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : interval.multipliedBy(2);
        }
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
        try {
            return clusters.fleets(id);
        } catch (AwsException fault) {
            if (fault.is(AwsException.Kind.ACCESS_DENIED, AwsException.Kind.UNSUPPORTED_OPERATION)) {
                return List.of();
            }
            throw fault;
        }
    }

    private StartupFailure failure(EmrCluster cluster) {
        String message = "Cluster " + cluster.id() + " failed to start: " + cluster.state()
                + (cluster.reason().isEmpty() ? "" : ", " + cluster.reason())
                + (cluster.reason().endsWith(".") ? "" : ".");
        String fleets = fleets(cluster.id()).stream()
                .filter(fleet -> fleet.onDemandProvisioned() < fleet.onDemandTarget()
                        || fleet.spotProvisioned() < fleet.spotTarget())
                .map(fleet -> fleet.summary() + " of " + String.join(", ", fleet.types()))
                .collect(Collectors.joining("; "));
        String unfilled = fleets.isEmpty() || !cluster.reason().matches("(?is).*(capacity|spot|provision).*")
                ? ""
                : " Unfilled fleets: " + fleets
                        + ". Add instance types or subnets, or set TimeoutAction to SWITCH_TO_ON_DEMAND.";
        String log =
                new BootstrapLog(aws).tail(cluster).map(tail -> "\n" + tail).orElse("");
        return new StartupFailure(message + unfilled + log);
    }
}
