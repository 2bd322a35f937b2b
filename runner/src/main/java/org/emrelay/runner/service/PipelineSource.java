package org.emrelay.runner.service;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files that define a pipeline and its cluster.
 *
 * @param clusterFile null for the default name beside the steps file, where it exists
 * @param parameters values that override the steps file's parameters
 */
public record PipelineSource(Path stepsFile, @Nullable Path clusterFile, Map<String, String> parameters) {
    public PipelineSource {
        Objects.requireNonNull(stepsFile, "stepsFile");
        parameters = Map.copyOf(parameters);
    }
}
