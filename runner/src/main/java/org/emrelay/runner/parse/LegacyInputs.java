package org.emrelay.runner.parse;

import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Template;
import org.emrelay.runner.parse.StepsFile.OriginalArgumentsEntry;
import org.jspecify.annotations.Nullable;

/** Reads what a step of the original form reads: at most one input, which two flags describe, and a file that is brought along. */
final class LegacyInputs {
    private static final String INPUT_DATA = "input_data";

    private final LegacyArguments arguments;
    private final LocalFiles files;
    private final UriChecks places;
    private final Problems problems;

    LegacyInputs(LegacyArguments arguments, LocalFiles files, UriChecks places, Problems problems) {
        this.arguments = arguments;
        this.files = files;
        this.places = places;
        this.problems = problems;
    }

    void local(OriginalArgumentsEntry script, String at, List<Input> inputs) {
        String text = script.localInput();
        if (text == null || LegacyArguments.isNone(text)) {
            return;
        }
        String path = RecordBinder.child(at, "local_input");
        Path file = files.file(text, path);
        if (file != null) {
            places.checkText(LocalFiles.nameOf(file), path);
            inputs.add(new Input("local_input", new Source.Local(file, true), ""));
        }
    }

    /** The word for {@code --input_data}, or null when it cannot be made out. */
    @Nullable
    Template data(
            OriginalArgumentsEntry script,
            String at,
            LegacyOutputs others,
            List<Input> inputs,
            List<Dependency> dependencies) {
        boolean external = arguments.flag(script.externalInput(), RecordBinder.child(at, "external_input"));
        boolean dependent = arguments.flag(
                script.inputDependencyFromOutputStep(), RecordBinder.child(at, "input_dependency_from_output_step"));
        checkSources(script, external, dependent, at);
        String path = RecordBinder.child(at, INPUT_DATA);
        if (dependent) {
            return fromStep(script, at, others, inputs, dependencies);
        }
        String data = script.inputData();
        if (data == null || LegacyArguments.isNone(data)) {
            return Template.literal(LegacyArguments.orNone(data));
        } else if (external) {
            Source source = external(data, path);
            if (source != null) {
                inputs.add(new Input(INPUT_DATA, source, ""));
            }
            return source == null ? null : Template.of(new Template.InputUri(INPUT_DATA));
        }
        places.checkText(data, path);
        return Template.literal(data);
    }

    private @Nullable Source external(String data, String path) {
        if (LocalFiles.isUri(data)) {
            return places.checkUri(data, path) ? new Source.External(data) : null;
        }
        Path file = files.existing(data, path);
        return file == null ? null : new Source.Local(file, false);
    }

    private void checkSources(OriginalArgumentsEntry script, boolean external, boolean dependent, String at) {
        boolean names = !LegacyArguments.isNone(script.fromStep());
        boolean data = !LegacyArguments.isNone(script.inputData());
        String fromStep = RecordBinder.child(at, "from_step");
        String inputData = RecordBinder.child(at, INPUT_DATA);
        if (external && dependent) {
            problems.error(
                    RecordBinder.child(at, "external_input"),
                    "the input has two sources: external_input and input_dependency_from_output_step are both \"1\".",
                    "Write \"0\" for one of them.");
        } else if (dependent && data) {
            problems.error(
                    inputData,
                    "the input has two sources: input_data is given, and input_dependency_from_output_step is \"1\".",
                    "Write \"None\" here, or \"0\" there.");
        }
        if (dependent && !names && !problems.isBroken(fromStep)) {
            problems.error(
                    fromStep,
                    "no step is named, but input_dependency_from_output_step is \"1\".",
                    "Name the step whose output is read.");
        } else if (!dependent && names) {
            problems.error(
                    fromStep,
                    "a step is named, but input_dependency_from_output_step is not \"1\".",
                    "Write \"None\" here, or \"1\" there.");
        }
        if (external && !dependent && !data && !problems.isBroken(inputData)) {
            problems.error(inputData, "nothing is named, but external_input is \"1\".", "Write where the input lies.");
        } else if (!external && !dependent && script.inputData() != null && LocalFiles.isUri(script.inputData())) {
            problems.error(
                    inputData,
                    "a URI is named, but external_input is not \"1\".",
                    "Write \"None\" here, or \"1\" there.");
        }
    }

    private @Nullable Template fromStep(
            OriginalArgumentsEntry script,
            String at,
            LegacyOutputs others,
            List<Input> inputs,
            List<Dependency> dependencies) {
        String step = script.fromStep();
        if (step == null || LegacyArguments.isNone(step)) {
            return null;
        }
        String path = RecordBinder.child(at, "from_step");
        dependencies.add(new Dependency(path, step, true));
        if (others.isToday(step)) {
            problems.error(
                    path,
                    "step '" + RecordBinder.shortened(step)
                            + "' has no script_args, and a script of the original form does not find its output.",
                    "Write both steps in the same form.");
        }
        if (StepName.isUsable(step)) {
            inputs.add(new Input(INPUT_DATA, new Source.FromStep(new StepName(step), ""), ""));
        }
        String name = others.of(step);
        return name == null ? null : Template.literal(name);
    }
}
