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
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.parse.ParsedStep.Dependency;

/** Checks the steps of a file against each other: names, and dependencies that can never be satisfied. */
record StepChecks(Problems problems) {

    void check(List<ParsedStep> steps) {
        checkNames(steps);
        checkDependencies(steps);
        checkLegacyInputNames(steps);
    }

    private void checkNames(List<ParsedStep> steps) {
        Map<String, ParsedStep> byLowerCaseName = new HashMap<>();
        for (ParsedStep step : steps) {
            if (step.name().isEmpty() && problems.isInvalid(step.namePath())) {
                continue;
            }
            if (!StepName.isSimple(step.name())) {
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
}
