package org.emrelay.runner.parse;

import static java.util.Objects.requireNonNull;
import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.nameList;
import static org.emrelay.runner.parse.Problems.quoted;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.parse.ParsedStep.Dependency;

/** Checks the steps of a file against each other: names, dependencies that can never be satisfied, and outputs. */
record StepChecks(Problems problems) {

    void check(List<ParsedStep> steps) {
        checkNames(steps);
        checkDependencies(steps);
        checkOutputConflicts(steps);
    }

    private void checkNames(List<ParsedStep> steps) {
        Map<String, ParsedStep> byLowerCaseName = new HashMap<>();
        for (ParsedStep step : steps) {
            if (step.name().isEmpty() && problems.isInvalid(step.namePath())) {
                continue;
            }
            if (!StepName.isValid(step.name())) {
                problems.error(
                        step.namePath(),
                        quoted(step.name()) + " is not a valid step name.",
                        "Use at most 64 letters, digits, '_', '-' and '.', starting with a letter or digit.");
                continue;
            }
            ParsedStep other = byLowerCaseName.putIfAbsent(step.name().toLowerCase(Locale.ROOT), step);
            if (other != null) {
                reportDuplicateName(step, other);
            }
        }
    }

    private void reportDuplicateName(ParsedStep step, ParsedStep other) {
        if (other.name().equals(step.name())) {
            problems.error(
                    step.namePath(),
                    "duplicate step name '" + step.name() + "', already used by " + other.path() + ".",
                    "Rename one of them.");
        } else {
            problems.error(
                    step.namePath(),
                    "'" + step.name() + "' differs only in case from '" + other.name() + "', the name of "
                            + other.path() + ".",
                    "Rename one of them: some file systems are case-insensitive.");
        }
    }

    private void checkDependencies(List<ParsedStep> steps) {
        Map<String, ParsedStep> stepsByName = new LinkedHashMap<>();
        steps.stream()
                .filter(step -> !step.name().isEmpty())
                .forEach(step -> stepsByName.putIfAbsent(step.name(), step));
        for (ParsedStep step : steps) {
            for (Dependency dependency : step.dependencies()) {
                checkKnown(step, dependency, stepsByName.keySet());
            }
        }
        checkCycles(stepsByName);
    }

    private void checkKnown(ParsedStep step, Dependency dependency, Set<String> names) {
        if (!names.contains(dependency.step())) {
            problems.error(
                    dependency.path(),
                    "no step named " + quoted(dependency.step()) + ". Known steps: " + nameList(List.copyOf(names))
                            + ".",
                    Suggestion.didYouMean(dependency.step(), names));
        } else if (dependency.step().equals(step.name())) {
            problems.error(
                    dependency.path(),
                    dependency.readsOutput() ? "the step reads its own output." : "the step depends on itself.",
                    "Name a different step.");
        }
    }

    /** Reports each cycle once. A step is cleared when it leads into no other cycle. */
    private void checkCycles(Map<String, ParsedStep> stepsByName) {
        Set<String> cleared = new HashSet<>();
        for (String name : stepsByName.keySet()) {
            if (!cleared.contains(name)) {
                List<String> cycle = findCycle(name, stepsByName, cleared);
                if (!cycle.isEmpty()) {
                    reportCycle(cycle, stepsByName);
                }
                cleared.addAll(cycle);
            }
        }
    }

    /** The first cycle that the step's dependencies lead into; empty if there is none. */
    private static List<String> findCycle(String start, Map<String, ParsedStep> stepsByName, Set<String> cleared) {
        Deque<String> path = new ArrayDeque<>(List.of(start));
        Set<String> onPath = new HashSet<>(path);
        while (!path.isEmpty()) {
            String name = path.getLast();
            Optional<String> next = requireNonNull(stepsByName.get(name)).dependencies().stream()
                    .map(Dependency::step)
                    .filter(step -> stepsByName.containsKey(step) && !step.equals(name) && !cleared.contains(step))
                    .findFirst();
            if (next.isEmpty()) {
                cleared.add(path.removeLast());
            } else if (onPath.add(next.get())) {
                path.add(next.get());
            } else {
                List<String> names = List.copyOf(path);
                return names.subList(names.indexOf(next.get()), names.size());
            }
        }
        return List.of();
    }

    /** Prints the cycle so that each step depends on the one to its right. */
    private void reportCycle(List<String> cycle, Map<String, ParsedStep> stepsByName) {
        ParsedStep first = requireNonNull(stepsByName.get(cycle.get(0)));
        String next = cycle.get(1);
        String path = first.dependencies().stream()
                .filter(dependency -> dependency.step().equals(next))
                .map(Dependency::path)
                .findFirst()
                .orElse(first.path());
        List<String> displayed = cycle.stream().limit(20).toList();
        String rest = cycle.size() > displayed.size() ? " → … (" + cycle.size() + " steps)" : "";
        problems.error(
                path,
                "circular dependency: " + String.join(" → ", displayed) + rest + " → " + cycle.get(0) + ".",
                "Each step depends on the one to its right; remove one of these dependencies.");
    }

    /**
     * Finds steps that overwrite each other's output or an input.
     * A step's output location is cleared before the step starts.
     */
    private void checkOutputConflicts(List<ParsedStep> steps) {
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
        Map<String, FileRef.Local> legacyInputs = new HashMap<>();
        for (ParsedStep step : steps) {
            for (Input input : step.inputs()) {
                if (input.keepName() && input.source() instanceof FileRef.Local local) {
                    String name = LocalFiles.nameOf(local.path());
                    FileRef.Local other = legacyInputs.putIfAbsent(name, local);
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
        return (scheme.matches("s3[an]") ? "s3" : scheme) + ":" + location;
    }

    private static String parent(String location) {
        int slash = location.lastIndexOf('/');
        return slash < 0 ? "" : location.substring(0, slash);
    }
}
