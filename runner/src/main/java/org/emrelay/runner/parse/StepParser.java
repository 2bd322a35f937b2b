package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.abbreviate;
import static org.emrelay.runner.parse.Problems.childPath;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.parse.ParsedStep.Dependency;
import org.emrelay.runner.parse.SettingsParser.StepSettings;
import org.emrelay.runner.parse.StepsFile.StepEntry;
import org.jspecify.annotations.Nullable;

/** Parses a step in the current form. */
record StepParser(
        InputParser inputs,
        OutputParser outputs,
        ArgumentsParser argumentsParser,
        SettingsParser settings,
        ProgramParser programs,
        SqlParser sqlParser,
        SqlArgumentsParser sqlArguments,
        StepSettings defaults,
        Problems problems) {
    private static final Pattern CHECK_FLAG = Pattern.compile("--?[A-Za-z][A-Za-z0-9_.-]*");

    ParsedStep parse(StepEntry entry, String path, LoopInstance instance) {
        List<Dependency> dependencies = new ArrayList<>();
        List<Input> parsedInputs = inputs.parse(entry.inputs(), childPath(path, "inputs"), dependencies);
        Output output = outputs.parse(entry.output(), childPath(path, "output"));
        Set<String> names = new LinkedHashSet<>(entry.inputs().keySet());
        boolean isSql = entry.sql() != null || problems.isInvalid(childPath(path, "sql"));
        int problemsBefore = problems.count();
        Arguments arguments = isSql
                ? sqlArguments.parse(entry.args(), childPath(path, "args"), names)
                : argumentsParser.parse(entry.args(), childPath(path, "args"), names);
        boolean argumentsAreValid = problems.count() == problemsBefore;
        entry.after().forEach(step -> dependencies.add(new Dependency(step.path(), step.value(), false)));
        if (!isSql && arguments instanceof Arguments.Flags flags) {
            checkFlagConflicts(names, output, flags, path);
        }
        StepSettings stepSettings = settings.parse(entry.settings(), path, defaults);
        Program parsed = isSql
                ? sqlParser.parse(entry, path, argumentsAreValid ? (Arguments.Flags) arguments : null)
                : programs.parse(stepSettings.script(), stepSettings.mainClass(), path);
        if (!isSql && entry.output() != null && entry.output().partitionBy() != null) {
            problems.error(
                    childPath(childPath(path, "output"), "partition_by"),
                    "is only allowed with 'sql': other programs partition their output themselves.",
                    "Remove it.");
        }
        Program program = withCheck(withDependencies(parsed, entry, stepSettings, path), entry.check(), path);
        return new ParsedStep(
                path,
                instance,
                entry.name() == null ? "" : entry.name(),
                entry.description() == null ? "" : entry.description(),
                !Boolean.FALSE.equals(entry.enabled()),
                program,
                parsedInputs,
                output == null ? null : output.withWrites(stepSettings.writes()),
                childPath(childPath(path, "output"), "uri"),
                arguments,
                dependencies,
                isSql ? stepSettings.spark().with(FileOption.PY_FILES, List.of()) : stepSettings.spark(),
                stepSettings.failurePolicy());
    }

    /** Emrelay's own programs check themselves; others declare their flag. */
    private @Nullable Program withCheck(@Nullable Program program, @Nullable String flag, String path) {
        String valid = problems.matching(flag, CHECK_FLAG, "a flag, such as --check", childPath(path, "check"));
        if (program instanceof Program.Python python) {
            return new Program.Python(python.file(), python.dependencies(), valid == null ? "" : valid);
        } else if (program instanceof Program.Jar jar) {
            String own = jar.mainClass().startsWith(BundledJobsCheck.JOBS) ? Program.OWN_CHECK : "";
            return new Program.Jar(jar.file(), jar.mainClass(), valid == null ? own : valid);
        }
        return program;
    }

    /** The dependencies in the defaults are for the Python steps among the others. */
    private @Nullable Program withDependencies(
            @Nullable Program program, StepEntry entry, StepSettings stepSettings, String path) {
        if (program instanceof Program.Python script) {
            checkInterpreter(stepSettings, path);
            return new Program.Python(script.file(), stepSettings.python());
        }
        if (program != null) {
            refuseWithoutPython(entry.settings().requirements(), childPath(path, "requirements"));
            refuseWithoutPython(entry.settings().python(), childPath(path, "python"));
        }
        return program;
    }

    private void refuseWithoutPython(@Nullable Object value, String path) {
        if (value != null) {
            problems.error(path, "the step runs no Python script.", "Remove it.");
        }
    }

    private void checkInterpreter(StepSettings stepSettings, String path) {
        if (!stepSettings.python().version().isEmpty()
                && stepSettings.spark().conf().containsKey(PythonDependencies.INTERPRETER)) {
            problems.error(
                    childPath(path, "python"),
                    "spark_conf also names an interpreter (" + PythonDependencies.INTERPRETER + ").",
                    "Remove one of them.");
        }
    }

    /** Which of two equal flags takes effect depends on the script, so neither may be used twice. */
    private void checkFlagConflicts(Set<String> inputs, @Nullable Output output, Arguments.Flags flags, String path) {
        Map<String, String> flagOwners = new HashMap<>();
        inputs.forEach(name -> flagOwners.put(name, "input '" + name + "'"));
        if (output != null) {
            String flagPath = childPath(childPath(path, "output"), "flag");
            checkFlagConflict(flagOwners.putIfAbsent(output.flag(), "the output"), output.flag(), flagPath);
        }
        String argumentsPath = childPath(path, "args");
        for (Arguments.Flag flag : flags.flags()) {
            checkFlagConflict(flagOwners.get(flag.name()), flag.name(), childPath(argumentsPath, flag.name()));
        }
    }

    private void checkFlagConflict(@Nullable String owner, String flag, String path) {
        if (owner != null) {
            String flagText = (flag.length() == 1 ? "-" : "--") + abbreviate(flag);
            problems.error(path, "the flag " + flagText + " is already used by " + owner + ".", "Rename one of them.");
        }
    }
}
