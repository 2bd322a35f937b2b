package org.emrelay.runner.stream;

import java.util.Objects;

/** How far a source was read. Only the source itself knows what the value means. */
public record Position(String value) {
    public Position {
        Objects.requireNonNull(value, "value");
    }
}
