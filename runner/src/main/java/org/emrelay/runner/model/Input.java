package org.emrelay.runner.model;

import java.util.Objects;

/**
 * A named input of a step.
 *
 * @param parameter the parameter that supplies the source, for hints such as {@code -p name=…}; empty for none
 * @param keepName whether a local file keeps its bare name below {@code input/}, as scripts in the legacy form expect
 */
public record Input(String name, Source source, String parameter, boolean keepName) {
    public Input {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(parameter, "parameter");
    }

    public Input(String name, Source source, String parameter) {
        this(name, source, parameter, false);
    }

    public Input withSource(Source other) {
        return new Input(name, other, parameter, keepName);
    }
}
