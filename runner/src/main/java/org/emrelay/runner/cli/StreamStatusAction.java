package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.stream.StreamViewer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the status of a stream. */
@Command(footer = "%nExample: ${COMMAND-NAME} --name launches --output json")
final class StreamStatusAction extends PlatformAction {
    @Mixin
    private StreamSelection stream;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        Application app = application(context);
        output(context).print(new StreamViewer(app).report(stream.selector().folder(app)));
        return ExitCode.DONE;
    }
}
