package org.emrelay.runner.cli;

import java.io.IOException;
import java.util.function.Consumer;
import org.emrelay.runner.run.Run;
import org.emrelay.runner.run.Selection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which earlier run's results may be used. */
final class ResumeOption {
    @Option(
            names = "--resume",
            paramLabel = "RUN",
            arity = "0..1",
            fallbackValue = "",
            description =
                    "Use what an earlier run finished (default: the last one of this pipeline) where nothing has changed.")
    @Nullable
    private String run;

    /** The run that is meant; null when none is wanted. Steps that are chosen by hand want one too. */
    @Nullable
    Run find(Runs book, String pipeline, Selection selection, Consumer<String> say) throws IOException {
        if (run == null && selection.isNone()) {
            return null;
        }
        Run earlier = book.resumable(pipeline, run == null ? "" : run).orElse(null);
        if (earlier == null) {
            say.accept("There is no earlier run of " + pipeline + " to resume: everything runs.");
        }
        return earlier;
    }
}
