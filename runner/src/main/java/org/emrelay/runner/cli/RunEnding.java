package org.emrelay.runner.cli;

import org.emrelay.runner.run.RunResult;

/** What a run's end means for the process. */
final class RunEnding {
    private RunEnding() {}

    static ExitCode exitCode(RunResult result) {
        return switch (result.status()) {
            case DONE -> ExitCode.DONE;
            case FAILED -> ExitCode.STEP_FAILED;
            case INTERRUPTED, DETACHED, UNFINISHED -> ExitCode.INTERRUPTED;
        };
    }
}
