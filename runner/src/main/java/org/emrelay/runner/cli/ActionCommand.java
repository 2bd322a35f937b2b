package org.emrelay.runner.cli;

import org.emrelay.runner.service.ExitCode;

/** One action of the command line; picocli fills in its options. */
interface ActionCommand {
    ExitCode execute() throws Exception;
}
