package org.emrelay.runner.stream;

import java.util.Objects;

/** What a sink must know to continue after a crash. It is saved together with the position of the source. */
public record SinkState(String value) {
    /** Of a sink that needs to know nothing, or that was never used. */
    public static final SinkState NONE = new SinkState("");

    public SinkState {
        Objects.requireNonNull(value, "value");
    }
}
