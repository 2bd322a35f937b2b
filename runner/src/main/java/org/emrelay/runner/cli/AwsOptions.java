package org.emrelay.runner.cli;

import org.emrelay.runner.service.AwsOverrides;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that override the AWS configuration. */
final class AwsOptions {
    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "AWS region, such as us-east-1 (default: AWS_REGION, or the profile's).")
    private @Nullable String region;

    @Option(names = "--profile", paramLabel = "NAME", description = "AWS profile (default: AWS_PROFILE, or default).")
    private @Nullable String profile;

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "Override the AWS endpoint URL, as in the AWS CLI (default: AWS_ENDPOINT_URL).")
    private @Nullable String endpoint;

    AwsOverrides overrides() {
        return new AwsOverrides(region, profile, endpoint);
    }
}
