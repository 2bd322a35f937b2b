package org.emrelay.runner.stream;

import java.util.Objects;

/** The position up to which a source was read. Only the source itself interprets the value. */
public record Position(String value) {
    public Position {
        Objects.requireNonNull(value, "value");
    }
}
