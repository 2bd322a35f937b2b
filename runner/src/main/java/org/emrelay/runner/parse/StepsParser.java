package org.emrelay.runner.parse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.parse.SettingsParser.StepSettings;
import org.emrelay.runner.parse.StepsFile.LegacyStepEntry;
import org.emrelay.runner.parse.StepsFile.SettingsEntry;
import org.emrelay.runner.parse.StepsFile.StepEntry;
import org.jspecify.annotations.Nullable;

/** Parses the steps of a file, each in its form. */
final class StepsParser {
    /**
     * A step bound to the record of its form; both are null if it is not an object.
     *
     * @param path its JSON path; that of one instance if the step has a loop
     */
    record RawStep(
            String path,
            LoopInstance instance,
            @Nullable StepEntry current,
            @Nullable LegacyStepEntry legacy) {

        String name() {
            String name = current != null ? current.name() : legacy != null ? legacy.name() : null;
            return name == null ? "" : name;
        }
    }

    private final RecordBinder binder;
    private final LoopParser loops;
    private final Problems problems;
    private final StepParser stepParser;
    private final LegacyStepParser legacyStepParser;

    StepsParser(
            Path directory,
            ParseContext context,
            Substitution substitution,
            ParameterValues parameters,
            SecretNames secretNames,
            @Nullable SettingsEntry defaults,
            LoopParser loops,
            RecordBinder binder,
            Problems problems) {
        this.binder = binder;
        this.loops = loops;
        this.problems = problems;
        LocalFiles files = new LocalFiles(directory, context.currentDirectory(), parameters, problems);
        CommandLineChecks checks = new CommandLineChecks(context.rules(), new SecretText(secretNames), problems);
        FileRefParser fileRefs = new FileRefParser(files, checks, problems);
        SparkConfParser sparkConf = new SparkConfParser(substitution, checks, problems);
        SettingsParser settings =
                new SettingsParser(fileRefs, new RequirementsParser(files, problems), sparkConf, checks, problems);
        ArgumentsParser arguments = new ArgumentsParser(substitution, checks, problems);
        OutputParser outputs = new OutputParser(files, checks, arguments, problems);
        ProgramParser programs = new ProgramParser(problems);
        this.stepParser = new StepParser(
                new InputParser(binder, files, parameters, checks, problems),
                outputs,
                arguments,
                settings,
                programs,
                new SqlParser(fileRefs, context.sqlProgram(), new SqlFileCheck(problems), problems),
                new SqlArgumentsParser(substitution, checks, problems),
                defaults == null ? StepSettings.NONE : settings.parse(defaults, "defaults", StepSettings.NONE),
                problems);
        LegacyInputParser legacyInputs = new LegacyInputParser(files, checks, problems);
        this.legacyStepParser = new LegacyStepParser(legacyInputs, outputs, settings, programs, checks, problems);
    }

    List<ParsedStep> parse(List<JsonValue> steps) {
        if (steps.isEmpty() && !problems.isInvalid("steps")) {
            problems.error("steps", "must contain at least one step.");
        }
        List<RawStep> rawSteps = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            rawSteps.addAll(rawSteps(steps.get(i), "steps[" + i + "]"));
        }
        List<ParsedStep> parsedSteps = new ArrayList<>();
        Map<String, RawStep> rawStepsByName = new HashMap<>();
        rawSteps.forEach(step -> rawStepsByName.putIfAbsent(step.name(), step));
        for (int i = 0; i < rawSteps.size(); i++) {
            RawStep step = rawSteps.get(i);
            if (step.current() != null) {
                parsedSteps.add(stepParser.parse(step.current(), step.path(), step.instance()));
            } else if (step.legacy() != null) {
                parsedSteps.add(legacyStepParser.parse(
                        step.legacy(),
                        step.path(),
                        i == 0 ? "" : rawSteps.get(i - 1).name(),
                        rawStepsByName));
            }
        }
        return parsedSteps;
    }

    private List<RawStep> rawSteps(JsonValue step, String path) {
        LoopInstance noLoop = new LoopInstance(path, Map.of());
        if (problems.isInvalid(path)) {
            return List.of(new RawStep(path, noLoop, null, null));
        } else if (LoopParser.isLoop(step)) {
            return loops.expand((JsonObject) step, path).stream()
                    .map(expanded -> current(expanded.value(), expanded.path(), expanded.instance()))
                    .toList();
        }
        return List.of(
                step instanceof JsonObject object && object.keys().contains("script_args")
                        ? new RawStep(path, noLoop, null, binder.bind(step, path, LegacyStepEntry.class))
                        : current(step, path, noLoop));
    }

    private RawStep current(JsonValue step, String path, LoopInstance instance) {
        return new RawStep(path, instance, binder.bind(step, path, StepEntry.class), null);
    }
}
