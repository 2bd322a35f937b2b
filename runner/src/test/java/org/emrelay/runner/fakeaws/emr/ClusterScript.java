package org.emrelay.runner.fakeaws.emr;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Scripts what happens to a cluster: phase durations, spot capacity and failures. */
public record ClusterScript(
        Duration onDemandDelay,
        Duration spotDelay,
        int spotCapacity,
        Duration bootstrapDuration,
        Duration terminationDuration,
        Duration logDelay,
        @Nullable BootstrapFailure bootstrapFailure) {

    /** A bootstrap action that fails on the first node of a role. */
    public record BootstrapFailure(int action, String role, int exitCode, String stderr) {
        public BootstrapFailure {
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(stderr, "stderr");
        }
    }

    public ClusterScript {
        Objects.requireNonNull(onDemandDelay, "onDemandDelay");
        Objects.requireNonNull(spotDelay, "spotDelay");
        Objects.requireNonNull(bootstrapDuration, "bootstrapDuration");
        Objects.requireNonNull(terminationDuration, "terminationDuration");
        Objects.requireNonNull(logDelay, "logDelay");
    }

    /** WAITING after 5 minutes, TERMINATED 1 minute after the request, logs without delay. */
    public static ClusterScript typical() {
        return new ClusterScript(
                Duration.ofSeconds(90),
                Duration.ofSeconds(120),
                Integer.MAX_VALUE,
                Duration.ofSeconds(180),
                Duration.ofSeconds(60),
                Duration.ZERO,
                null);
    }

    /** Limits the spot capacity to a number of fleet units. */
    public ClusterScript withSpotCapacity(int units) {
        return new ClusterScript(
                onDemandDelay, spotDelay, units, bootstrapDuration, terminationDuration, logDelay, bootstrapFailure);
    }

    /** Fails a bootstrap action, numbered from 1, on a node of role MASTER or CORE. */
    public ClusterScript withBootstrapFailure(int action, String role, int exitCode, String stderr) {
        BootstrapFailure failure = new BootstrapFailure(action, role, exitCode, stderr);
        return new ClusterScript(
                onDemandDelay, spotDelay, spotCapacity, bootstrapDuration, terminationDuration, logDelay, failure);
    }

    public ClusterScript withPhases(Duration provisioning, Duration bootstrap, Duration termination) {
        return new ClusterScript(
                provisioning, provisioning, spotCapacity, bootstrap, termination, logDelay, bootstrapFailure);
    }

    /** Delays the shipping of logs. Real EMR ships logs about every 5 minutes. */
    public ClusterScript withLogDelay(Duration delay) {
        return new ClusterScript(
                onDemandDelay,
                spotDelay,
                spotCapacity,
                bootstrapDuration,
                terminationDuration,
                delay,
                bootstrapFailure);
    }
}
