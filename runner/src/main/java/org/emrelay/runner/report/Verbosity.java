package org.emrelay.runner.report;

/** How much of a command's progress is shown. */
public enum Verbosity {
    /** Only warnings. */
    QUIET,
    NORMAL,
    /** Also prints the command and the log of each step. */
    VERBOSE
}
