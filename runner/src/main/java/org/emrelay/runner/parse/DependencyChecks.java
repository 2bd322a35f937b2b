package org.emrelay.runner.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.model.Suggestion;

/** Finds steps that wait for what never comes: for a step that is not there, for themselves, or for one another. */
final class DependencyChecks {
    private final Problems problems;

    DependencyChecks(Problems problems) {
        this.problems = problems;
    }

    void check(List<ParsedStep> steps) {
        Map<String, ParsedStep> byName = new LinkedHashMap<>();
        steps.stream().filter(step -> !step.name().isEmpty()).forEach(step -> byName.putIfAbsent(step.name(), step));
        for (ParsedStep step : steps) {
            for (Dependency dependency : step.dependencies()) {
                checkKnown(step, dependency, byName.keySet());
            }
        }
        checkCircles(byName);
    }

    private void checkKnown(ParsedStep step, Dependency dependency, Set<String> names) {
        if (!names.contains(dependency.step())) {
            problems.error(
                    dependency.path(),
                    "no step named '" + RecordBinder.shortened(dependency.step()) + "'. Known steps: "
                            + Listing.of(List.copyOf(names)) + ".",
                    Suggestion.sentence(dependency.step(), names));
        } else if (dependency.step().equals(step.name())) {
            problems.error(
                    dependency.path(),
                    dependency.data() ? "the step reads its own output." : "the step comes after itself.",
                    "Name another step.");
        }
    }

    private void checkCircles(Map<String, ParsedStep> byName) {
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        Map<String, List<String>> neededBy = new LinkedHashMap<>();
        byName.forEach((name, step) -> {
            Set<String> others = new LinkedHashSet<>();
            for (Dependency dependency : step.dependencies()) {
                if (byName.containsKey(dependency.step())
                        && !dependency.step().equals(name)
                        && others.add(dependency.step())) {
                    neededBy.computeIfAbsent(dependency.step(), key -> new ArrayList<>())
                            .add(name);
                }
            }
            needs.put(name, others);
        });
        Deque<String> ready = new ArrayDeque<>();
        needs.forEach((name, others) -> {
            if (others.isEmpty()) {
                ready.add(name);
            }
        });
        remove(ready, needs, neededBy);
        for (String name : byName.keySet()) {
            if (needs.containsKey(name)) {
                List<String> circle = circle(name, needs);
                report(circle, byName);
                circle.forEach(member -> {
                    needs.getOrDefault(member, Set.of()).clear();
                    ready.add(member);
                });
                remove(ready, needs, neededBy);
            }
        }
    }

    /** Takes away what waits for nothing, again and again; what is left is in a circle or waits for one. */
    private static void remove(
            Deque<String> ready, Map<String, Set<String>> needs, Map<String, List<String>> neededBy) {
        while (!ready.isEmpty()) {
            String name = ready.remove();
            if (needs.remove(name) == null) {
                continue;
            }
            for (String other : neededBy.getOrDefault(name, List.of())) {
                Set<String> left = needs.get(other);
                if (left != null && left.remove(name) && left.isEmpty()) {
                    ready.add(other);
                }
            }
        }
    }

    /** Whoever waits for a circle gets there by going on to what it waits for. */
    private static List<String> circle(String start, Map<String, Set<String>> needs) {
        Set<String> walked = new LinkedHashSet<>();
        String name = start;
        while (walked.add(name)) {
            name = needs.getOrDefault(name, Set.of()).iterator().next();
        }
        List<String> circle = new ArrayList<>(walked);
        return circle.subList(circle.indexOf(name), circle.size());
    }

    /** Told in the order in which data would flow: each step needs the one to its right. */
    private void report(List<String> circle, Map<String, ParsedStep> byName) {
        ParsedStep first = byName.get(circle.get(0));
        String next = circle.get(1 % circle.size());
        if (first == null) {
            return;
        }
        String path = first.dependencies().stream()
                .filter(dependency -> dependency.step().equals(next))
                .map(Dependency::path)
                .findFirst()
                .orElse(first.path());
        List<String> shown = circle.stream().limit(20).toList();
        String rest = circle.size() > shown.size() ? " → … (" + circle.size() + " steps)" : "";
        problems.error(
                path,
                "the steps need one another in a circle: " + String.join(" → ", shown) + rest + " → " + circle.get(0)
                        + ".",
                "Each waits for the one behind the arrow.");
    }
}
