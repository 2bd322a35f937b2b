package org.emrelay.runner.stream;

import java.util.Objects;

/** The state from which a sink continues after a crash. It is saved together with the position of the source. */
public record SinkState(String value) {
    /** The state of a sink that needs none, or that was never used. */
    public static final SinkState NONE = new SinkState("");

    public SinkState {
        Objects.requireNonNull(value, "value");
    }
}
