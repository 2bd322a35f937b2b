package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.quoted;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.parse.ParsedStep.Dependency;
import org.emrelay.runner.parse.StepsFile.InputEntry;
import org.jspecify.annotations.Nullable;

/** Parses the inputs of a step. */
record InputParser(
        RecordBinder binder,
        LocalFiles files,
        ParameterValues parameters,
        CommandLineChecks checks,
        Problems problems) {
    private static final String ONE_SOURCE = "Specify exactly one of 'from_step', 'local' and 'uri'.";

    /** Returns the valid inputs. Adds the steps that they read to the dependencies. */
    List<Input> parse(Map<String, JsonValue> inputs, String path, List<Dependency> dependencies) {
        List<Input> parsed = new ArrayList<>();
        inputs.forEach((name, value) -> {
            String inputPath = childPath(path, name);
            if (!name.matches("[A-Za-z][A-Za-z0-9_.-]*")) {
                problems.error(
                        inputPath,
                        quoted(name) + " is not a valid input name: the name becomes a flag of the script.",
                        "Use letters, digits, '_', '-' and '.', starting with a letter.");
            }
            Source source = problems.isInvalid(inputPath) && !(value instanceof JsonObject)
                    ? null
                    : source(value, inputPath, dependencies);
            if (source != null) {
                parsed.add(new Input(name, source, parameters.parameterAt(inputPath)));
            }
        });
        return parsed;
    }

    private @Nullable Source source(JsonValue value, String path, List<Dependency> dependencies) {
        if (value instanceof JsonString string) {
            String location = string.text();
            return LocalFiles.isUri(location) ? external(location, path) : local(location, path);
        } else if (value instanceof JsonObject) {
            return objectInput(value, path, dependencies);
        }
        problems.wrongType(path, "a path, a URI or an object", value);
        return null;
    }

    private @Nullable Source objectInput(JsonValue value, String path, List<Dependency> dependencies) {
        int problemsBefore = problems.count();
        InputEntry entry = binder.bind(value, path, InputEntry.class);
        if (entry == null) {
            return null;
        }
        List<String> sources = new ArrayList<>();
        boolean anyInvalid = false;
        for (String key : List.of("from_step", "local", "uri")) {
            anyInvalid |= problems.isInvalid(childPath(path, key));
        }
        addIfPresent(sources, "from_step", entry.fromStep());
        addIfPresent(sources, "local", entry.local());
        addIfPresent(sources, "uri", entry.uri());
        if (sources.isEmpty()) {
            if (problems.count() == problemsBefore && !anyInvalid) {
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
                    childPath(path, "path"),
                    "is only allowed with 'from_step'.",
                    "Put the complete path into 'local' or 'uri'.");
        }
        if (entry.local() != null) {
            String localPath = childPath(path, "local");
            if (LocalFiles.isUri(entry.local())) {
                problems.error(localPath, quoted(entry.local()) + " is a URI, not a local path.", "Use 'uri' instead.");
                return null;
            }
            return local(entry.local(), localPath);
        }
        return entry.uri() == null ? null : uri(entry.uri(), childPath(path, "uri"));
    }

    private @Nullable Source uri(String location, String path) {
        if (!LocalFiles.isUri(location)) {
            problems.error(
                    path,
                    quoted(location) + " is not a URI: it has no scheme such as s3://.",
                    "Use 'local' for a local file.");
            return null;
        }
        return external(location, path);
    }

    private @Nullable Source fromStep(
            String step, @Nullable String subpath, String path, List<Dependency> dependencies) {
        dependencies.add(new Dependency(childPath(path, "from_step"), step, true));
        String normalizedPath = subpath == null ? "" : pathInsideOutput(subpath, childPath(path, "path"));
        return normalizedPath == null || !StepName.isValid(step)
                ? null
                : new Source.FromStep(new StepName(step), normalizedPath);
    }

    private @Nullable String pathInsideOutput(String subpath, String path) {
        String trimmed = subpath.endsWith("/") ? subpath.substring(0, subpath.length() - 1) : subpath;
        boolean hasParentSegment = Arrays.asList(trimmed.split("/", -1)).contains("..");
        boolean hasEmptySegment = Arrays.asList(trimmed.split("/", -1)).contains("");
        if (hasParentSegment) {
            problems.error(path, quoted(subpath) + " points outside the step's output.", "Remove the '..'.");
            return null;
        } else if (hasEmptySegment || LocalFiles.isUri(trimmed)) {
            problems.error(
                    path,
                    quoted(subpath) + " is not a relative path inside the step's output.",
                    "Example: 'training'.");
            return null;
        }
        checks.checkText(trimmed, path);
        return trimmed;
    }

    private @Nullable Source external(String uri, String path) {
        return checks.checkInputUri(uri, path) ? new FileRef.Remote(uri) : null;
    }

    private @Nullable Source local(String location, String path) {
        Path file = files.existingPath(location, path);
        if (file == null) {
            return null;
        }
        checks.checkText(LocalFiles.nameOf(file), path);
        return new FileRef.Local(file);
    }
}
