package org.emrelay.runner.model;

import java.util.Objects;

/**
 * A named input of a step.
 *
 * @param parameter the parameter that supplies the source, for hints such as {@code -p name=…}; empty for none
 */
public record Input(String name, Source source, String parameter) {
    public Input {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(parameter, "parameter");
    }
}
