package org.emrelay.runner.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.parse.CommandLineSecrets;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.AwsOverrides;
import org.emrelay.runner.service.RunnerContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** An action that may call AWS, with the options that override the AWS configuration. */
abstract class PlatformAction extends ActionCommand {
    @Option(
            names = "--region",
            paramLabel = "REGION",
            order = AWS_OPTION,
            description = "AWS region, such as us-east-1 (default: AWS_REGION, or the profile's).")
    private @Nullable String region;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            order = AWS_OPTION,
            description = "AWS profile (default: AWS_PROFILE, or default).")
    private @Nullable String profile;

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            order = AWS_OPTION,
            description = "Override the AWS endpoint URL, as in the AWS CLI (default: AWS_ENDPOINT_URL).")
    private @Nullable String endpoint;

    private @Nullable Application application;

    /** What this command works on, the same object for each call. */
    Application application(RunnerContext context) {
        Application created = application == null
                ? new Application(context, action, workspace, new AwsOverrides(region, profile, endpoint), verbosity())
                : application;
        application = created;
        return created;
    }

    @Override
    List<String> contextOptions() {
        List<String> options = new ArrayList<>(super.contextOptions());
        add(options, "--region", region);
        add(options, "--profile", profile);
        add(options, "--endpoint-url", endpoint == null ? null : CommandLineSecrets.mask(endpoint));
        return options;
    }

    private static void add(List<String> options, String name, @Nullable String value) {
        if (value != null) {
            options.add(name);
            options.add(value);
        }
    }

    @Override
    public void close() throws IOException {
        if (application != null) {
            application.close();
        }
    }
}
