package org.emrelay.runner.service;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where fetched results go.
 *
 * @param chosen null for {@code results/<pipeline>} in the current directory
 */
public record ResultsDirectory(@Nullable Path chosen) {
    public Path resolve(RunnerContext context, String pipeline) {
        return context.resolve(chosen == null ? Path.of("results", pipeline) : chosen);
    }
}
