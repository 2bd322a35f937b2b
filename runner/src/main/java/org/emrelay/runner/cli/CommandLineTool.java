package org.emrelay.runner.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.emrelay.runner.cli.CommonOptions.OutputForm;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.parse.JsonSchema;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.NotOwnedException;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.emr.provision.CreationException;
import org.emrelay.runner.run.CorruptRunException;
import org.emrelay.runner.run.RunLockedException;
import org.emrelay.runner.run.SelectionException;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.ExitCode;
import org.emrelay.runner.service.FileErrors;
import org.emrelay.runner.service.RunnerContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Dispatches a command line to its action, and maps every failure to an exit code and a message. */
final class CommandLineTool {
    private static final List<String> ACTION_FLAGS = List.of("-a", "--action", "--Action");

    /** Replaces the program's name while picocli renders help: picocli would interpolate {@code %} and {@code ${…}} in a path. */
    private static final String PROGRAM = "\uE000";

    private final RunnerContext context;
    private final String programName;

    CommandLineTool(RunnerContext context, String programName) {
        this.context = context;
        this.programName = programName;
    }

    ExitCode run(List<String> arguments) {
        boolean verbose = arguments.contains("--verbose");
        try {
            return dispatch(new ArrayList<>(arguments));
        } catch (CommandFailure failure) {
            return fail(failure.exitCode(), failure, verbose);
        } catch (SelectionException failure) {
            return fail(ExitCode.USAGE, failure, verbose);
        } catch (CorruptRunException failure) {
            return fail(ExitCode.INVALID_FILE, failure, verbose);
        } catch (AwsException failure) {
            return fail(
                    failure.is(AwsException.Kind.CONFIGURATION) ? ExitCode.USAGE : ExitCode.PLATFORM_FAILED,
                    failure,
                    verbose);
        } catch (RefusedException | NotOwnedException | RunLockedException failure) {
            return fail(ExitCode.REFUSED, failure, verbose);
        } catch (CreationException failure) {
            return fail(ExitCode.PLATFORM_FAILED, failure, verbose);
        } catch (IOException failure) {
            return fail(ExitCode.PLATFORM_FAILED, failure, verbose);
        } catch (UncheckedIOException failure) {
            return fail(ExitCode.PLATFORM_FAILED, Objects.requireNonNullElse(failure.getCause(), failure), verbose);
        } catch (Exception | Error bug) {
            context.err().println("runner: internal error. Please report this bug with the stack trace below:");
            bug.printStackTrace(context.err());
            return ExitCode.INTERNAL;
        }
    }

    private ExitCode fail(ExitCode code, Exception failure, boolean verbose) {
        context.err()
                .println(
                        failure instanceof FileSystemException file ? FileErrors.sentence(file) : failure.getMessage());
        if (verbose) {
            failure.printStackTrace(context.err());
        }
        return code;
    }

    private ExitCode dispatch(List<String> arguments) throws Exception {
        Optional<String> key = takeAction(arguments);
        if (key.isEmpty()) {
            return withoutAction(arguments);
        }
        Action action = Action.find(key.get()).orElseThrow(() -> unknownAction(key.get()));
        takeAction(arguments).ifPresent(second -> {
            throw CommandFailure.usage("Two actions: " + action.key() + " and " + second + ". Pass one.");
        });
        ActionCommand command = action.command(context);
        CommandLine commandLine = new CommandLine(command)
                .setCommandName(PROGRAM + " -a " + action.key())
                .setPosixClusteredShortOptionsAllowed(false)
                .setExpandAtFiles(false)
                .registerConverter(Path.class, OptionValues::path)
                .registerConverter(Target.class, argument -> OptionValues.choice(argument, Target.values()))
                .registerConverter(JsonSchema.class, argument -> OptionValues.choice(argument, JsonSchema.values()))
                .registerConverter(OutputForm.class, argument -> OptionValues.choice(argument, OutputForm.values()))
                .setUsageHelpLongOptionsMaxWidth(36)
                .setUsageHelpWidth(110);
        ParseResult parsed = parse(commandLine, action, arguments);
        if (parsed.isUsageHelpRequested()) {
            context.out().print(help(commandLine, action).replace(PROGRAM, programName));
            return ExitCode.DONE;
        }
        return command.execute();
    }

    /** Removes {@code -a X} from the arguments: it may be anywhere, and determines which options are valid. */
    private Optional<String> takeAction(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
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

    private static String named(String flag, String key) {
        if (key.isEmpty()) {
            throw CommandFailure.usage(flag + " needs an action: " + String.join(", ", Action.keys()) + ".");
        }
        return key;
    }

    private ExitCode withoutAction(List<String> arguments) {
        if (arguments.contains("--version")) {
            String version = CommandLineTool.class.getPackage().getImplementationVersion();
            context.out().println("runner " + (version == null ? "(not packaged)" : version));
            return ExitCode.DONE;
        }
        boolean isHelp = arguments.contains("-h") || arguments.contains("--help");
        if (isHelp) {
            context.out().print(Help.overview(programName));
            return ExitCode.DONE;
        }
        if (arguments.isEmpty()) {
            context.err().print(Help.overview(programName));
            return ExitCode.USAGE;
        }
        throw CommandFailure.usage("No action. Pass -a with one of: " + String.join(", ", Action.keys()) + ". Example: "
                + programName + " -a run -steps steps.json");
    }

    private CommandFailure unknownAction(String key) {
        String suggestion = Suggestion.didYouMean(key, Action.keys());
        return CommandFailure.usage("Unknown action '" + key + "'. "
                + (suggestion.isEmpty() ? "" : suggestion + " ")
                + "Actions: " + String.join(", ", Action.keys()) + ".");
    }

    private ParseResult parse(CommandLine commandLine, Action action, List<String> arguments) {
        try {
            return commandLine.parseArgs(arguments.toArray(String[]::new));
        } catch (UnmatchedArgumentException exception) {
            throw usage(
                    action, unknownOption(commandLine, exception.getUnmatched().get(0)));
        } catch (ParameterException exception) {
            throw usage(
                    action,
                    exception.getMessage()
                            + (String.valueOf(exception.getMessage()).endsWith(".") ? "" : "."));
        }
    }

    private CommandFailure usage(Action action, @Nullable String message) {
        return CommandFailure.usage(message + " See " + programName + " -a " + action.key() + " --help.");
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
