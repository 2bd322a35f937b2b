package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.parse.StepsFile.StepEntry;
import org.jspecify.annotations.Nullable;

/** Reads a step of today's form. */
final class StepParser {
    private final InputParser inputs;
    private final OutputParser outputs;
    private final ArgumentsParser arguments;
    private final SettingsParser settings;
    private final ProgramParser programs;
    private final PartialSettings defaults;
    private final Problems problems;

    StepParser(
            InputParser inputs,
            OutputParser outputs,
            ArgumentsParser arguments,
            SettingsParser settings,
            ProgramParser programs,
            PartialSettings defaults,
            Problems problems) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.arguments = arguments;
        this.settings = settings;
        this.programs = programs;
        this.defaults = defaults;
        this.problems = problems;
    }

    ParsedStep read(StepEntry entry, String path) {
        List<Dependency> dependencies = new ArrayList<>();
        List<Input> read = inputs.read(entry.inputs(), RecordBinder.child(path, "inputs"), dependencies);
        Output output = outputs.read(entry.output(), RecordBinder.child(path, "output"));
        Set<String> names = new LinkedHashSet<>(entry.inputs().keySet());
        Arguments args = arguments.read(entry.args(), RecordBinder.child(path, "args"), names);
        entry.after().forEach(step -> dependencies.add(new Dependency(step.path(), step.text(), false)));
        if (args instanceof Arguments.Flags flags) {
            checkClashes(names, output, flags, path);
        }
        PartialSettings all = settings.read(entry.settings(), path).over(defaults);
        Program program = programs.read(all.script(), entry.mainClass(), path);
        return new ParsedStep(
                path,
                entry.name() == null ? "" : entry.name(),
                entry.description() == null ? "" : entry.description(),
                !Boolean.FALSE.equals(entry.enabled()),
                program,
                read,
                output,
                RecordBinder.child(RecordBinder.child(path, "output"), "uri"),
                args,
                dependencies,
                all.sparkSettings(),
                all.failurePolicy());
    }

    /** A script that gets one flag twice takes one of them, and nobody knows which. */
    private void checkClashes(Set<String> inputs, @Nullable Output output, Arguments.Flags flags, String path) {
        Map<String, String> givenBy = new HashMap<>();
        inputs.forEach(name -> givenBy.put(name, "the input '" + name + "'"));
        if (output != null) {
            String flagPath = RecordBinder.child(RecordBinder.child(path, "output"), "flag");
            checkClash(givenBy.putIfAbsent(output.flag(), "the output"), output.flag(), flagPath);
        }
        String args = RecordBinder.child(path, "args");
        for (Arguments.Flag flag : flags.flags()) {
            checkClash(givenBy.get(flag.name()), flag.name(), RecordBinder.child(args, flag.name()));
        }
    }

    private void checkClash(@Nullable String other, String flag, String path) {
        if (other != null) {
            String written = (flag.length() == 1 ? "-" : "--") + RecordBinder.shortened(flag);
            problems.error(
                    path, "the flag " + written + " is already that of " + other + ".", "Rename one of the two.");
        }
    }
}
