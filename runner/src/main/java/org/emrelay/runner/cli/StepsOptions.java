package org.emrelay.runner.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.parse.CommandLineSecrets;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.PipelineSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a pipeline's files and parameters. */
final class StepsOptions {
    @Option(
            names = {"-steps", "--steps", "--sfile"},
            paramLabel = "FILE",
            order = ActionCommand.PIPELINE_OPTION,
            defaultValue = "steps.json",
            description = "Steps file (default: steps.json).")
    private Path steps;

    @Option(
            names = {"-cluster", "--cluster"},
            paramLabel = "FILE",
            order = ActionCommand.PIPELINE_OPTION,
            description = "Cluster file (default: cluster-ec2-spot-fleet.json beside the steps file, if it exists).")
    private @Nullable Path cluster;

    @Option(
            names = "-p",
            paramLabel = "NAME=VALUE",
            order = ActionCommand.PIPELINE_OPTION,
            description = "Override a parameter of the steps file; repeatable.")
    private List<String> assignments = new ArrayList<>();

    PipelineSource source() {
        return new PipelineSource(steps, cluster, parameters());
    }

    /** The last value of a repeated parameter wins. */
    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw CommandFailure.usage("-p '" + CommandLineSecrets.mask(assignment)
                        + "' is not of the form NAME=VALUE, such as -p rows=1000.");
            }
            parameters.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return parameters;
    }
}
