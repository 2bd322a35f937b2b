package org.emrelay.runner.platform.emr.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;

/** Waits until a new cluster takes steps, and says why it is not there yet whenever that changes. */
public final class StartupWaiter {
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final AwsContext aws;
    private final Clusters clusters;
    private final Consumer<String> say;

    /** Why a cluster never got ready. */
    public record Failure(String sentence) {}

    public StartupWaiter(AwsContext aws, Consumer<String> say) {
        this.aws = aws;
        this.clusters = new Clusters(aws);
        this.say = say;
    }

    /** Empty when the cluster is ready, else why it never will be. */
    public Optional<Failure> await(String id) {
        Duration wait = FIRST_LOOK;
        String said = "";
        while (true) {
            Optional<EmrCluster> found = clusters.find(id);
            if (found.isPresent() && found.get().isReady()) {
                say.accept("The cluster " + id + " is " + found.get().state());
                return Optional.empty();
            } else if (found.isPresent() && !found.get().isUp()) {
                return Optional.of(failure(found.get()));
            }
            String line = found.map(this::line).orElse("The cluster " + id + " is not shown by EMR yet");
            if (!line.equals(said)) {
                say.accept(line);
                said = line;
            }
            if (!aws.patience().sleep(aws.patience().around(wait))) {
                throw new CancellationException("interrupted while the cluster " + id + " starts");
            }
            wait = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
        }
    }

    private String line(EmrCluster cluster) {
        List<FleetState> fleets = fleets(cluster.id());
        String reason = cluster.reason().isEmpty() ? "" : " (" + cluster.reason() + ")";
        String filling = fleets.stream().map(FleetState::words).collect(Collectors.joining("; "));
        String why = fleets.stream()
                .map(FleetState::reason)
                .filter(words -> !words.isEmpty())
                .distinct()
                .collect(Collectors.joining(" "));
        return cluster.state() + reason + (filling.isEmpty() ? "" : ": " + filling) + (why.isEmpty() ? "" : ". " + why);
    }

    /** They explain a wait, and no wait fails because they may not be looked at. */
    private List<FleetState> fleets(String id) {
        try {
            return clusters.fleets(id);
        } catch (AwsException fault) {
            if (fault.is(AwsException.Kind.DENIED) || fault.is(AwsException.Kind.UNKNOWN_CALL)) {
                return List.of();
            }
            throw fault;
        }
    }

    private Failure failure(EmrCluster cluster) {
        String sentence = "The cluster " + cluster.id() + " did not start: " + cluster.state()
                + (cluster.reason().isEmpty() ? "" : ", " + cluster.reason())
                + (cluster.reason().endsWith(".") ? "" : ".");
        String fleets = fleets(cluster.id()).stream()
                .filter(fleet ->
                        fleet.onDemandThere() < fleet.onDemandWanted() || fleet.spotThere() < fleet.spotWanted())
                .map(fleet -> fleet.words() + " of " + String.join(", ", fleet.types()))
                .collect(Collectors.joining("; "));
        String lacking = fleets.isEmpty() || !cluster.reason().matches("(?is).*(capacity|spot|provision).*")
                ? ""
                : " Not filled: " + fleets
                        + ". More instance types, more subnets, or TimeoutAction SWITCH_TO_ON_DEMAND help.";
        String log =
                new BootstrapLog(aws).tail(cluster).map(tail -> "\n" + tail).orElse("");
        return new Failure(sentence + lacking + log);
    }
}
