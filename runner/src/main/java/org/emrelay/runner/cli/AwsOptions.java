package org.emrelay.runner.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which AWS is meant; what they leave open, the environment and AWS's own files say. */
final class AwsOptions {
    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "The AWS region, such as us-east-1 (default: AWS_REGION, or the profile's).")
    @Nullable
    String region;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "A profile of ~/.aws (default: AWS_PROFILE, or default).")
    @Nullable
    String profile;

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "A server to speak to in AWS's place (default: AWS_ENDPOINT_URL).")
    @Nullable
    String endpoint;
}
