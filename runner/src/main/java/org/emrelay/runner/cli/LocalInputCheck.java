package org.emrelay.runner.cli;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Step;

/** Finds what a pipeline needs that a local cluster cannot reach, before anything starts. */
final class LocalInputCheck {
    private LocalInputCheck() {}

    /** Ends the command with a sentence for each thing that is out of reach. */
    static void check(Pipeline pipeline) {
        List<String> sentences = new ArrayList<>();
        for (Step step : pipeline.steps()) {
            if (step.runs()
                    && step.program().resource() instanceof FileRef.Remote program
                    && S3Inputs.S3.matcher(program.uri()).matches()) {
                sentences.add("Step '" + step.name() + "' runs " + program.uri()
                        + ", which a local cluster cannot fetch: name a copy on this machine as its script_uri.");
            }
        }
        if (!sentences.isEmpty()) {
            throw new CommandFailure(ExitCode.INVALID_FILE, String.join("\n", sentences));
        }
    }
}
