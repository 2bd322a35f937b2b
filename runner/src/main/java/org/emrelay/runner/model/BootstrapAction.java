package org.emrelay.runner.model;

import java.util.List;
import java.util.Objects;

/** A script that every node runs before its applications start. */
public record BootstrapAction(String name, FileRef script, List<String> arguments) {
    public BootstrapAction {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(script, "script");
        arguments = List.copyOf(arguments);
    }
}
