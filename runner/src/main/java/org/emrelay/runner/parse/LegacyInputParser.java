package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.quoted;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.parse.LegacyStepParser.LegacyValues;
import org.emrelay.runner.parse.ParsedStep.Dependency;
import org.emrelay.runner.parse.StepsFile.LegacyArgumentsEntry;
import org.emrelay.runner.parse.StepsParser.RawStep;
import org.jspecify.annotations.Nullable;

/** Parses the inputs of a legacy step: at most one data input, set by two flags, and one local file. */
record LegacyInputParser(LocalFiles files, CommandLineChecks checks, Problems problems) {
    private static final String INPUT_DATA = "input_data";

    void addLocalInput(LegacyArgumentsEntry legacyArguments, String argumentsPath, List<Input> inputs) {
        String localInput = legacyArguments.localInput();
        if (localInput == null || LegacyValues.isNone(localInput)) {
            return;
        }
        String path = childPath(argumentsPath, "local_input");
        Path file = files.existingFile(localInput, path);
        if (file != null) {
            checks.checkText(LocalFiles.nameOf(file), path);
            inputs.add(new Input("local_input", new FileRef.Local(file), "", true));
        }
    }

    /** Returns the value of {@code --input_data}, or null after a problem. */
    @Nullable
    Argument inputData(
            LegacyArgumentsEntry legacyArguments,
            String argumentsPath,
            Map<String, RawStep> steps,
            List<Input> inputs,
            List<Dependency> dependencies) {
        boolean external = LegacyValues.parseFlag(
                legacyArguments.externalInput(), childPath(argumentsPath, "external_input"), problems);
        boolean readsStep = LegacyValues.parseFlag(
                legacyArguments.inputDependencyFromOutputStep(),
                childPath(argumentsPath, "input_dependency_from_output_step"),
                problems);
        checkSources(legacyArguments, external, readsStep, argumentsPath);
        String path = childPath(argumentsPath, INPUT_DATA);
        if (readsStep) {
            return fromStep(legacyArguments, argumentsPath, steps, inputs, dependencies);
        }
        String data = legacyArguments.inputData();
        if (data == null || LegacyValues.isNone(data)) {
            return Argument.literal(LegacyValues.orNone(data));
        } else if (external) {
            Source source = external(data, path);
            if (source != null) {
                inputs.add(new Input(INPUT_DATA, source, ""));
            }
            return source == null ? null : Argument.of(new Argument.InputUri(INPUT_DATA));
        }
        checks.checkText(data, path);
        return Argument.literal(data);
    }

    private @Nullable Source external(String data, String path) {
        if (LocalFiles.isUri(data)) {
            return checks.checkInputUri(data, path) ? new FileRef.Remote(data) : null;
        }
        Path file = files.existingPath(data, path);
        return file == null ? null : new FileRef.Local(file);
    }

    private void checkSources(
            LegacyArgumentsEntry legacyArguments, boolean external, boolean readsStep, String argumentsPath) {
        boolean hasFromStep = !LegacyValues.isNone(legacyArguments.fromStep());
        boolean hasInputData = !LegacyValues.isNone(legacyArguments.inputData());
        String fromStepPath = childPath(argumentsPath, "from_step");
        String inputDataPath = childPath(argumentsPath, INPUT_DATA);
        if (external && readsStep) {
            problems.error(
                    childPath(argumentsPath, "external_input"),
                    "the input has two sources: external_input and input_dependency_from_output_step are both \"1\".",
                    "Set one of them to \"0\".");
        } else if (readsStep && hasInputData) {
            problems.error(
                    inputDataPath,
                    "the input has two sources: input_data is set, and input_dependency_from_output_step is \"1\".",
                    "Set input_data to \"None\" or input_dependency_from_output_step to \"0\".");
        }
        if (readsStep && !hasFromStep && !problems.isInvalid(fromStepPath)) {
            problems.error(
                    fromStepPath,
                    "from_step is not set, but input_dependency_from_output_step is \"1\".",
                    "Set from_step to the step whose output is read.");
        } else if (!readsStep && hasFromStep) {
            problems.error(
                    fromStepPath,
                    "from_step is set, but input_dependency_from_output_step is not \"1\".",
                    "Set from_step to \"None\" or input_dependency_from_output_step to \"1\".");
        }
        if (external && !readsStep && !hasInputData && !problems.isInvalid(inputDataPath)) {
            problems.error(
                    inputDataPath,
                    "input_data is not set, but external_input is \"1\".",
                    "Set input_data to a URI or path.");
        } else if (!external
                && !readsStep
                && legacyArguments.inputData() != null
                && LocalFiles.isUri(legacyArguments.inputData())) {
            problems.error(
                    inputDataPath,
                    "input_data is a URI, but external_input is not \"1\".",
                    "Set input_data to \"None\" or external_input to \"1\".");
        }
    }

    private @Nullable Argument fromStep(
            LegacyArgumentsEntry legacyArguments,
            String argumentsPath,
            Map<String, RawStep> steps,
            List<Input> inputs,
            List<Dependency> dependencies) {
        String step = legacyArguments.fromStep();
        if (step == null || LegacyValues.isNone(step)) {
            return null;
        }
        String path = childPath(argumentsPath, "from_step");
        dependencies.add(new Dependency(path, step, true));
        RawStep rawStep = steps.get(step);
        if (rawStep != null && rawStep.current() != null) {
            problems.error(
                    path,
                    "step " + quoted(step) + " has no script_args: scripts in the legacy form cannot read its output.",
                    "Write both steps in the same form.");
        }
        if (StepName.isValid(step)) {
            inputs.add(new Input(INPUT_DATA, new Source.FromStep(new StepName(step), ""), ""));
        }
        String name = rawStep == null || rawStep.legacy() == null ? null : LegacyValues.outputName(rawStep.legacy());
        return name == null ? null : Argument.literal(name);
    }
}
