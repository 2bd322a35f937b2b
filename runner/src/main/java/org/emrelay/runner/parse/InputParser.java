package org.emrelay.runner.parse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.parse.StepsFile.InputEntry;
import org.jspecify.annotations.Nullable;

/** Reads where a step's inputs come from. */
final class InputParser {
    private static final String ONE_SOURCE = "Give exactly one of 'from_step', 'local' and 'uri'.";

    private final RecordBinder records;
    private final LocalFiles files;
    private final ParameterOrigins origins;
    private final UriChecks places;
    private final Problems problems;

    InputParser(RecordBinder records, LocalFiles files, ParameterOrigins origins, UriChecks places, Problems problems) {
        this.records = records;
        this.files = files;
        this.origins = origins;
        this.places = places;
        this.problems = problems;
    }

    /** The inputs that could be read. What they need of other steps is added to the dependencies. */
    List<Input> read(Map<String, JsonValue> inputs, String path, List<Dependency> dependencies) {
        List<Input> read = new ArrayList<>();
        inputs.forEach((name, value) -> {
            String at = RecordBinder.child(path, name);
            if (!name.matches("[A-Za-z][A-Za-z0-9_.-]*")) {
                problems.error(
                        at,
                        "'" + RecordBinder.shortened(name)
                                + "' cannot be an input's name, for it becomes the flag that the script gets.",
                        "Use letters, digits, '_', '-' and '.', the first a letter.");
            }
            Source source =
                    problems.isBroken(at) && !(value instanceof JsonObject) ? null : source(value, at, dependencies);
            if (source != null) {
                read.add(new Input(name, source, origins.parameterAt(at)));
            }
        });
        return read;
    }

    private @Nullable Source source(JsonValue value, String path, List<Dependency> dependencies) {
        if (value instanceof JsonString string) {
            String text = string.text();
            return LocalFiles.isUri(text) ? external(text, path) : local(text, path);
        } else if (value instanceof JsonObject) {
            return described(value, path, dependencies);
        }
        records.wrongType(path, "a path, a URI or an object", value);
        return null;
    }

    private @Nullable Source described(JsonValue value, String path, List<Dependency> dependencies) {
        int before = problems.count();
        InputEntry entry = records.read(value, path, InputEntry.class);
        if (entry == null) {
            return null;
        }
        List<String> sources = new ArrayList<>();
        boolean broken = false;
        for (String key : List.of("from_step", "local", "uri")) {
            broken |= problems.isBroken(RecordBinder.child(path, key));
        }
        addIfPresent(sources, "from_step", entry.fromStep());
        addIfPresent(sources, "local", entry.local());
        addIfPresent(sources, "uri", entry.uri());
        if (sources.isEmpty()) {
            if (problems.count() == before && !broken) {
                problems.error(path, "the input has no source.", ONE_SOURCE);
            }
            return null;
        } else if (sources.size() > 1) {
            problems.error(
                    path,
                    "the input has " + sources.size() + " sources: " + String.join(", ", sources) + ".",
                    ONE_SOURCE);
        }
        return source(entry, path, dependencies);
    }

    private static void addIfPresent(List<String> keys, String key, @Nullable String value) {
        if (value != null) {
            keys.add(key);
        }
    }

    private @Nullable Source source(InputEntry entry, String path, List<Dependency> dependencies) {
        if (entry.fromStep() != null) {
            return fromStep(entry.fromStep(), entry.path(), path, dependencies);
        } else if (entry.path() != null) {
            problems.error(
                    RecordBinder.child(path, "path"),
                    "goes only with 'from_step'.",
                    "Write the whole place into 'local' or 'uri'.");
        }
        if (entry.local() != null) {
            String at = RecordBinder.child(path, "local");
            if (LocalFiles.isUri(entry.local())) {
                problems.error(
                        at,
                        "'" + RecordBinder.shortened(entry.local()) + "' is a URI, not a file of this machine.",
                        "Write it below 'uri'.");
                return null;
            }
            return local(entry.local(), at);
        }
        return entry.uri() == null ? null : uri(entry.uri(), RecordBinder.child(path, "uri"));
    }

    private @Nullable Source uri(String text, String path) {
        if (!LocalFiles.isUri(text)) {
            problems.error(
                    path,
                    "'" + RecordBinder.shortened(text) + "' is no URI, for it has no scheme such as s3://.",
                    "Write a file of this machine below 'local'.");
            return null;
        }
        return external(text, path);
    }

    private @Nullable Source fromStep(String step, @Nullable String below, String path, List<Dependency> dependencies) {
        dependencies.add(new Dependency(RecordBinder.child(path, "from_step"), step, true));
        String clean = below == null ? "" : belowOutput(below, RecordBinder.child(path, "path"));
        return clean == null || !StepName.isUsable(step) ? null : new Source.FromStep(new StepName(step), clean);
    }

    private @Nullable String belowOutput(String below, String path) {
        String trimmed = below.endsWith("/") ? below.substring(0, below.length() - 1) : below;
        boolean climbs = Arrays.asList(trimmed.split("/", -1)).contains("..");
        boolean empty = Arrays.asList(trimmed.split("/", -1)).contains("");
        if (climbs) {
            problems.error(
                    path,
                    "'" + RecordBinder.shortened(below) + "' leads out of the step's output.",
                    "Leave the '..' out.");
            return null;
        } else if (empty || LocalFiles.isUri(trimmed)) {
            problems.error(
                    path,
                    "'" + RecordBinder.shortened(below) + "' is no path below the step's output.",
                    "Write for example 'training'.");
            return null;
        }
        places.checkText(trimmed, path);
        return trimmed;
    }

    private @Nullable Source external(String uri, String path) {
        return places.checkUri(uri, path) ? new Source.External(uri) : null;
    }

    private @Nullable Source local(String text, String path) {
        Path file = files.existing(text, path);
        if (file == null) {
            return null;
        }
        places.checkText(LocalFiles.nameOf(file), path);
        return new Source.Local(file, false);
    }
}
