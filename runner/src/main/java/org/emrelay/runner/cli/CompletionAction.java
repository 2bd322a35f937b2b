package org.emrelay.runner.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a script that completes command lines in a shell. Completing does not start this program. */
@Command(
        customSynopsis = "${COMMAND-NAME} bash|zsh|fish [options]",
        footer = {
            "%nExamples:",
            "  source <(${COMMAND-NAME} bash)",
            "  source <(${COMMAND-NAME} zsh)",
            "  ${COMMAND-NAME} fish > ~/.config/fish/completions/runner.sh.fish"
        })
final class CompletionAction extends ActionCommand {
    /** The script of this repository and of the distribution. */
    private static final String SCRIPT = "runner.sh";

    /** A program without arguments: {@code java -jar runner.jar} is completed as java is. */
    private static final Pattern PROGRAM = Pattern.compile("(?:.*/)?([A-Za-z0-9_.-]+)");

    /** A shell that completes command lines. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private Shell shell;

    @Override
    ExitCode execute(RunnerContext context) {
        List<CompletedAction> actions = new ArrayList<>();
        for (Action action : Action.values()) {
            CommandLine commandLine = new CommandLine(action.command());
            commandLine.setResourceBundle(CommandLineTool.help(context.platforms()));
            actions.add(CompletedAction.of(action, commandLine.getCommandSpec()));
        }
        Set<String> programs = new TreeSet<>(Set.of(SCRIPT));
        Matcher program = PROGRAM.matcher(context.command().program());
        if (program.matches()) {
            programs.add(program.group(1));
        }
        context.out()
                .print(
                        switch (shell) {
                            case BASH -> new BashCompletion(actions, programs).script();
                            case ZSH ->
                                "autoload -Uz bashcompinit compinit && compinit && bashcompinit\n"
                                        + new BashCompletion(actions, programs).script();
                            case FISH -> new FishCompletion(actions, programs).script();
                        });
        return ExitCode.DONE;
    }
}
