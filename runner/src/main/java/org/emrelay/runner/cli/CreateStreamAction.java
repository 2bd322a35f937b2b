package org.emrelay.runner.cli;

import java.nio.file.Path;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.StreamPlatform;
import org.emrelay.runner.service.stream.StreamCreator;
import org.emrelay.runner.service.stream.StreamSelector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates a stream and, on AWS, its resources. */
@Command(
        footer = {
            "%nExamples:",
            "  ${COMMAND-NAME} -stream stream.json",
            "  ${COMMAND-NAME} -stream stream.json -t emr --region us-east-1"
        })
final class CreateStreamAction extends PlatformAction {
    @Mixin
    private StreamSelection.File stream;

    @Mixin
    private TargetOption target;

    @Option(
            names = {"-cluster", "--cluster"},
            paramLabel = "FILE",
            description = "Cluster file whose bucket, tags and permissions boundary the stream uses (default: none).")
    private @Nullable Path cluster;

    @Option(names = "--keep", description = "Keep the resources of a failed creation, for troubleshooting.")
    private boolean keep;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        StreamSelector selector = stream.selector();
        StreamPlatform.Request request =
                new StreamPlatform.Request(selector.definition(context), selector.namedFile(), cluster);
        return new StreamCreator(application(context), target.platform).create(request, keep, output(context));
    }
}
