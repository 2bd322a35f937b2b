package org.emrelay.runner.cli;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.service.StepNames;
import picocli.CommandLine.Option;

/** The options that select steps. */
final class SelectionOptions {
    @Option(
            names = "--from",
            paramLabel = "STEP",
            split = ",",
            description = "Run this step and all downstream steps; reuse earlier results of all others.")
    private List<String> from = new ArrayList<>();

    @Option(
            names = "--only",
            paramLabel = "STEP",
            split = ",",
            description = "Run only this step, using earlier results.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--rerun",
            paramLabel = "STEP",
            split = ",",
            description = "Run this step and all downstream steps, even if their results could be reused.")
    private List<String> rerun = new ArrayList<>();

    Selection selection() {
        return new Selection(
                StepNames.parse("--from", from), StepNames.parse("--only", only), StepNames.parse("--rerun", rerun));
    }
}
