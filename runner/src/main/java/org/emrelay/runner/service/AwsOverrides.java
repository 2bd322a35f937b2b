package org.emrelay.runner.service;

import org.jspecify.annotations.Nullable;

/** Command-line overrides of the AWS configuration; the environment and AWS's own files supply the rest. */
public record AwsOverrides(
        @Nullable String region,
        @Nullable String profile,
        @Nullable String endpointUrl) {}
