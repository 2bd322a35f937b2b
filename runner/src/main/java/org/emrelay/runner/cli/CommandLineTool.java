package org.emrelay.runner.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.emrelay.runner.cli.ActionCommand.OutputForm;
import org.emrelay.runner.cli.CompletionAction.Shell;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.RunnerException;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.parse.CommandLineSecrets;
import org.emrelay.runner.parse.JsonSchema;
import org.emrelay.runner.platform.RunnerCommand;
import org.emrelay.runner.service.ClusterPlatform;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.FileErrors;
import org.emrelay.runner.service.InvalidFileException;
import org.emrelay.runner.service.Platforms;
import org.emrelay.runner.service.RunnerContext;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Dispatches a command line to its action, and maps every failure to an exit code and a message. */
final class CommandLineTool {
    static final List<String> ACTION_FLAGS = List.of("-a", "--action", "--Action");

    /** Replaces the program's name while picocli renders help: picocli would interpolate {@code %} and {@code ${…}} in a path. */
    private static final String PROGRAM = "\uE000";

    private static final int MIN_HELP_WIDTH = 80;
    private static final int MAX_HELP_WIDTH = 120;

    private static final char NO_BREAK = '\u00a0';

    private static final String EXIT_CODES =
            "Exit codes: 0_done; 1_a_step_failed; 2_usage_error; 3_invalid_file; 4_platform_error; 5_refused; 130_interrupted; 70_a_bug"
                    .replace('_', NO_BREAK);

    /** Where there is no terminal. */
    private static final int HELP_WIDTH = 110;

    private final RunnerContext context;
    private final String programName;

    CommandLineTool(RunnerContext context) {
        this.context = context;
        this.programName = context.command().program();
    }

    int run(List<String> arguments) {
        boolean verbose = arguments.contains("--verbose");
        try {
            return dispatch(new ArrayList<>(arguments), verbose);
        } catch (Exception | Error failure) {
            return report(failure, verbose).code();
        }
    }

    private int dispatch(List<String> arguments, boolean verbose) {
        Optional<String> key = takeAction(arguments);
        if (key.isEmpty()) {
            return withoutAction(arguments).code();
        }
        Action action = Action.find(key.get()).orElseThrow(() -> unknownAction(key.get()));
        takeFlaggedAction(arguments).ifPresent(second -> {
            throw CommandFailure.usage("Two actions: " + action.key() + " and " + second + ". Pass one.");
        });
        ActionCommand command = action.command();
        command.action = action.key();
        return new CommandLine(command)
                .setCommandName(PROGRAM + " -a " + action.key())
                .setPosixClusteredShortOptionsAllowed(false)
                .setExpandAtFiles(false)
                .registerConverter(Path.class, OptionValues::path)
                .registerConverter(Duration.class, OptionValues::age)
                .registerConverter(Long.class, OptionValues::number)
                .registerConverter(Integer.class, OptionValues::integer)
                .registerConverter(int.class, OptionValues::integer)
                .registerConverter(
                        ClusterPlatform.class, argument -> OptionValues.platform(argument, context.platforms()))
                .setResourceBundle(help(context.platforms()))
                .registerConverter(ExportTarget.class, argument -> OptionValues.choice(argument, ExportTarget.values()))
                .registerConverter(Shell.class, argument -> OptionValues.choice(argument, Shell.values()))
                .registerConverter(JsonSchema.class, argument -> OptionValues.choice(argument, JsonSchema.values()))
                .registerConverter(OutputForm.class, argument -> OptionValues.choice(argument, OutputForm.values()))
                .setUsageHelpLongOptionsMaxWidth(36)
                .setUsageHelpWidth(helpWidth())
                .setExecutionStrategy(parsed -> execute(parsed, action, command))
                .setParameterExceptionHandler((invalid, all) ->
                        report(usage(action, invalid, List.of(all)), verbose).code())
                .setExecutionExceptionHandler(
                        (failure, line, parsed) -> report(failure, verbose).code())
                .execute(arguments.toArray(String[]::new));
    }

    private int helpWidth() {
        return context.terminal().live()
                ? Math.min(Math.max(context.terminal().columns(), MIN_HELP_WIDTH), MAX_HELP_WIDTH)
                : HELP_WIDTH;
    }

    /** The texts about platforms in the descriptions of options. */
    static ResourceBundle help(Platforms platforms) {
        return new ListResourceBundle() {
            @Override
            protected Object[][] getContents() {
                List<String[]> texts = new ArrayList<>();
                texts.add(new String[] {"platforms", String.join("|", platforms.keys())});
                platforms
                        .keys()
                        .forEach(key -> texts.add(new String[] {"platforms." + key, platforms.enumerated(key)}));
                return texts.toArray(Object[][]::new);
            }
        };
    }

    private int execute(ParseResult parsed, Action action, ActionCommand command) {
        CommandLine commandLine = parsed.commandSpec().commandLine();
        if (parsed.isUsageHelpRequested()) {
            context.out().print(help(commandLine, action).replace(PROGRAM, programName));
            return ExitCode.DONE.code();
        }
        try (command) {
            RunnerCommand given = context.command().withOptions(command.contextOptions());
            return execute(command, context.withCommand(given)).code();
        } catch (Exception failure) {
            throw new ExecutionException(commandLine, action.key(), failure);
        }
    }

    /** Errors are text on stderr, but for scripts the problems of a file are a result like any other. */
    private static ExitCode execute(ActionCommand command, RunnerContext context) throws Exception {
        try {
            return command.execute(context);
        } catch (InvalidFileException invalid) {
            if (!command.isJson()) {
                throw invalid;
            }
            command.output(context).print(invalid.report());
            return invalid.exitCode();
        }
    }

    private ExitCode report(Throwable failure, boolean verbose) {
        if (failure instanceof RunnerException known) {
            return report(known.exitCode(), known.message(), known, verbose);
        } else if (failure instanceof FileSystemException file) {
            return report(ExitCode.PLATFORM_FAILED, FileErrors.sentence(file), file, verbose);
        } else if (failure instanceof IOException) {
            return report(ExitCode.PLATFORM_FAILED, String.valueOf(failure.getMessage()), failure, verbose);
        } else if (failure instanceof UncheckedIOException wrapper) {
            return report(Objects.requireNonNull(wrapper.getCause()), verbose);
        }
        return report(
                ExitCode.INTERNAL,
                "runner: internal error. Please report this bug with the stack trace below:",
                failure,
                true);
    }

    private ExitCode report(ExitCode code, String message, Throwable failure, boolean withStackTrace) {
        context.err().println(message);
        if (withStackTrace) {
            failure.printStackTrace(context.err());
        }
        return code;
    }

    /** Removes the action from the arguments: {@code -a X} anywhere, or a word without a flag. It determines which options are valid. */
    private Optional<String> takeAction(List<String> arguments) {
        Optional<String> flagged = takeFlaggedAction(arguments);
        if (flagged.isPresent()) {
            return flagged;
        }
        // A mistyped action can only be recognized at the start: elsewhere it can be the value of an option.
        boolean startsWithWord = !arguments.isEmpty() && !arguments.get(0).startsWith("-");
        int position = startsWithWord ? 0 : indexOfAction(arguments);
        return position < 0 ? Optional.empty() : Optional.of(arguments.remove(position));
    }

    private static int indexOfAction(List<String> arguments) {
        for (int i = 0; i < endOfOptions(arguments); i++) {
            if (Action.find(arguments.get(i)).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    private Optional<String> takeFlaggedAction(List<String> arguments) {
        for (int i = 0; i < endOfOptions(arguments); i++) {
            String argument = arguments.get(i);
            for (String flag : ACTION_FLAGS) {
                if (argument.equals(flag)) {
                    arguments.remove(i);
                    return Optional.of(named(flag, i == arguments.size() ? "" : arguments.remove(i)));
                } else if (argument.startsWith(flag + "=")) {
                    arguments.remove(i);
                    return Optional.of(named(flag, argument.substring(flag.length() + 1)));
                }
            }
        }
        return Optional.empty();
    }

    /** What follows {@code --} is another program's. */
    private static int endOfOptions(List<String> arguments) {
        int end = arguments.indexOf("--");
        return end < 0 ? arguments.size() : end;
    }

    private static String named(String flag, String key) {
        if (key.isEmpty()) {
            throw CommandFailure.usage(flag + " needs an action: " + String.join(", ", Action.keys()) + ".");
        }
        return key;
    }

    private ExitCode withoutAction(List<String> arguments) {
        if (arguments.contains("--version")) {
            context.out()
                    .print(BuildVersion.read()
                            .text(Runtime.version() + " (" + System.getProperty("java.vendor") + ")"));
            return ExitCode.DONE;
        }
        if (arguments.contains("-h") || arguments.contains("--help")) {
            context.out().print(overview());
            return ExitCode.DONE;
        }
        if (arguments.isEmpty()) {
            context.err().print(overview());
            return ExitCode.USAGE;
        }
        throw CommandFailure.usage("No action. Pass one of: " + String.join(", ", Action.keys()) + ". Example: "
                + context.command().action("run", "-steps", "steps.json"));
    }

    /** The help text without an action. */
    private String overview() {
        StringBuilder text = new StringBuilder();
        text.append("Emrelay runs pipelines of Spark steps, locally or on Amazon EMR.\n\n");
        text.append("Usage: ").append(programName).append(" -a ACTION [options]\n");
        text.append("       ").append(programName).append(" ACTION [options]\n\n");
        text.append("Examples:\n");
        text.append("  ")
                .append(context.command().action("run", "-steps", "steps.json"))
                .append("\n");
        text.append("  ").append(programName).append(" run steps.json\n\n");
        text.append("Actions:\n");
        for (Action action : Action.values()) {
            text.append(wrapped(String.format("  %-18s %s", action.key(), action.description()), 21));
        }
        text.append("\nOptions of an action: ").append(programName).append(" -a ACTION --help\n");
        text.append(wrapped(EXIT_CODES, 12));
        return text.toString();
    }

    /** Breaks a line that is wider than the help, and indents the lines after the first. */
    private String wrapped(String line, int indentation) {
        StringBuilder text = new StringBuilder();
        String rest = line;
        while (rest.length() > helpWidth()) {
            int blank = rest.lastIndexOf(' ', helpWidth());
            text.append(rest, 0, blank).append('\n');
            rest = " ".repeat(indentation) + rest.substring(blank + 1);
        }
        return text.append(rest).append('\n').toString().replace(NO_BREAK, ' ');
    }

    private CommandFailure unknownAction(String key) {
        String suggestion = Suggestion.didYouMean(key, Action.keys());
        return CommandFailure.usage("Unknown action '" + key + "'. "
                + (suggestion.isEmpty() ? "" : suggestion + " ")
                + "Actions: " + String.join(", ", Action.keys()) + ".");
    }

    private CommandFailure usage(Action action, ParameterException invalid, List<String> arguments) {
        String message = String.valueOf(invalid.getMessage());
        String sentence = invalid instanceof UnmatchedArgumentException unmatched
                ? unknownOption(
                        invalid.getCommandLine(), unmatched.getUnmatched().get(0))
                : message + (message.endsWith(".") ? "" : ".");
        return CommandFailure.usage(CommandLineSecrets.mask(sentence, arguments) + " See " + programName + " -a "
                + action.key() + " --help.");
    }

    private static String unknownOption(CommandLine commandLine, String argument) {
        List<String> known = new ArrayList<>();
        for (OptionSpec option : commandLine.getCommandSpec().options()) {
            // Every one-letter option would match.
            Stream.of(option.names()).filter(name -> name.length() > 2).forEach(known::add);
        }
        String suggestion = Suggestion.didYouMean(argument, known);
        String kind = argument.startsWith("-") ? "option" : "argument";
        return "Unknown " + kind + " '" + argument + "'." + (suggestion.isEmpty() ? "" : " " + suggestion);
    }

    private static String help(CommandLine commandLine, Action action) {
        // The form that users type; picocli accepts both.
        commandLine.setSeparator(" ");
        StringWriter text = new StringWriter();
        commandLine.usage(new PrintWriter(text), CommandLine.Help.Ansi.OFF);
        String description = Character.toUpperCase(action.description().charAt(0))
                + action.description().substring(1) + ".\n\n";
        return description + text;
    }
}
