package org.emrelay.runner.platform;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the user started this program: messages name commands so that they work when they are pasted into a shell.
 *
 * @param program how the program was started, such as {@code ./runner.sh}, quoted for a shell
 * @param options the user's options for the workspace and the AWS account, which the next command needs too
 */
public record RunnerCommand(String program, List<String> options) {
    public RunnerCommand {
        Objects.requireNonNull(program, "program");
        options = List.copyOf(options);
    }

    public RunnerCommand withOptions(List<String> given) {
        return new RunnerCommand(program, given);
    }

    /** A command of this program, such as {@code ./runner.sh -a execute_steps -idc j-2AXXXXXXGAPLF --region eu-west-1}. */
    public String action(String action, String... arguments) {
        return action(action, List.of(arguments));
    }

    public String action(String action, List<String> arguments) {
        return program + " -a " + action
                + Stream.concat(arguments.stream(), options.stream())
                        .map(argument -> " " + ShellWord.quoted(argument))
                        .collect(Collectors.joining());
    }
}
