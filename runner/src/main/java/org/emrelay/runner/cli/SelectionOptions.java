package org.emrelay.runner.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.run.Selection;
import picocli.CommandLine.Option;

/** The options that choose steps by hand. */
final class SelectionOptions {
    @Option(
            names = "--from",
            paramLabel = "STEP",
            split = ",",
            description = "Run this step and all below it; the others' results are taken from the last run.")
    List<String> from = new ArrayList<>();

    @Option(
            names = "--only",
            paramLabel = "STEP",
            split = ",",
            description = "Run just this step, on the last run's results.")
    List<String> only = new ArrayList<>();

    @Option(
            names = "--rerun",
            paramLabel = "STEP",
            split = ",",
            description = "Run this step and all below it, whatever results there are.")
    List<String> rerun = new ArrayList<>();

    Selection selection() {
        return new Selection(names("--from", from), names("--only", only), names("--rerun", rerun));
    }

    boolean isNone() {
        return from.isEmpty() && only.isEmpty() && rerun.isEmpty();
    }

    static Set<StepName> names(String option, List<String> written) {
        Set<StepName> names = new LinkedHashSet<>();
        for (String name : written) {
            if (!StepName.isUsable(name)) {
                throw CommandFailure.usage(option + " '" + name + "': that is no step's name.");
            }
            names.add(new StepName(name));
        }
        return names;
    }
}
