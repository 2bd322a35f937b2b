package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.Backfill;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.parse.RecordBinder.LocatedString;
import org.jspecify.annotations.Nullable;

/** Reads a steps file of either form into a pipeline, or reports everything that is wrong with it. */
public final class StepsFileReader {
    private static final String EXTENSION = ".json";

    private StepsFileReader() {}

    /**
     * Reads the file and checks that the local files it refers to exist.
     *
     * @param file relative to the context's current directory; problems show it as written here
     * @param backfill the days to read it for; null to read it once
     */
    public static ParseResult<Pipeline> read(Path file, ParseContext context, @Nullable Backfill backfill) {
        Problems problems = new Problems(file.toString());
        JsonValue content = JsonFile.read(absolute(file, context), problems);
        if (content == null) {
            return ParseResult.of(null, problems);
        }
        return backfill == null
                ? read(content, file, context)
                : new BackfillReader(content, file, context, backfill).read();
    }

    static ParseResult<Pipeline> read(JsonValue content, Path file, ParseContext context) {
        Problems problems = new Problems(file.toString());
        return ParseResult.of(pipeline(content, absolute(file, context), context, problems), problems);
    }

    private static Path absolute(Path file, ParseContext context) {
        return context.currentDirectory().resolve(file).normalize();
    }

    private static @Nullable Pipeline pipeline(JsonValue value, Path file, ParseContext context, Problems problems) {
        if (!(value instanceof JsonObject object)) {
            problems.error("", "must contain an object, not " + value.kind() + ".", "Example: {\"steps\": [ … ]}.");
            return null;
        }
        SecretNames secretNames = secretNames(object);
        ParameterValues parameters = new ParameterValues(
                object.get("parameters"), RunReferences.without(context.parameters()), secretNames, problems);
        RunReferences run = RunReferences.of(context.parameters(), context.today(), problems);
        EachValues each = new EachValues(problems);
        Substitution substitution =
                new Substitution(parameters, context.environment(), secretNames, each, run, problems);
        TreeSubstitution treeSubstitution = new TreeSubstitution(substitution, parameters, problems);
        JsonValue substituted = treeSubstitution.substitute(object);
        RecordBinder binder = new RecordBinder(problems);
        StepsFile entry = binder.bind(substituted, "", StepsFile.class);
        if (entry == null) {
            return null;
        }
        checkNotSecret(entry.notSecret(), problems);
        treeSubstitution.checkUnused();
        List<ParsedStep> parsedSteps = new StepsParser(
                        LocalFiles.parentOf(file),
                        context,
                        substitution,
                        parameters,
                        secretNames,
                        entry.defaults(),
                        new LoopParser(treeSubstitution, each, secretNames, problems),
                        binder,
                        problems)
                .parse(entry.steps());
        LoopReferences references = new LoopReferences(parsedSteps, problems);
        new StepChecks(problems).check(references.writtenSteps());
        List<ParsedStep> steps = references.resolve();
        new OutputConflicts(file, problems).check(steps);
        SkippedSteps skippedSteps = new SkippedSteps(steps);
        skippedSteps.resolve(SkippedSteps.stepsReplacedByParameters(parameters, substitution));
        String name = name(entry.name(), file, problems);
        if (problems.hasErrors()) {
            return null;
        }
        parameters.warnOfUnused();
        references.warnOfUnusedKeys(each);
        Map<String, String> changes = new LinkedHashMap<>(parameters.changes());
        run.usedDate().ifPresent(date -> changes.put(RunReferences.DATE, date.toString()));
        return new Pipeline(name, changes, steps(steps, skippedSteps), null);
    }

    /** Read before the other keys, since substitution needs it; the binder reports what is wrong with it. */
    private static SecretNames secretNames(JsonObject file) {
        return file.get("not_secret") instanceof JsonArray names
                ? SecretNames.except(names.values().stream()
                        .filter(JsonString.class::isInstance)
                        .map(name -> ((JsonString) name).text())
                        .toList())
                : SecretNames.STANDARD;
    }

    private static void checkNotSecret(List<LocatedString> names, Problems problems) {
        for (LocatedString name : names) {
            if (!SecretNames.STANDARD.isSecret(name.value())) {
                problems.warning(
                        name.path(), quoted(name.value()) + " does not count as a secret anyway.", "Remove it.");
            }
        }
    }

    private static List<Step> steps(List<ParsedStep> parsedSteps, SkippedSteps skippedSteps) {
        return parsedSteps.stream()
                .map(parsedStep -> parsedStep.toStep(skippedSteps.after(parsedStep), skippedSteps.reason(parsedStep)))
                .toList();
    }

    private static String name(@Nullable String configuredName, Path file, Problems problems) {
        if (configuredName == null) {
            return defaultName(file);
        }
        if (!StepName.isSimple(configuredName)) {
            problems.error(
                    "name",
                    quoted(configuredName) + " is not a valid pipeline name: it is also a folder name.",
                    "Use at most 64 letters, digits, '_', '-' and '.', starting with a letter or digit.");
        }
        return configuredName;
    }

    /** The file's base name, or that of its directory for {@code steps.json}. */
    private static String defaultName(Path file) {
        String name = LocalFiles.nameOf(file);
        if (name.toLowerCase(Locale.ROOT).endsWith(EXTENSION)) {
            name = name.substring(0, name.length() - EXTENSION.length());
        }
        if (name.equals("steps")) {
            name = LocalFiles.nameOf(LocalFiles.parentOf(file));
        }
        String validName = name.replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[^A-Za-z0-9]+|-+$", "");
        return validName.isEmpty() ? "pipeline" : validName.substring(0, Math.min(64, validName.length()));
    }
}
