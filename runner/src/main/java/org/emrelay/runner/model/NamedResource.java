package org.emrelay.runner.model;

import java.util.Objects;

/**
 * A file or archive that is laid into the working directory of a step.
 *
 * @param alias the name that it gets there ({@code file#alias}); empty for its own
 */
public record NamedResource(FileRef resource, String alias) {
    public NamedResource {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(alias, "alias");
    }
}
