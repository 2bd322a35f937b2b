package org.emrelay.runner.parse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.parse.StepsFile.OriginalStepEntry;
import org.emrelay.runner.parse.StepsFile.SettingsEntry;
import org.emrelay.runner.parse.StepsFile.StepEntry;
import org.jspecify.annotations.Nullable;

/** Reads the steps of a file, each in its form. */
final class StepsParser {
    private final RecordBinder records;
    private final Problems problems;
    private final StepParser today;
    private final LegacyForm original;

    StepsParser(
            Path directory,
            Context context,
            Substitution substitution,
            ParameterOrigins origins,
            @Nullable SettingsEntry defaults,
            RecordBinder records,
            Problems problems) {
        this.records = records;
        this.problems = problems;
        LocalFiles files = new LocalFiles(directory, context.currentDirectory(), origins, problems);
        UriChecks places = new UriChecks(context.target(), problems);
        Templates templates = new Templates(context.target(), places, problems);
        ResourceParser resources = new ResourceParser(files, places, problems);
        SparkConfParser conf = new SparkConfParser(substitution, records, templates, problems);
        SettingsParser settings = new SettingsParser(new UnitParser(records, problems), resources, conf, problems);
        ArgumentsParser arguments = new ArgumentsParser(substitution, records, templates, problems);
        OutputParser outputs = new OutputParser(files, places, arguments, problems);
        ProgramParser programs = new ProgramParser(places, problems);
        this.today = new StepParser(
                new InputParser(records, files, origins, places, problems),
                outputs,
                arguments,
                settings,
                programs,
                defaults == null ? PartialSettings.NONE : settings.read(defaults, "defaults"),
                problems);
        LegacyArguments words = new LegacyArguments(records);
        LegacyInputs originalInputs = new LegacyInputs(words, files, places, problems);
        this.original = new LegacyForm(words, originalInputs, outputs, settings, programs, places, problems);
    }

    List<ParsedStep> read(List<JsonValue> steps) {
        if (steps.isEmpty() && !problems.isBroken("steps")) {
            problems.error("steps", "there is no step.", "");
        }
        List<RawStep> written = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            written.add(written(steps.get(i), "steps[" + i + "]"));
        }
        List<ParsedStep> drafts = new ArrayList<>();
        LegacyOutputs outputs = new LegacyOutputs(written);
        for (int i = 0; i < written.size(); i++) {
            RawStep step = written.get(i);
            if (step.today() != null) {
                drafts.add(today.read(step.today(), step.path()));
            } else if (step.original() != null) {
                drafts.add(original.read(
                        step.original(),
                        step.path(),
                        i == 0 ? "" : written.get(i - 1).name(),
                        outputs));
            }
        }
        return drafts;
    }

    private RawStep written(JsonValue step, String path) {
        if (problems.isBroken(path)) {
            return new RawStep(path, null, null);
        }
        return step instanceof JsonObject object && object.keys().contains("script_args")
                ? new RawStep(path, null, records.read(step, path, OriginalStepEntry.class))
                : new RawStep(path, records.read(step, path, StepEntry.class), null);
    }
}
