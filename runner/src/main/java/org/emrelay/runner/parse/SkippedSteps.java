package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.parse.ParsedStep.Dependency;

/** Finds the steps that every run skips: disabled ones, and those whose output a parameter replaces. */
final class SkippedSteps {
    private static final String DISABLED = "disabled";

    private final Map<String, ParsedStep> stepsByName = new LinkedHashMap<>();
    private final Map<String, String> reasons = new HashMap<>();

    SkippedSteps(List<ParsedStep> steps) {
        for (ParsedStep step : steps) {
            stepsByName.putIfAbsent(step.name(), step);
            if (!step.enabled()) {
                reasons.put(step.name(), DISABLED);
            }
        }
    }

    /**
     * @param replacements by step name, the overridden parameter whose default was that step's output
     */
    void resolve(Map<String, String> replacements) {
        Map<String, Integer> readers = new HashMap<>();
        stepsByName.values().stream()
                .filter(this::runs)
                .forEach(step ->
                        dependencyNames(step).forEach(dependency -> readers.merge(dependency, 1, Integer::sum)));
        replacements.forEach((step, parameter) -> instances(step)
                .forEach(name -> skip(name, "not needed: parameter '" + parameter + "' is set", readers)));
        skipReaders();
    }

    private List<String> instances(String step) {
        return stepsByName.values().stream()
                .filter(candidate ->
                        candidate.name().equals(step) || candidate.writtenName().equals(step))
                .map(ParsedStep::name)
                .toList();
    }

    /** Skips a step without remaining readers, then the steps that only it depended on. */
    private void skip(String first, String reason, Map<String, Integer> readers) {
        Set<String> unread = new LinkedHashSet<>(Set.of(first));
        while (!unread.isEmpty()) {
            String name = unread.iterator().next();
            unread.remove(name);
            ParsedStep step = stepsByName.get(name);
            if (step == null || !runs(step) || readers.getOrDefault(name, 0) > 0) {
                continue;
            }
            reasons.put(name, reason);
            for (String dependency : dependencyNames(step)) {
                if (readers.merge(dependency, -1, Integer::sum) == 0) {
                    unread.add(dependency);
                }
            }
        }
    }

    private boolean runs(ParsedStep step) {
        return !reasons.containsKey(step.name());
    }

    private static Set<String> dependencyNames(ParsedStep step) {
        Set<String> names = new LinkedHashSet<>();
        step.dependencies().forEach(dependency -> names.add(dependency.step()));
        return names;
    }

    /** Skips the steps that read the output of a disabled one, directly or through other steps. */
    private void skipReaders() {
        Map<String, List<String>> readers = new HashMap<>();
        for (ParsedStep step : stepsByName.values()) {
            step.dependencies().stream()
                    .filter(Dependency::readsOutput)
                    .forEach(dependency -> readers.computeIfAbsent(dependency.step(), absent -> new ArrayList<>())
                            .add(step.name()));
        }
        for (ParsedStep disabled : stepsByName.values()) {
            List<String> queue = new ArrayList<>(disabled.enabled() ? List.of() : List.of(disabled.name()));
            for (int i = 0; i < queue.size(); i++) {
                for (String reader : readers.getOrDefault(queue.get(i), List.of())) {
                    String reason = "needs '" + disabled.name() + "', which is " + DISABLED;
                    if (reasons.putIfAbsent(reader, reason) == null) {
                        queue.add(reader);
                    }
                }
            }
        }
    }

    /** Why the step is skipped; empty if it runs. */
    String reason(ParsedStep step) {
        return reasons.getOrDefault(step.name(), "");
    }

    /**
     * The steps that must finish first although this one does not read their output.
     * A skipped step is replaced by its own dependencies.
     */
    Set<String> after(ParsedStep step) {
        Set<String> after = new LinkedHashSet<>();
        Set<String> visited = new LinkedHashSet<>();
        step.dependencies().stream()
                .filter(dependency -> !dependency.readsOutput())
                .map(Dependency::step)
                .forEach(visited::add);
        List<String> queue = new ArrayList<>(visited);
        for (int i = 0; i < queue.size(); i++) {
            ParsedStep other = stepsByName.get(queue.get(i));
            if (other == null || runs(other) || !runs(step)) {
                after.add(queue.get(i));
                continue;
            }
            dependencyNames(other).stream().filter(visited::add).forEach(queue::add);
        }
        return after;
    }

    /** By step name: the overridden parameter whose default is that step's output. */
    static Map<String, String> stepsReplacedByParameters(ParameterValues parameters, Substitution substitution) {
        Map<String, String> replacements = new LinkedHashMap<>();
        for (String name : parameters.overriddenNames()) {
            JsonValue value = parameters.defaultOf(name);
            LocatedValue defaultValue = value == null
                    ? null
                    : substitution.resolve(substitution.locate(value, childPath("parameters", name)));
            if (defaultValue != null
                    && defaultValue.value() instanceof JsonObject object
                    && object.get("from_step") instanceof JsonString step) {
                replacements.putIfAbsent(step.text(), name);
            }
        }
        return replacements;
    }
}
