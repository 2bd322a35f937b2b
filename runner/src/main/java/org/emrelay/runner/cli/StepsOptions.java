package org.emrelay.runner.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Backfill;
import org.emrelay.runner.parse.CommandLineSecrets;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.PipelineSource;
import org.emrelay.runner.service.stream.StreamReferences;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that name a pipeline's files and parameters. */
final class StepsOptions {
    /** The synopsis of an action with these options. */
    static final String SYNOPSIS = "${COMMAND-NAME} [FILE] [options]";

    private static final Path DEFAULT_FILE = Path.of("steps.json");

    @Option(
            names = {"-steps", "--steps", "--sfile"},
            paramLabel = "FILE",
            order = ActionCommand.PIPELINE_OPTION,
            description = "Steps file (default: steps.json).")
    private @Nullable Path steps;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Steps file, instead of -steps FILE.")
    private @Nullable Path file;

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

    @Option(
            names = "--backfill",
            paramLabel = "NAME=FROM..TO",
            order = ActionCommand.PIPELINE_OPTION,
            description = "Run the pipeline once per day, with the day as the value of this parameter, such as"
                    + " date=2026-11-01..2026-11-30.")
    private @Nullable String backfill;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            order = ActionCommand.PIPELINE_OPTION,
            description = "With --backfill: how many days run at a time (default: 1).")
    private @Nullable Integer parallel;

    /** @param workspace that has the streams which parameters name */
    PipelineSource source(Path workspace) throws IOException {
        return new PipelineSource(stepsFile(), cluster, StreamReferences.resolve(workspace, parameters()), backfill());
    }

    /** The cluster file as given; null for none. */
    @Nullable
    Path clusterFile() {
        return cluster;
    }

    private @Nullable Backfill backfill() {
        if (backfill == null) {
            if (parallel != null) {
                throw CommandFailure.usage("--parallel limits the days of --backfill. Add --backfill, or omit it.");
            }
            return null;
        } else if (parallel != null && parallel < 1) {
            throw CommandFailure.usage("--parallel must be at least 1, not " + parallel + ".");
        }
        return OptionValues.backfill(backfill, parallel == null ? 1 : parallel);
    }

    private Path stepsFile() {
        if (steps != null && file != null) {
            throw CommandFailure.usage("Two steps files: one with -steps and one without. Pass one.");
        }
        return steps != null ? steps : file != null ? file : DEFAULT_FILE;
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
