package org.emrelay.runner.parse;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.jspecify.annotations.Nullable;

/** Reads a steps file of either form into a pipeline, or into everything that is wrong with it. */
public final class StepsFileReader {
    private static final String ENDING = ".json";

    private StepsFileReader() {}

    /**
     * Reads the file and looks whether what it names on this machine is there.
     *
     * @param file relative to the context's current directory; problems name it as it is given here
     */
    public static ParseResult<Pipeline> read(Path file, Context context) {
        Problems problems = new Problems(file.toString());
        Path absolute = context.currentDirectory().resolve(file).normalize();
        JsonValue value = JsonFile.read(absolute, problems);
        Pipeline pipeline = value == null ? null : pipeline(value, absolute, context, problems);
        return ParseResult.of(pipeline, problems);
    }

    private static @Nullable Pipeline pipeline(JsonValue value, Path file, Context context, Problems problems) {
        if (!(value instanceof JsonObject object)) {
            problems.error("", "must hold an object, not " + value.kind() + ".", "Write {\"steps\": [ … ]}.");
            return null;
        }
        ParameterValues parameters = new ParameterValues(object.get("parameters"), context.parameters(), problems);
        Substitution substitution = new Substitution(parameters, context.environment(), problems);
        ParameterOrigins origins = new ParameterOrigins();
        TreeSubstitution tree = new TreeSubstitution(substitution, origins, problems);
        JsonValue substituted = tree.substituted(object);
        RecordBinder records = new RecordBinder(problems);
        StepsFile entry = records.read(substituted, "", StepsFile.class);
        if (entry == null) {
            return null;
        }
        tree.checkUnused(parameters);
        List<ParsedStep> drafts = new StepsParser(
                        LocalFiles.parentOf(file), context, substitution, origins, entry.defaults(), records, problems)
                .read(entry.steps());
        new StepChecks(problems).check(drafts);
        SkippedSteps notRun = new SkippedSteps(drafts, problems);
        notRun.find(SkippedSteps.replaced(parameters, substitution));
        String name = name(entry.name(), file, problems);
        return problems.anyError() ? null : new Pipeline(name, steps(drafts, notRun));
    }

    private static List<Step> steps(List<ParsedStep> drafts, SkippedSteps notRun) {
        return drafts.stream()
                .map(draft -> draft.step(notRun.after(draft), notRun.reason(draft)))
                .toList();
    }

    private static String name(@Nullable String written, Path file, Problems problems) {
        if (written == null) {
            return nameOf(file);
        }
        if (!StepName.isUsable(written)) {
            problems.error(
                    "name",
                    "'" + RecordBinder.shortened(written) + "' cannot be a pipeline's name, for it names folders.",
                    "Use letters, digits, '_', '-' and '.', the first a letter or digit, at most 64 in all.");
        }
        return written;
    }

    /** The file's own name, or that of its directory where every file has the same. */
    private static String nameOf(Path file) {
        String name = LocalFiles.nameOf(file);
        if (name.toLowerCase(Locale.ROOT).endsWith(ENDING)) {
            name = name.substring(0, name.length() - ENDING.length());
        }
        if (name.equals("steps")) {
            name = LocalFiles.nameOf(LocalFiles.parentOf(file));
        }
        String usable = name.replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[^A-Za-z0-9]+|-+$", "");
        return usable.isEmpty() ? "pipeline" : usable.substring(0, Math.min(64, usable.length()));
    }
}
