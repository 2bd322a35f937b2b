package org.emrelay.runner.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.spec.StepsFile.OriginalStepEntry;
import org.emrelay.runner.spec.StepsFile.SettingsEntry;
import org.emrelay.runner.spec.StepsFile.StepEntry;
import org.jspecify.annotations.Nullable;

/** Reads the steps of a file, each in its form. */
final class StepsReading {
    private final RecordReader records;
    private final Problems problems;
    private final StepReading today;
    private final OriginalForm original;

    StepsReading(
            Path directory,
            Context context,
            Substitution substitution,
            Origins origins,
            @Nullable SettingsEntry defaults,
            RecordReader records,
            Problems problems) {
        this.records = records;
        this.problems = problems;
        LocalFiles files = new LocalFiles(directory, context.currentDirectory(), origins, problems);
        PlaceChecks places = new PlaceChecks(context.target(), problems);
        Templates templates = new Templates(context.target(), places, problems);
        ResourceReading resources = new ResourceReading(files, places, problems);
        ConfReading conf = new ConfReading(substitution, records, templates, problems);
        SettingsReading settings = new SettingsReading(new Quantities(records, problems), resources, conf, problems);
        ArgumentsReading arguments = new ArgumentsReading(substitution, records, templates, problems);
        OutputReading outputs = new OutputReading(files, places, arguments, problems);
        ProgramReading programs = new ProgramReading(places, problems);
        this.today = new StepReading(
                new InputReading(records, files, origins, places, problems),
                outputs,
                arguments,
                settings,
                programs,
                defaults == null ? PartialSettings.NONE : settings.read(defaults, "defaults"),
                problems);
        OriginalArguments words = new OriginalArguments(records);
        OriginalInputs originalInputs = new OriginalInputs(words, files, places, problems);
        this.original = new OriginalForm(words, originalInputs, outputs, settings, programs, places, problems);
    }

    List<StepDraft> read(List<JsonValue> steps) {
        if (steps.isEmpty() && !problems.isBroken("steps")) {
            problems.error("steps", "there is no step.", "");
        }
        List<WrittenStep> written = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            written.add(written(steps.get(i), "steps[" + i + "]"));
        }
        List<StepDraft> drafts = new ArrayList<>();
        OriginalOutputs outputs = new OriginalOutputs(written);
        for (int i = 0; i < written.size(); i++) {
            WrittenStep step = written.get(i);
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

    private WrittenStep written(JsonValue step, String path) {
        if (problems.isBroken(path)) {
            return new WrittenStep(path, null, null);
        }
        return step instanceof JsonObject object && object.keys().contains("script_args")
                ? new WrittenStep(path, null, records.read(step, path, OriginalStepEntry.class))
                : new WrittenStep(path, records.read(step, path, StepEntry.class), null);
    }
}
