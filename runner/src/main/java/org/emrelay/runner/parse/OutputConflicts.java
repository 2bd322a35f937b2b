package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Source;

/**
 * Finds steps that would overwrite each other's output, an input or a file of the pipeline. A step's output location is cleared before
 * the step starts.
 *
 * @param file the steps file
 */
record OutputConflicts(Path file, Problems problems) {

    void check(List<ParsedStep> steps) {
        Map<String, ParsedStep> writers = new LinkedHashMap<>();
        for (ParsedStep step : steps) {
            location(step).ifPresent(location -> {
                ParsedStep other = writers.putIfAbsent(location, step);
                if (other != null) {
                    problems.error(
                            step.outputPath(),
                            "the step writes to the same location as " + describe(other) + ".",
                            other.instance().stepPath().equals(step.instance().stepPath())
                                    ? "Put ${each." + firstKey(step) + "} into it."
                                    : "Use a separate location for each step.");
                }
            });
        }
        writers.forEach((location, step) -> checkNested(location, step, writers));
        Map<String, String> programFiles = programFiles(steps);
        Map<String, String> inputs = inputs(steps);
        writers.forEach((location, step) -> {
            checkIsOutside(programFiles, location, step);
            checkIsOutside(inputs, parent(location), step);
        });
        programFiles.forEach((location, description) -> checkDoesNotContain(location, description, writers));
        steps.forEach(step -> step.inputs().forEach(input -> checkInput(step, input, writers)));
    }

    private static String firstKey(ParsedStep step) {
        return step.instance().values().keySet().iterator().next();
    }

    private void checkNested(String location, ParsedStep step, Map<String, ParsedStep> writers) {
        nearest(parent(location), writers)
                .ifPresent(outer -> problems.error(
                        step.outputPath(),
                        "the step writes inside the output location of " + describe(outer) + ".",
                        "Use a separate location for each step."));
    }

    /** What is at the location, or at the nearest one that contains it. */
    private static <T> Optional<T> nearest(String location, Map<String, T> byLocation) {
        for (String ancestor = location; !ancestor.isEmpty(); ancestor = parent(ancestor)) {
            T found = byLocation.get(ancestor);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Programs and files of the pipeline, by location. */
    private Map<String, String> programFiles(List<ParsedStep> steps) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(normalized(file.toString()), "the steps file");
        for (ParsedStep step : steps) {
            if (step.program() != null) {
                location(step.program().file()).ifPresent(location -> files.putIfAbsent(location, "a program"));
                location(step.program().source()).ifPresent(location -> files.putIfAbsent(location, "a program"));
            }
            step.settings()
                    .files()
                    .forEach((option, list) -> list.forEach(named -> location(named.file())
                            .ifPresent(location ->
                                    files.putIfAbsent(withoutWildcard(location), "a file in '" + option.key() + "'"))));
        }
        return files;
    }

    private static String withoutWildcard(String location) {
        return location.replaceFirst("/[^/]*[*?\\[{].*", "");
    }

    private static Map<String, String> inputs(List<ParsedStep> steps) {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (ParsedStep step : steps) {
            for (Input input : step.inputs()) {
                location(input.source())
                        .ifPresent(location -> inputs.putIfAbsent(
                                withoutWildcard(location), "input '" + input.name() + "' of " + describe(step)));
            }
        }
        return inputs;
    }

    private void checkIsOutside(Map<String, String> needed, String location, ParsedStep writer) {
        nearest(location, needed).ifPresent(description -> reportNeeded(writer, "is part of " + description));
    }

    private void checkDoesNotContain(String location, String description, Map<String, ParsedStep> writers) {
        nearest(parent(location), writers).ifPresent(writer -> reportNeeded(writer, "contains " + description));
    }

    private void reportNeeded(ParsedStep writer, String relation) {
        problems.error(
                writer.outputPath(),
                "this location " + relation + ".",
                "Use a folder of its own for the output: it is cleared.");
    }

    private void checkInput(ParsedStep step, Input input, Map<String, ParsedStep> writers) {
        nearest(location(input.source()).orElse(""), writers).ifPresent(writer -> {
            boolean isSameStep = writer.path().equals(step.path());
            String reader = isSameStep ? "the step itself" : describe(step);
            problems.error(
                    writer.outputPath(),
                    "this location is also read by " + reader + " as input '" + input.name() + "'.",
                    isSameStep
                            ? "Use a different location."
                            : "Use {\"from_step\": \"" + writer.name() + "\"} for that input.");
        });
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
        if (source instanceof FileRef.Remote external) {
            return Optional.of(normalized(external.uri()));
        } else if (source instanceof FileRef.Local local) {
            return Optional.of(normalized(local.path().toString()));
        }
        return Optional.empty();
    }

    /** Normalizes a location: S3's three schemes, files with and without a scheme, redundant slashes. */
    private static String normalized(String uri) {
        int colon = LocalFiles.isUri(uri) ? uri.indexOf(':') : -1;
        String scheme = colon < 0 ? "file" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        String location = uri.substring(colon + 1).replaceAll("/+", "/").replaceAll("/$", "");
        return (scheme.matches("s3[an]") ? "s3" : scheme) + ":"
                + (scheme.equals("file") ? withoutLinks(location) : location);
    }

    /** Two names for one file are equal, whichever links they go through. */
    private static String withoutLinks(String location) {
        try {
            Path path = Path.of(location);
            for (Path existing = path; existing != null; existing = existing.getParent()) {
                if (Files.exists(existing)) {
                    return existing.toRealPath()
                            .resolve(existing.relativize(path))
                            .toString();
                }
            }
        } catch (InvalidPathException | IOException notReadable) {
            // Reading or writing it fails with a reason.
        }
        return location;
    }

    private static String parent(String location) {
        int slash = location.lastIndexOf('/');
        return slash < 0 ? "" : location.substring(0, slash);
    }
}
