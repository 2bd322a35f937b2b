package org.emrelay.runner.cli;

import java.util.concurrent.Callable;
import org.emrelay.runner.model.ExitCode;

/** One action of the command line; picocli fills in its options and calls it. */
interface ActionCommand extends Callable<Integer> {
    ExitCode execute() throws Exception;

    @Override
    default Integer call() throws Exception {
        return execute().code();
    }
}
