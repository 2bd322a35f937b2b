package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.stream.StreamEraser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes a stream and its resources; posts are kept. */
@Command(footer = "%nExample: ${COMMAND-NAME} --name launches --yes")
final class DeleteStreamAction extends PlatformAction {
    @Mixin
    private StreamSelection stream;

    @Option(
            names = "--delete-posts",
            description = "Delete the posts too, unless sink.directory names a directory of your own.")
    private boolean deletePosts;

    @Option(
            names = "--keep-rules",
            description = "Leave the stream's rules on X, for example because its token is gone.")
    private boolean keepRules;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        Application app = application(context);
        return new StreamEraser(app)
                .delete(
                        stream.selector().folder(app),
                        new StreamEraser.Options(deletePosts, keepRules, yes),
                        output(context));
    }
}
