package org.emrelay.runner.platform.emr.cluster;

import java.util.Objects;

/** A step as ListSteps returns it. */
public record ListedStep(String id, String name, String state) {
    public ListedStep {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
    }
}
