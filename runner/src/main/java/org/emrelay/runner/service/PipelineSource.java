package org.emrelay.runner.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.model.Backfill;
import org.emrelay.runner.parse.CommandLineSecrets;
import org.jspecify.annotations.Nullable;

/**
 * The files that define a pipeline and its cluster.
 *
 * @param clusterFile null for the default name beside the steps file, where it exists
 * @param parameters values that override the steps file's parameters
 * @param backfill the days to run the pipeline for; null to run it once
 */
public record PipelineSource(
        Path stepsFile,
        @Nullable Path clusterFile,
        Map<String, String> parameters,
        @Nullable Backfill backfill) {
    public PipelineSource {
        Objects.requireNonNull(stepsFile, "stepsFile");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** The options that name the same files and parameters on a command line, and further ones. Secrets are masked. */
    public List<String> options(String... further) {
        List<String> options = new ArrayList<>(List.of("-steps", stepsFile.toString()));
        if (clusterFile != null) {
            options.addAll(List.of("-cluster", clusterFile.toString()));
        }
        parameters.forEach((name, value) -> options.addAll(List.of("-p", CommandLineSecrets.mask(name + "=" + value))));
        if (backfill != null) {
            options.addAll(List.of("--backfill", backfill.parameter() + "=" + backfill.range()));
        }
        if (backfill != null && backfill.parallel() > 1) {
            options.addAll(List.of("--parallel", String.valueOf(backfill.parallel())));
        }
        options.addAll(List.of(further));
        return options;
    }
}
