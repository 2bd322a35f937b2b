package org.emrelay.runner.fakeaws.emr;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a cluster will fare: how long each phase takes, what capacity there is, what fails. */
public record ClusterScript(
        Duration onDemandAfter,
        Duration spotAfter,
        int spotAvailable,
        Duration bootstrapping,
        Duration terminating,
        Duration logsAfter,
        @Nullable BootstrapFailure bootstrapFailure) {

    /** A bootstrap action that ends with an error on the node with this role. */
    public record BootstrapFailure(int action, String role, int exitCode, String stderr) {
        public BootstrapFailure {
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(stderr, "stderr");
        }
    }

    public ClusterScript {
        Objects.requireNonNull(onDemandAfter, "onDemandAfter");
        Objects.requireNonNull(spotAfter, "spotAfter");
        Objects.requireNonNull(bootstrapping, "bootstrapping");
        Objects.requireNonNull(terminating, "terminating");
        Objects.requireNonNull(logsAfter, "logsAfter");
    }

    /** About five minutes to WAITING, a minute to TERMINATED, logs at once. */
    public static ClusterScript ordinary() {
        return new ClusterScript(
                Duration.ofSeconds(90),
                Duration.ofSeconds(120),
                Integer.MAX_VALUE,
                Duration.ofSeconds(180),
                Duration.ofSeconds(60),
                Duration.ZERO,
                null);
    }

    /** No more spot capacity than this, in a fleet's units. */
    public ClusterScript withSpotAvailable(int units) {
        return new ClusterScript(
                onDemandAfter, spotAfter, units, bootstrapping, terminating, logsAfter, bootstrapFailure);
    }

    /** Action 1 is the first; the role is MASTER or CORE. */
    public ClusterScript withBootstrapFailure(int action, String role, int exitCode, String stderr) {
        BootstrapFailure failure = new BootstrapFailure(action, role, exitCode, stderr);
        return new ClusterScript(
                onDemandAfter, spotAfter, spotAvailable, bootstrapping, terminating, logsAfter, failure);
    }

    public ClusterScript withPhases(Duration provisioning, Duration bootstrap, Duration termination) {
        return new ClusterScript(
                provisioning, provisioning, spotAvailable, bootstrap, termination, logsAfter, bootstrapFailure);
    }

    /** EMR ships logs about every five minutes. */
    public ClusterScript withLogsAfter(Duration delay) {
        return new ClusterScript(
                onDemandAfter, spotAfter, spotAvailable, bootstrapping, terminating, delay, bootstrapFailure);
    }
}
