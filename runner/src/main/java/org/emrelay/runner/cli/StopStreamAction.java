package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.RunnerContext;
import org.emrelay.runner.service.stream.StreamStopper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a stream that runs in another process. */
@Command(footer = "%nExample: ${COMMAND-NAME} --name launches")
final class StopStreamAction extends PlatformAction {
    @Mixin
    private StreamSelection stream;

    @Override
    ExitCode execute(RunnerContext context) throws Exception {
        Application app = application(context);
        return new StreamStopper(app).stop(stream.selector().folder(app), output(context));
    }
}
