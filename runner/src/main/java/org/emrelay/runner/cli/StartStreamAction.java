package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.stream.StreamSelector;
import org.emrelay.runner.service.stream.StreamStarter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a stream in the foreground. */
@Command(
        footer = {
            "%nIt stops on Ctrl-C or SIGTERM, on stop_stream from another terminal, at a limit of the file, and at"
                    + " the end of the source.",
            "%nExamples:",
            "  ${COMMAND-NAME} -stream stream.json",
            "  ${COMMAND-NAME} -stream stream.json --duration 2h"
        })
final class StartStreamAction extends PlatformAction {
    @Mixin
    private StreamSelection.File stream;

    @Option(
            names = {"-t", "--target"},
            paramLabel = "${bundle:platforms}",
            order = TARGET_OPTION,
            description = "Platform of the stream (default: that of create_stream, or local for a new stream).")
    private @Nullable ClusterPlatform platform;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "Stop after this time, such as 90s, 30m or 2h (default: limits.duration of the file).")
    private @Nullable String duration;

    @Option(
            names = "--posts",
            paramLabel = "N",
            description = "Stop when the source has sent this many posts since the stream was created (default:"
                    + " limits.posts of the file).")
    private @Nullable Long posts;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        if (posts != null && posts < 1) {
            throw CommandFailure.usage("--posts must be at least 1, not " + posts + ".");
        }
        StreamSelector selector = stream.selector();
        StreamDefinition definition = selector.definition(context);
        return new StreamStarter(application(context), definition)
                .start(
                        selector.namedFile(),
                        platform,
                        StreamStarter.limits(
                                definition.limits(),
                                posts,
                                duration == null ? null : OptionValues.duration("--duration", duration)),
                        output(context));
    }
}
