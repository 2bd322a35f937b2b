package org.sparkpipelines.runner.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of actions that read the files. */
final class StepsOptions {
    @Option(
            names = {"-steps", "--steps", "--sfile"},
            paramLabel = "FILE",
            defaultValue = "steps.json",
            description = "What runs (default: steps.json).")
    Path steps;

    @Option(
            names = {"-cluster", "--cluster"},
            paramLabel = "FILE",
            description =
                    "On what it runs (default: cluster-ec2-spot-fleet.json beside the steps file, if it is there).")
    @Nullable
    Path cluster;

    @Option(
            names = "-p",
            paramLabel = "NAME=VALUE",
            description = "A parameter's value instead of the file's; may be given several times.")
    Map<String, String> parameters = new LinkedHashMap<>();
}
