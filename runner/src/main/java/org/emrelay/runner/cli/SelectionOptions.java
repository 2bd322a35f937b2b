package org.emrelay.runner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.run.Selection;
import org.emrelay.runner.service.StepNames;
import picocli.CommandLine.Option;

/** The options that select steps. */
final class SelectionOptions {
    /** Not one between the values of a loop, as in {@code sums[region=at,year=2026]}. */
    private static final Pattern COMMA = Pattern.compile(",(?![^\\[]*\\])");

    @Option(
            names = "--from",
            paramLabel = "STEP[,STEP...]",
            description = "Run this step and all downstream steps; reuse earlier results of all others.")
    private List<String> from = new ArrayList<>();

    @Option(names = "--only", paramLabel = "STEP[,STEP...]", description = "Run only this step, using earlier results.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--rerun",
            paramLabel = "STEP[,STEP...]",
            description = "Run this step and all downstream steps, even if their results could be reused.")
    private List<String> rerun = new ArrayList<>();

    Selection selection() {
        return new Selection(names("--from", from), names("--only", only), names("--rerun", rerun));
    }

    private static Set<StepName> names(String option, List<String> lists) {
        return StepNames.parse(
                option, lists.stream().flatMap(COMMA::splitAsStream).toList());
    }
}
