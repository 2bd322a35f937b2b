package org.emrelay.runner.cli;

import java.util.Stack;
import java.util.regex.Pattern;
import org.emrelay.runner.service.ResumeRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option to reuse results of earlier runs. */
final class ResumeOption {
    @Option(
            names = "--resume",
            paramLabel = "RUN",
            arity = "0..1",
            parameterConsumer = RunIdConsumer.class,
            description =
                    "Reuse unchanged results of this run (default: the newest ones of all runs of the workspace).")
    @Nullable
    private String run;

    ResumeRequest request() {
        return new ResumeRequest(run);
    }

    /** Takes a run id but no steps file, as in {@code run --resume steps.json}. */
    static final class RunIdConsumer implements IParameterConsumer {
        private static final Pattern STEPS_FILE = Pattern.compile(".*(/|\\.json$)");

        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            boolean isRunId = !arguments.isEmpty()
                    && !arguments.peek().startsWith("-")
                    && !STEPS_FILE.matcher(arguments.peek()).lookingAt();
            option.setValue(isRunId ? arguments.pop() : "");
        }
    }
}
