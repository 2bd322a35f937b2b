package org.emrelay.runner.service;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Step;

/** Refuses pipelines with a program that a local cluster cannot fetch. */
final class LocalInputCheck {
    private LocalInputCheck() {}

    /** Fails the command with one sentence per unreachable program. */
    static void check(Pipeline pipeline) {
        List<String> sentences = new ArrayList<>();
        for (Step step : pipeline.steps()) {
            if (step.runs()
                    && step.program().file() instanceof FileRef.Remote program
                    && S3Inputs.S3.matcher(program.uri()).matches()) {
                sentences.add("Step '" + step.name() + "' runs " + program.uri()
                        + ", which a local cluster cannot fetch. Set script_uri to a local copy.");
            }
        }
        if (!sentences.isEmpty()) {
            throw new CommandFailure(ExitCode.INVALID_FILE, String.join("\n", sentences));
        }
    }
}
