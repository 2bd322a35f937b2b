package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.nameList;
import static org.emrelay.runner.parse.Problems.quoted;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.runner.parse.ParsedStep.Dependency;

/** Checks the steps of a file against each other: names, dependencies that can never be satisfied, and outputs. */
final class StepChecks {
    private final Problems problems;

    StepChecks(Problems problems) {
        this.problems = problems;
    }

    void check(List<ParsedStep> steps) {
        checkNames(steps);
        checkDependencies(steps);
        new OutputConflictChecks(problems).check(steps);
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

    private void checkCycles(Map<String, ParsedStep> stepsByName) {
        Map<String, Set<String>> dependencies = new LinkedHashMap<>();
        Map<String, List<String>> dependents = new LinkedHashMap<>();
        stepsByName.forEach((name, step) -> {
            Set<String> dependencyNames = new LinkedHashSet<>();
            for (Dependency dependency : step.dependencies()) {
                if (stepsByName.containsKey(dependency.step())
                        && !dependency.step().equals(name)
                        && dependencyNames.add(dependency.step())) {
                    dependents
                            .computeIfAbsent(dependency.step(), key -> new ArrayList<>())
                            .add(name);
                }
            }
            dependencies.put(name, dependencyNames);
        });
        Deque<String> ready = new ArrayDeque<>();
        dependencies.forEach((name, dependencyNames) -> {
            if (dependencyNames.isEmpty()) {
                ready.add(name);
            }
        });
        removeReady(ready, dependencies, dependents);
        for (String name : stepsByName.keySet()) {
            if (dependencies.containsKey(name)) {
                List<String> cycle = findCycle(name, dependencies);
                reportCycle(cycle, stepsByName);
                cycle.forEach(member -> {
                    dependencies.getOrDefault(member, Set.of()).clear();
                    ready.add(member);
                });
                removeReady(ready, dependencies, dependents);
            }
        }
    }

    /** Repeatedly removes steps without open dependencies. The rest are in a cycle or depend on one. */
    private static void removeReady(
            Deque<String> ready, Map<String, Set<String>> dependencies, Map<String, List<String>> dependents) {
        while (!ready.isEmpty()) {
            String name = ready.remove();
            if (dependencies.remove(name) == null) {
                continue;
            }
            for (String other : dependents.getOrDefault(name, List.of())) {
                Set<String> open = dependencies.get(other);
                if (open != null && open.remove(name) && open.isEmpty()) {
                    ready.add(other);
                }
            }
        }
    }

    /** Following dependencies from any step that depends on a cycle leads into that cycle. */
    private static List<String> findCycle(String start, Map<String, Set<String>> dependencies) {
        Set<String> visited = new LinkedHashSet<>();
        String name = start;
        while (visited.add(name)) {
            name = dependencies.getOrDefault(name, Set.of()).iterator().next();
        }
        List<String> cycle = new ArrayList<>(visited);
        return cycle.subList(cycle.indexOf(name), cycle.size());
    }

    /** Prints the cycle so that each step depends on the one to its right. */
    private void reportCycle(List<String> cycle, Map<String, ParsedStep> stepsByName) {
        ParsedStep first = stepsByName.get(cycle.get(0));
        String next = cycle.get(1 % cycle.size());
        if (first == null) {
            return;
        }
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
}
