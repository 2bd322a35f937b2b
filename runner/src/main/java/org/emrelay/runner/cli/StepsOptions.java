package org.emrelay.runner.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    private List<String> assignments = new ArrayList<>();

    /** Of a parameter that is given several times the last value counts. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw CommandFailure.usage(
                        "-p '" + assignment + "': a parameter is given as NAME=VALUE, such as -p rows=1000.");
            }
            parameters.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return parameters;
    }
}
