package org.emrelay.runner.cli;

import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.RunnerContext;

/** One action of the command line; picocli fills in its options. */
interface ActionCommand {
    ExitCode execute(RunnerContext context) throws Exception;
}
