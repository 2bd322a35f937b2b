package org.emrelay.runner.cli;

/** One action with its options, filled in by picocli and then carried out. */
interface ActionCommand {

    /** The options that this action shares with all others. */
    CommonOptions common();

    ExitCode carryOut() throws Exception;
}
