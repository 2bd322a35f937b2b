package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.quoted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Destination;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.parse.ParsedStep.Dependency;
import org.emrelay.runner.parse.SettingsParser.StepSettings;
import org.emrelay.runner.parse.StepsFile.LegacyArgumentsEntry;
import org.emrelay.runner.parse.StepsFile.LegacyStepEntry;
import org.emrelay.runner.parse.StepsParser.RawStep;
import org.jspecify.annotations.Nullable;

/** Converts a legacy step to the current model, so that its script receives identical arguments. */
record LegacyStepParser(
        LegacyInputParser inputParser,
        OutputParser outputParser,
        SettingsParser settingsParser,
        ProgramParser programParser,
        CommandLineChecks checks,
        Problems problems) {

    /** The values of {@code on_failure} by their legacy names. */
    private static final Map<String, OnFailure> ACTIONS_ON_FAILURE = new TreeMap<>(Map.of(
            "CANCEL_AND_WAIT", OnFailure.CANCEL,
            "CONTINUE", OnFailure.CONTINUE,
            "TERMINATE_CLUSTER", OnFailure.TERMINATE_CLUSTER,
            "TERMINATE_JOB_FLOW", OnFailure.TERMINATE_CLUSTER));

    /**
     * @param previous the preceding step in the file, on which this one depends; empty for the first
     * @param steps all steps of the file by name
     */
    ParsedStep parse(LegacyStepEntry entry, String path, String previous, Map<String, RawStep> steps) {
        LegacyArgumentsEntry legacyArguments = entry.scriptArgs();
        String argumentsPath = childPath(path, "script_args");
        List<Dependency> dependencies = new ArrayList<>();
        List<Input> inputs = new ArrayList<>();
        Output output = null;
        Arguments arguments = null;
        if (legacyArguments != null) {
            output = output(entry, legacyArguments, path);
            inputParser.addLocalInput(legacyArguments, argumentsPath, inputs);
            Argument inputData = inputParser.inputData(legacyArguments, argumentsPath, steps, inputs, dependencies);
            arguments = arguments(entry, legacyArguments, inputData, argumentsPath);
        }
        if (!previous.isEmpty() && !previous.equals(entry.name())) {
            dependencies.add(new Dependency(path, previous, false));
        }
        String action = problems.oneOf(
                entry.actionOnFailure(), List.copyOf(ACTIONS_ON_FAILURE.keySet()), childPath(path, "ActionOnFailure"));
        StepSettings settings =
                settingsParser.parse(entry, action == null ? null : ACTIONS_ON_FAILURE.get(action), path);
        Program program = programParser.parse(settings.script(), settings.mainClass(), path);
        return new ParsedStep(
                path,
                new LoopInstance(path, Map.of()),
                entry.name() == null ? "" : entry.name(),
                entry.description() == null ? "" : entry.description(),
                true,
                program,
                inputs,
                output,
                childPath(argumentsPath, "output_uri"),
                arguments,
                dependencies,
                settings.spark(),
                settings.failurePolicy());
    }

    private @Nullable Output output(LegacyStepEntry entry, LegacyArgumentsEntry legacyArguments, String path) {
        String argumentsPath = childPath(path, "script_args");
        String outputUriPath = childPath(argumentsPath, "output_uri");
        boolean automatic = LegacyValues.parseFlag(
                legacyArguments.autoGenerateOutput(), childPath(argumentsPath, "auto_generate_output"), problems);
        String guiid = identifier(entry.guiid(), childPath(path, "guiid"));
        String format = LegacyValues.isNone(legacyArguments.formatOutput())
                ? ""
                : outputParser.format(legacyArguments.formatOutput(), childPath(argumentsPath, "format_output"));
        if (automatic && guiid == null) {
            if (!problems.isInvalid(childPath(path, "guiid"))) {
                problems.error(
                        childPath(path, "guiid"), "required key is missing.", "The output name is derived from it.");
            }
            return null;
        } else if (automatic && !LegacyValues.isNone(legacyArguments.outputUri())) {
            problems.error(
                    outputUriPath,
                    "output_uri is set, but auto_generate_output is \"1\".",
                    "Set output_uri to \"None\" or auto_generate_output to \"0\".");
            return null;
        }
        String name = LegacyValues.outputName(entry);
        if (name == null) {
            if (entry.name() != null && !problems.isInvalid(outputUriPath)) {
                problems.error(
                        outputUriPath,
                        "output_uri is not set, and auto_generate_output is not \"1\".",
                        "Set output_uri, or set auto_generate_output to \"1\".");
            }
            return null;
        }
        Destination destination = destination(name, outputUriPath);
        return destination == null
                ? null
                : new Output(
                        destination,
                        "output_uri",
                        format,
                        destination instanceof Output.WorkspacePath ? Overwrite.RESULTS : Overwrite.NONE);
    }

    /** The number in an automatic output name, under the legacy key {@code guiid}. */
    private @Nullable String identifier(@Nullable JsonValue value, String path) {
        if (value == null) {
            return null;
        }
        String text = LegacyValues.toText(value);
        if (!text.matches("[A-Za-z0-9_.-]+")) {
            problems.wrongType(path, "a string of letters and digits", value);
            return null;
        }
        return text;
    }

    /** Legacy scripts prepend the workspace's output folder to a bare name. */
    private @Nullable Destination destination(String name, String path) {
        checks.checkText(name, path);
        if (LocalFiles.isUri(name)) {
            return checks.checkUri(name, path) ? new Output.AtUri(name) : null;
        }
        List<String> segments = Arrays.asList(name.split("/", -1));
        if (segments.contains("..") || segments.contains("")) {
            problems.error(
                    path,
                    quoted(name) + " is not a path inside the workspace's output folder.",
                    "Example: words.parquet.");
            return null;
        }
        return new Output.WorkspacePath("output/" + name);
    }

    /** The ten arguments of a legacy script, in the order in which it expects them. */
    private @Nullable Arguments arguments(
            LegacyStepEntry entry,
            LegacyArgumentsEntry legacyArguments,
            @Nullable Argument inputData,
            String argumentsPath) {
        String output = LegacyValues.outputName(entry);
        if (inputData == null || output == null || entry.name() == null) {
            return null;
        }
        String description = entry.description() == null ? "" : entry.description();
        checks.checkText(
                description, childPath(argumentsPath.substring(0, argumentsPath.lastIndexOf('.')), "description"));
        List<Argument> arguments = new ArrayList<>();
        add(arguments, "auto_generate_output", LegacyValues.zeroOrOne(legacyArguments.autoGenerateOutput()));
        add(arguments, "output_uri", output);
        add(arguments, "format_output", LegacyValues.orNone(legacyArguments.formatOutput()));
        add(arguments, "external_input", LegacyValues.zeroOrOne(legacyArguments.externalInput()));
        add(
                arguments,
                "input_dependency_from_output_step",
                LegacyValues.zeroOrOne(legacyArguments.inputDependencyFromOutputStep()));
        add(arguments, "from_step", LegacyValues.orNone(legacyArguments.fromStep()));
        arguments.add(Argument.literal("--input_data"));
        arguments.add(inputData);
        add(arguments, "name_step", entry.name());
        add(arguments, "description", description);
        arguments.add(Argument.literal("--prefix_name"));
        arguments.add(Argument.of(new Argument.WorkspaceName()));
        return new Arguments.Verbatim(arguments, true);
    }

    private static void add(List<Argument> arguments, String flag, String value) {
        arguments.add(Argument.literal("--" + flag));
        arguments.add(Argument.literal(value));
    }

    /** Decodes the strings of the legacy form: {@code "0"}, {@code "1"}, {@code "None"} and output names. */
    static final class LegacyValues {
        private static final String NONE = "None";

        private LegacyValues() {}

        static boolean parseFlag(@Nullable JsonValue value, String path, Problems problems) {
            if (value == null || isTrue(value)) {
                return value != null;
            }
            String text = toText(value);
            if (!text.equals("0") && !isNone(text) && !(value instanceof JsonBoolean)) {
                problems.wrongType(path, "\"0\" or \"1\"", value);
            }
            return false;
        }

        static boolean isTrue(@Nullable JsonValue value) {
            return value instanceof JsonBoolean bool
                    ? bool.value()
                    : value != null && toText(value).equals("1");
        }

        private static String zeroOrOne(@Nullable JsonValue value) {
            return isTrue(value) ? "1" : "0";
        }

        static String toText(@Nullable JsonValue value) {
            if (value instanceof JsonString string) {
                return string.text();
            }
            return value instanceof JsonNumber number ? number.text() : "";
        }

        static boolean isNone(@Nullable String text) {
            return text == null || text.isBlank() || text.equals(NONE);
        }

        /** The argument for an optional string: its value, or {@code None}. */
        static String orNone(@Nullable String text) {
            return text == null || isNone(text) ? NONE : text;
        }

        /** Builds the output name as the original runner does; null if a part is missing. */
        static @Nullable String outputName(LegacyStepEntry step) {
            LegacyArgumentsEntry arguments = step.scriptArgs();
            if (arguments == null) {
                return null;
            } else if (!isTrue(arguments.autoGenerateOutput())) {
                return isNone(arguments.outputUri()) ? null : arguments.outputUri();
            }
            String extension = isNone(arguments.formatOutput()) ? "" : arguments.formatOutput();
            String number = toText(step.guiid());
            return step.name() == null || number.isEmpty() ? null : "output_" + step.name() + "_" + number + extension;
        }
    }
}
