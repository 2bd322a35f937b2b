package org.emrelay.runner.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonBoolean;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.RecordJson;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Argument.Literal;
import org.emrelay.runner.model.Argument.Part;
import org.emrelay.runner.model.Argument.Secret;
import org.emrelay.runner.model.Argument.StepOutput;
import org.emrelay.runner.model.Argument.UploadedFile;
import org.emrelay.runner.model.Argument.WorkspaceName;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.Output.AtUri;
import org.emrelay.runner.model.Output.Automatic;
import org.emrelay.runner.model.Output.Destination;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.Output.WorkspacePath;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.Fingerprint;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.plan.Upload;

/**
 * {@link Run} as JSON. It is complete: another process can execute the run without the files it was planned from. Secrets are written
 * in plain text, because that process needs them to run the step.
 */
final class RunJson {
    /** Incremented whenever a field changes its meaning. */
    private static final int FORMAT = 1;

    private static final String ALL_RUNS = "all";

    private static final RecordJson FIELDS = new RecordJson()
            .inline(ExecutionPlan.class)
            .inline(SparkSettings.class, RunJson::write, RunJson::settings)
            .inline(PythonDependencies.class, RunJson::write, RunJson::python)
            .key("id", "run_id")
            .key("cluster", "cluster_id")
            .key("reuse", "resumed_from")
            .codec(Reuse.class, RunJson::write, RunJson::reuse)
            .key("sparkSubmit", "submission")
            .key("skipReason", "not_run")
            .key("isResult", "result")
            .codec(Argument.class, RunJson::write, RunJson::argument)
            .inline(Destination.class, RunJson::write, RunJson::destination)
            .codec(Overwrite.class, RunJson::write, RunJson::overwrite)
            .codec(Fingerprint.class, Fingerprint::components, RunJson::fingerprint)
            // Runs recorded before these keys existed must still load.
            .defaultOf("parameters", fields -> Map.of())
            .defaultOf("result", fields -> false)
            .defaultOf("writes", fields -> List.of())
            .defaultOf("form", fields -> Upload.Form.AS_IS)
            .defaultOf("uris", fields -> List.of(argument(fields.value("uri"), "uri")))
            .defaultOf("legacy", RunJson::looksLegacy);

    private RunJson() {}

    static String write(Run run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.putAll(FIELDS.write(run));
        return JsonWriter.pretty(json);
    }

    static Run read(String text) throws MalformedJsonException {
        return JsonFields.read(text, fields -> {
            int format = fields.integer("format");
            if (format != FORMAT) {
                throw new MalformedJsonException(
                        "format " + format + " is not supported; this runner reads format " + FORMAT);
            }
            return requireSafePaths(FIELDS.read(Run.class, fields));
        });
    }

    /** A shared workspace is not trusted: the names in a run become paths, here and in the workspace. */
    private static Run requireSafePaths(Run run) throws MalformedJsonException {
        if (!StepName.isSimple(run.plan().pipeline())) {
            throw new MalformedJsonException("'" + run.plan().pipeline() + "' is not a valid pipeline name");
        }
        for (PlannedStep step : run.plan().steps()) {
            Stream<String> uploads = step.uploads().stream().map(Upload::path);
            Stream<String> output = step.output().destination() instanceof WorkspacePath inWorkspace
                    ? Stream.of(inWorkspace.path())
                    : Stream.empty();
            Stream<String> arguments = Stream.concat(
                            step.sparkSubmit().command().stream(), step.sparkSubmit().python().requirements().stream())
                    .flatMap(argument -> argument.parts().stream())
                    .flatMap(RunJson::path);
            Optional<String> unsafe = Stream.of(uploads, output, arguments)
                    .flatMap(paths -> paths)
                    .filter(path ->
                            path.startsWith("/") || List.of(path.split("/", -1)).contains(".."))
                    .findFirst();
            if (unsafe.isPresent()) {
                throw new MalformedJsonException("'" + unsafe.get() + "' is outside the workspace");
            }
        }
        return run;
    }

    private static Stream<String> path(Part part) {
        return part instanceof UploadedFile uploaded
                ? Stream.of(uploaded.path())
                : part instanceof StepOutput output ? Stream.of(output.path()) : Stream.empty();
    }

    static SparkSubmit sparkSubmit(JsonFields fields) throws MalformedJsonException {
        return FIELDS.read(SparkSubmit.class, fields);
    }

    /** A literal is a string, anything else is a list of parts. */
    private static Object write(Argument argument) {
        return argument.parts().size() == 1 && argument.parts().get(0) instanceof Literal literal
                ? literal.text()
                : argument.parts().stream().map(RunJson::write).toList();
    }

    private static Map<String, Object> write(Part part) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (part instanceof Literal literal) {
            json.put("text", literal.text());
        } else if (part instanceof Secret secret) {
            json.put("secret", secret.text());
        } else if (part instanceof UploadedFile uploaded) {
            json.put("uploaded", uploaded.path());
        } else if (part instanceof StepOutput output) {
            json.put("output_of", output.step().value());
            json.put("path", output.path());
        } else {
            json.put("workspace_name", true);
        }
        return json;
    }

    private static Argument argument(JsonValue value, String path) throws MalformedJsonException {
        return value instanceof JsonString string
                ? Argument.literal(string.text())
                : new Argument(JsonFields.list(value, path, RunJson::part));
    }

    private static Part part(JsonValue value, String path) throws MalformedJsonException {
        JsonFields fields = JsonFields.of(value, path);
        if (fields.has("text")) {
            return new Literal(fields.text("text"));
        } else if (fields.has("secret")) {
            return new Secret(fields.text("secret"));
        } else if (fields.has("uploaded")) {
            return new UploadedFile(fields.text("uploaded"));
        } else if (fields.has("output_of")) {
            return new StepOutput(new StepName(fields.text("output_of")), fields.text("path"));
        } else if (fields.has("workspace_name")) {
            return new WorkspaceName();
        }
        throw new MalformedJsonException(path + ": unknown kind of argument part");
    }

    private static Map<String, Object> write(Destination destination) {
        if (destination instanceof AtUri at) {
            return Map.of("at", at.uri());
        }
        return destination instanceof WorkspacePath inWorkspace ? Map.of("in_workspace", inWorkspace.path()) : Map.of();
    }

    private static Destination destination(JsonFields fields) throws MalformedJsonException {
        if (fields.has("at")) {
            return new AtUri(fields.text("at"));
        }
        return fields.has("in_workspace") ? new WorkspacePath(fields.text("in_workspace")) : new Automatic();
    }

    /** Earlier versions know only ids. */
    private static Object write(Reuse reuse) {
        return reuse instanceof Reuse.OfRun one ? one.run().value() : ALL_RUNS;
    }

    private static Reuse reuse(JsonValue value, String path) throws MalformedJsonException {
        String text = JsonFields.text(value, path);
        return text.equals(ALL_RUNS) ? new Reuse.OfAllRuns() : new Reuse.OfRun(new RunId(text));
    }

    /** Earlier versions know only true and false. */
    private static Object write(Overwrite overwrite) {
        return overwrite == Overwrite.ANY ? "any" : overwrite == Overwrite.RESULTS;
    }

    private static Overwrite overwrite(JsonValue value, String path) throws MalformedJsonException {
        if (value instanceof JsonBoolean bool) {
            return bool.value() ? Overwrite.RESULTS : Overwrite.NONE;
        } else if (JsonFields.text(value, path).equals("any")) {
            return Overwrite.ANY;
        }
        throw new MalformedJsonException(path + ": must be true, false or \"any\"");
    }

    private static Map<String, Object> write(SparkSettings<?> settings) {
        Map<String, Object> json = new LinkedHashMap<>();
        settings.options().forEach((option, value) -> json.put(option.key(), optionValue(value)));
        // Earlier versions require every list.
        json.putIfAbsent(SparkOption.PACKAGES.key(), List.of());
        for (FileOption option : FileOption.values()) {
            json.put(
                    option.key(),
                    settings.get(option).stream()
                            .map(file -> write((Argument) file))
                            .toList());
        }
        json.put("conf", write(settings.conf()));
        json.put("env", write(settings.env()));
        return json;
    }

    private static Object optionValue(Object value) {
        if (value instanceof MemorySize size) {
            return new TreeMap<>(Map.of("text", size.text(), "mebibytes", size.mebibytes()));
        }
        return value instanceof DeployMode mode ? mode.name() : value;
    }

    private static Map<String, Object> write(Map<String, Argument> arguments) {
        Map<String, Object> json = new LinkedHashMap<>();
        arguments.forEach((key, argument) -> json.put(key, write(argument)));
        return json;
    }

    private static SparkSettings<Argument> settings(JsonFields fields) throws MalformedJsonException {
        SparkSettings<Argument> settings = new SparkSettings<>(
                Map.of(), Map.of(), fields.map("conf", RunJson::argument), fields.map("env", RunJson::argument));
        fields.value(SparkOption.DEPLOY_MODE.key());
        for (SparkOption<?> option : SparkOption.all().toList()) {
            settings = readOption(option, fields, settings);
        }
        for (FileOption option : FileOption.values()) {
            settings = settings.with(option, fields.list(option.key(), RunJson::argument));
        }
        return settings;
    }

    private static <T> SparkSettings<Argument> readOption(
            SparkOption<T> option, JsonFields fields, SparkSettings<Argument> settings) throws MalformedJsonException {
        return fields.has(option.key())
                ? settings.with(option, option.parse(text(fields.value(option.key()), option.key())))
                : settings;
    }

    private static String text(JsonValue value, String path) throws MalformedJsonException {
        if (value instanceof JsonNumber number) {
            return number.text();
        } else if (value instanceof JsonArray) {
            return String.join(",", JsonFields.list(value, path, JsonFields::text));
        }
        return value instanceof JsonObject ? JsonFields.of(value, path).text("text") : JsonFields.text(value, path);
    }

    /** A step that needs nothing has no keys, as in earlier versions. */
    private static Map<String, Object> write(PythonDependencies<?> python) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!python.isNone()) {
            json.put(
                    "requirements",
                    python.requirements().stream()
                            .map(requirement -> write((Argument) requirement))
                            .toList());
            json.put("constraints", python.constraints());
            json.put("python", python.version());
        }
        return json;
    }

    private static PythonDependencies<Argument> python(JsonFields fields) throws MalformedJsonException {
        return fields.has("requirements")
                ? new PythonDependencies<>(
                        fields.list("requirements", RunJson::argument),
                        fields.list("constraints", JsonFields::text),
                        fields.text("python"))
                : PythonDependencies.none();
    }

    private static Fingerprint fingerprint(JsonValue value, String path) throws MalformedJsonException {
        return new Fingerprint(new TreeMap<>(JsonFields.map(value, path, JsonFields::text)));
    }

    /** Only legacy steps have the bare bucket name as an argument. */
    private static boolean looksLegacy(JsonFields fields) throws MalformedJsonException {
        List<Argument> arguments = fields.list("arguments", RunJson::argument);
        return arguments.stream()
                .flatMap(argument -> argument.parts().stream())
                .anyMatch(WorkspaceName.class::isInstance);
    }
}
