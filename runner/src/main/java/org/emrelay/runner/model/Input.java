package org.emrelay.runner.model;

import java.util.Objects;

/**
 * One named input of a step.
 *
 * @param parameter the parameter that names the source, so that a message can say which {@code -p} replaces it; empty when none
 */
public record Input(String name, Source source, String parameter) {
    public Input {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(parameter, "parameter");
    }
}
