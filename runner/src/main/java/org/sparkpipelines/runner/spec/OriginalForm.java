package org.sparkpipelines.runner.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkpipelines.runner.model.Arguments;
import org.sparkpipelines.runner.model.FailurePolicy.OnFailure;
import org.sparkpipelines.runner.model.Input;
import org.sparkpipelines.runner.model.Output;
import org.sparkpipelines.runner.model.Output.Destination;
import org.sparkpipelines.runner.model.Program;
import org.sparkpipelines.runner.model.Source;
import org.sparkpipelines.runner.model.StepName;
import org.sparkpipelines.runner.model.Template;
import org.sparkpipelines.runner.spec.StepsFile.OriginalArgumentsEntry;
import org.sparkpipelines.runner.spec.StepsFile.OriginalStepEntry;

/** Turns a step of the original form into one of today's: its script notices no difference. */
final class OriginalForm {
    private static final String INPUT_DATA = "input_data";

    private final OriginalArguments arguments;
    private final OutputReading outputs;
    private final SettingsReading settings;
    private final ProgramReading programs;
    private final LocalFiles files;
    private final PlaceChecks places;
    private final Problems problems;

    OriginalForm(
            OriginalArguments arguments,
            OutputReading outputs,
            SettingsReading settings,
            ProgramReading programs,
            LocalFiles files,
            PlaceChecks places,
            Problems problems) {
        this.arguments = arguments;
        this.outputs = outputs;
        this.settings = settings;
        this.programs = programs;
        this.files = files;
        this.places = places;
        this.problems = problems;
    }

    /** What the original calls the three things that a step may do to the rest. */
    private enum ActionOnFailure {
        CANCEL_AND_WAIT(OnFailure.CANCEL),
        CONTINUE(OnFailure.CONTINUE),
        TERMINATE_CLUSTER(OnFailure.TERMINATE_CLUSTER),
        TERMINATE_JOB_FLOW(OnFailure.TERMINATE_CLUSTER);

        private final OnFailure onFailure;

        ActionOnFailure(OnFailure onFailure) {
            this.onFailure = onFailure;
        }
    }

    /** @param previous the step before this one in the file, which it follows; empty for the first */
    StepDraft read(OriginalStepEntry entry, String path, String previous, OriginalOutputs others) {
        OriginalArgumentsEntry script = entry.scriptArgs();
        String at = RecordReader.child(path, "script_args");
        List<Dependency> dependencies = new ArrayList<>();
        List<Input> inputs = new ArrayList<>();
        Output output = null;
        Arguments words = null;
        if (script != null) {
            output = output(entry, script, path);
            localInput(script, at, inputs);
            Template data = inputData(script, at, others, inputs, dependencies);
            words = words(entry, script, data, at);
        }
        if (!previous.isEmpty()) {
            dependencies.add(new Dependency(path, previous, false));
        }
        ActionOnFailure action = settings.choice(
                entry.actionOnFailure(),
                ActionOnFailure.values(),
                ActionOnFailure::name,
                RecordReader.child(path, "ActionOnFailure"));
        PartialSettings all = settings.read(
                entry.scriptUri(),
                entry.executorMemory(),
                entry.executorCores(),
                action == null ? null : action.onFailure,
                path);
        Program program = programs.read(all.script(), entry.mainClass(), path);
        return new StepDraft(
                path,
                entry.name() == null ? "" : entry.name(),
                entry.description() == null ? "" : entry.description(),
                true,
                program,
                inputs,
                output,
                RecordReader.child(at, "output_uri"),
                words,
                dependencies,
                all.sparkSettings(),
                all.failurePolicy());
    }

    private @Nullable Output output(OriginalStepEntry entry, OriginalArgumentsEntry script, String path) {
        String at = RecordReader.child(path, "script_args");
        String uriPath = RecordReader.child(at, "output_uri");
        boolean automatic = arguments.flag(script.autoGenerateOutput(), RecordReader.child(at, "auto_generate_output"));
        String guiid = arguments.identifier(entry.guiid(), RecordReader.child(path, "guiid"));
        String format = OriginalArguments.isNone(script.formatOutput())
                ? ""
                : outputs.format(script.formatOutput(), RecordReader.child(at, "format_output"));
        if (automatic && guiid == null) {
            if (!problems.isBroken(RecordReader.child(path, "guiid"))) {
                problems.error(
                        RecordReader.child(path, "guiid"), "this key is missing.", "The output is named after it.");
            }
            return null;
        } else if (automatic && !OriginalArguments.isNone(script.outputUri())) {
            problems.error(
                    uriPath,
                    "an output is named, but auto_generate_output is \"1\".",
                    "Write \"None\" here, or \"0\" there.");
            return null;
        }
        String name = OriginalOutputs.nameOf(entry);
        if (name == null) {
            if (entry.name() != null && !problems.isBroken(uriPath)) {
                problems.error(
                        uriPath,
                        "no output is named, and auto_generate_output is not \"1\".",
                        "Name one, or write \"1\" there.");
            }
            return null;
        }
        Destination destination = destination(name, uriPath);
        return destination == null
                ? null
                : new Output(destination, "output_uri", format, destination instanceof Output.InWorkspace);
    }

    /** Scripts of the original form put the workspace's output folder before a bare name by themselves. */
    private @Nullable Destination destination(String name, String path) {
        places.checkText(name, path);
        if (LocalFiles.isUri(name)) {
            return places.checkUri(name, path) ? new Output.At(name) : null;
        }
        List<String> segments = Arrays.asList(name.split("/", -1));
        if (segments.contains("..") || segments.contains("")) {
            problems.error(
                    path,
                    "'" + RecordReader.shortened(name) + "' is no place below the workspace's output folder.",
                    "Write for example words.parquet.");
            return null;
        }
        return new Output.InWorkspace("output/" + name);
    }

    private void localInput(OriginalArgumentsEntry script, String at, List<Input> inputs) {
        String text = script.localInput();
        if (text == null || OriginalArguments.isNone(text)) {
            return;
        }
        String path = RecordReader.child(at, "local_input");
        Path file = files.file(text, path);
        if (file != null) {
            places.checkText(LocalFiles.nameOf(file), path);
            inputs.add(new Input("local_input", new Source.Local(file, true), ""));
        }
    }

    /** The word for {@code --input_data}, or null when it cannot be made out. */
    private @Nullable Template inputData(
            OriginalArgumentsEntry script,
            String at,
            OriginalOutputs others,
            List<Input> inputs,
            List<Dependency> dependencies) {
        boolean external = arguments.flag(script.externalInput(), RecordReader.child(at, "external_input"));
        boolean dependent = arguments.flag(
                script.inputDependencyFromOutputStep(), RecordReader.child(at, "input_dependency_from_output_step"));
        checkSources(script, external, dependent, at);
        String path = RecordReader.child(at, INPUT_DATA);
        if (dependent) {
            return fromStep(script, at, others, inputs, dependencies);
        }
        String data = script.inputData();
        if (data == null || OriginalArguments.isNone(data)) {
            return Template.literal(OriginalArguments.orNone(data));
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
        boolean names = !OriginalArguments.isNone(script.fromStep());
        boolean data = !OriginalArguments.isNone(script.inputData());
        String fromStep = RecordReader.child(at, "from_step");
        String inputData = RecordReader.child(at, INPUT_DATA);
        if (external && dependent) {
            problems.error(
                    RecordReader.child(at, "external_input"),
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
            OriginalOutputs others,
            List<Input> inputs,
            List<Dependency> dependencies) {
        String step = script.fromStep();
        if (step == null || OriginalArguments.isNone(step)) {
            return null;
        }
        String path = RecordReader.child(at, "from_step");
        dependencies.add(new Dependency(path, step, true));
        if (others.isToday(step)) {
            problems.error(
                    path,
                    "step '" + RecordReader.shortened(step)
                            + "' has no script_args, and a script of the original form does not find its output.",
                    "Write both steps in the same form.");
        }
        if (StepName.isUsable(step)) {
            inputs.add(new Input(INPUT_DATA, new Source.FromStep(new StepName(step), ""), ""));
        }
        String name = others.of(step);
        return name == null ? null : Template.literal(name);
    }

    /** The ten arguments, in the original's order. */
    private @Nullable Arguments words(
            OriginalStepEntry entry, OriginalArgumentsEntry script, @Nullable Template data, String at) {
        String output = OriginalOutputs.nameOf(entry);
        if (data == null || output == null || entry.name() == null) {
            return null;
        }
        String description = entry.description() == null ? "" : entry.description();
        places.checkText(description, RecordReader.child(at.substring(0, at.lastIndexOf('.')), "description"));
        List<Template> words = new ArrayList<>();
        add(words, "auto_generate_output", digit(OriginalArguments.isSet(script.autoGenerateOutput())));
        add(words, "output_uri", output);
        add(words, "format_output", OriginalArguments.orNone(script.formatOutput()));
        add(words, "external_input", digit(OriginalArguments.isSet(script.externalInput())));
        add(
                words,
                "input_dependency_from_output_step",
                digit(OriginalArguments.isSet(script.inputDependencyFromOutputStep())));
        add(words, "from_step", OriginalArguments.orNone(script.fromStep()));
        words.add(Template.literal("--input_data"));
        words.add(data);
        add(words, "name_step", entry.name());
        add(words, "description", description);
        words.add(Template.literal("--prefix_name"));
        words.add(Template.of(new Template.WorkspaceName()));
        return new Arguments.Verbatim(words);
    }

    private static void add(List<Template> words, String flag, String value) {
        words.add(Template.literal("--" + flag));
        words.add(Template.literal(value));
    }

    private static String digit(boolean set) {
        return set ? "1" : "0";
    }
}
