package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Destination;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Template;
import org.emrelay.runner.parse.StepsFile.OriginalArgumentsEntry;
import org.emrelay.runner.parse.StepsFile.OriginalStepEntry;
import org.jspecify.annotations.Nullable;

/** Turns a step of the original form into one of today's: its script notices no difference. */
final class LegacyForm {
    private final LegacyArguments arguments;
    private final LegacyInputs originalInputs;
    private final OutputParser outputs;
    private final SettingsParser settings;
    private final ProgramParser programs;
    private final UriChecks places;
    private final Problems problems;

    LegacyForm(
            LegacyArguments arguments,
            LegacyInputs originalInputs,
            OutputParser outputs,
            SettingsParser settings,
            ProgramParser programs,
            UriChecks places,
            Problems problems) {
        this.arguments = arguments;
        this.originalInputs = originalInputs;
        this.outputs = outputs;
        this.settings = settings;
        this.programs = programs;
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
    ParsedStep read(OriginalStepEntry entry, String path, String previous, LegacyOutputs others) {
        OriginalArgumentsEntry script = entry.scriptArgs();
        String at = RecordBinder.child(path, "script_args");
        List<Dependency> dependencies = new ArrayList<>();
        List<Input> inputs = new ArrayList<>();
        Output output = null;
        Arguments words = null;
        if (script != null) {
            output = output(entry, script, path);
            originalInputs.local(script, at, inputs);
            Template data = originalInputs.data(script, at, others, inputs, dependencies);
            words = words(entry, script, data, at);
        }
        if (!previous.isEmpty() && !previous.equals(entry.name())) {
            dependencies.add(new Dependency(path, previous, false));
        }
        ActionOnFailure action = settings.choice(
                entry.actionOnFailure(),
                ActionOnFailure.values(),
                ActionOnFailure::name,
                RecordBinder.child(path, "ActionOnFailure"));
        PartialSettings all = settings.read(
                entry.scriptUri(),
                entry.executorMemory(),
                entry.executorCores(),
                action == null ? null : action.onFailure,
                path);
        Program program = programs.read(all.script(), entry.mainClass(), path);
        return new ParsedStep(
                path,
                entry.name() == null ? "" : entry.name(),
                entry.description() == null ? "" : entry.description(),
                true,
                program,
                inputs,
                output,
                RecordBinder.child(at, "output_uri"),
                words,
                dependencies,
                all.sparkSettings(),
                all.failurePolicy());
    }

    private @Nullable Output output(OriginalStepEntry entry, OriginalArgumentsEntry script, String path) {
        String at = RecordBinder.child(path, "script_args");
        String uriPath = RecordBinder.child(at, "output_uri");
        boolean automatic = arguments.flag(script.autoGenerateOutput(), RecordBinder.child(at, "auto_generate_output"));
        String guiid = arguments.identifier(entry.guiid(), RecordBinder.child(path, "guiid"));
        String format = LegacyArguments.isNone(script.formatOutput())
                ? ""
                : outputs.format(script.formatOutput(), RecordBinder.child(at, "format_output"));
        if (automatic && guiid == null) {
            if (!problems.isBroken(RecordBinder.child(path, "guiid"))) {
                problems.error(
                        RecordBinder.child(path, "guiid"), "this key is missing.", "The output is named after it.");
            }
            return null;
        } else if (automatic && !LegacyArguments.isNone(script.outputUri())) {
            problems.error(
                    uriPath,
                    "an output is named, but auto_generate_output is \"1\".",
                    "Write \"None\" here, or \"0\" there.");
            return null;
        }
        String name = LegacyOutputs.nameOf(entry);
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
                    "'" + RecordBinder.shortened(name) + "' is no place below the workspace's output folder.",
                    "Write for example words.parquet.");
            return null;
        }
        return new Output.InWorkspace("output/" + name);
    }

    /** The ten arguments, in the original's order. */
    private @Nullable Arguments words(
            OriginalStepEntry entry, OriginalArgumentsEntry script, @Nullable Template data, String at) {
        String output = LegacyOutputs.nameOf(entry);
        if (data == null || output == null || entry.name() == null) {
            return null;
        }
        String description = entry.description() == null ? "" : entry.description();
        places.checkText(description, RecordBinder.child(at.substring(0, at.lastIndexOf('.')), "description"));
        List<Template> words = new ArrayList<>();
        add(words, "auto_generate_output", digit(LegacyArguments.isSet(script.autoGenerateOutput())));
        add(words, "output_uri", output);
        add(words, "format_output", LegacyArguments.orNone(script.formatOutput()));
        add(words, "external_input", digit(LegacyArguments.isSet(script.externalInput())));
        add(
                words,
                "input_dependency_from_output_step",
                digit(LegacyArguments.isSet(script.inputDependencyFromOutputStep())));
        add(words, "from_step", LegacyArguments.orNone(script.fromStep()));
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
