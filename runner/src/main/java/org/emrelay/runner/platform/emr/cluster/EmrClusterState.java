package org.emrelay.runner.platform.emr.cluster;

import java.util.List;
import java.util.Objects;

/** The state of an EMR cluster, under EMR's name. A name that is not known here counts as up. */
public record EmrClusterState(String name) {
    /** The states of clusters that run steps or will. */
    public static final List<String> UP = List.of("STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING");

    /** The states of clusters whose instances exist. */
    public static final List<String> ACTIVE = List.of("STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING");

    public EmrClusterState {
        Objects.requireNonNull(name, "name");
    }

    /** Whether the cluster runs steps. */
    public boolean acceptsSteps() {
        return name.equals("RUNNING") || name.equals("WAITING");
    }

    /** Whether EMR has not yet launched all instances that the cluster needs. */
    public boolean isStarting() {
        return name.equals("STARTING");
    }

    public boolean hasEnded() {
        return name.startsWith("TERMINATED");
    }

    public boolean isUp() {
        return !hasEnded() && !name.equals("TERMINATING");
    }

    @Override
    public String toString() {
        return name;
    }
}
