package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;
import static org.emrelay.runner.parse.RecordBinder.childPath;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Source;

/**
 * Finds steps that overwrite each other's output or an input.
 * A step's output location is cleared before the step starts.
 */
final class OutputConflictChecks {
    private final Problems problems;

    OutputConflictChecks(Problems problems) {
        this.problems = problems;
    }

    void check(List<ParsedStep> steps) {
        Map<String, ParsedStep> writers = new LinkedHashMap<>();
        for (ParsedStep step : steps) {
            location(step).ifPresent(location -> {
                ParsedStep other = writers.putIfAbsent(location, step);
                if (other != null) {
                    problems.error(
                            step.outputPath(),
                            "the step writes to the same location as " + describe(other) + ".",
                            "Use a separate location for each step.");
                }
            });
        }
        writers.forEach((location, step) -> checkNested(location, step, writers));
        steps.forEach(step -> step.inputs().forEach(input -> checkInput(step, input, writers)));
        checkLegacyInputNames(steps);
    }

    private void checkNested(String location, ParsedStep step, Map<String, ParsedStep> writers) {
        for (String ancestor = parent(location); !ancestor.isEmpty(); ancestor = parent(ancestor)) {
            ParsedStep outer = writers.get(ancestor);
            if (outer != null) {
                problems.error(
                        step.outputPath(),
                        "the step writes inside the output location of " + describe(outer) + ".",
                        "Use a separate location for each step.");
                return;
            }
        }
    }

    private void checkInput(ParsedStep step, Input input, Map<String, ParsedStep> writers) {
        String location = location(input.source()).orElse("");
        for (String ancestor = location; !ancestor.isEmpty(); ancestor = parent(ancestor)) {
            ParsedStep writer = writers.get(ancestor);
            if (writer == null) {
                continue;
            }
            boolean isSameStep = writer.path().equals(step.path());
            String reader = isSameStep ? "the step itself" : describe(step);
            problems.error(
                    writer.outputPath(),
                    "this location is also read by " + reader + " as input '" + input.name() + "'.",
                    isSameStep
                            ? "Use a different location."
                            : "Use {\"from_step\": \"" + writer.name() + "\"} for that input.");
            return;
        }
    }

    /** Local inputs of legacy steps keep their names in one folder. */
    private void checkLegacyInputNames(List<ParsedStep> steps) {
        Map<String, Source.Local> legacyInputs = new HashMap<>();
        for (ParsedStep step : steps) {
            for (Input input : step.inputs()) {
                if (input.source() instanceof Source.Local local && local.keepName()) {
                    String name = LocalFiles.nameOf(local.path());
                    Source.Local other = legacyInputs.putIfAbsent(name, local);
                    if (other != null && !other.equals(local)) {
                        problems.error(
                                childPath(childPath(step.path(), "script_args"), "local_input"),
                                "name conflict with " + other.path() + ": both are uploaded as input/" + name + ".",
                                "Rename one of them.");
                    }
                }
            }
        }
    }

    private static String describe(ParsedStep step) {
        return step.name().isEmpty() ? step.path() : "step " + quoted(step.name());
    }

    private static Optional<String> location(ParsedStep step) {
        Output output = step.output();
        if (output != null && output.destination() instanceof Output.AtUri at) {
            return Optional.of(normalized(at.uri()));
        } else if (output != null && output.destination() instanceof Output.WorkspacePath inside) {
            return Optional.of(normalized("workspace:/" + inside.path()));
        }
        return Optional.empty();
    }

    private static Optional<String> location(Source source) {
        if (source instanceof Source.External external) {
            return Optional.of(normalized(external.uri()));
        } else if (source instanceof Source.Local local) {
            return Optional.of(normalized(local.path().toString()));
        }
        return Optional.empty();
    }

    /** Normalizes a location: S3's three schemes, files with and without a scheme, redundant slashes. */
    private static String normalized(String uri) {
        int colon = LocalFiles.isUri(uri) ? uri.indexOf(':') : -1;
        String scheme = colon < 0 ? "file" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        String location = uri.substring(colon + 1).replaceAll("/+", "/").replaceAll("/$", "");
        return (scheme.matches("s3[an]") ? "s3" : scheme) + ":" + location;
    }

    private static String parent(String location) {
        int slash = location.lastIndexOf('/');
        return slash < 0 ? "" : location.substring(0, slash);
    }
}
