package org.emrelay.runner.parse;

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

/** Finds the steps that are left out of every run: those disabled, and those whose result the command line put another in place of. */
final class SkippedSteps {
    private static final String DISABLED = "disabled";

    private final Map<String, ParsedStep> byName = new LinkedHashMap<>();
    private final Map<String, String> reasons = new HashMap<>();
    private final Problems problems;

    SkippedSteps(List<ParsedStep> steps, Problems problems) {
        this.problems = problems;
        for (ParsedStep step : steps) {
            byName.putIfAbsent(step.name(), step);
            if (!step.enabled()) {
                reasons.put(step.name(), DISABLED);
            }
        }
    }

    /** @param replaced for a step's name, the given parameter whose default was that step's output */
    void find(Map<String, String> replaced) {
        Map<String, Integer> readers = new HashMap<>();
        byName.values().stream()
                .filter(this::runs)
                .forEach(step -> needs(step).forEach(need -> readers.merge(need, 1, Integer::sum)));
        replaced.forEach((step, parameter) -> leaveOut(step, "not needed: " + parameter + " is given", readers));
        byName.values().stream().filter(this::runs).forEach(this::checkNeeds);
    }

    /** Goes up from a step that nobody reads any more, to those that only fed it. */
    private void leaveOut(String first, String reason, Map<String, Integer> readers) {
        Set<String> idle = new LinkedHashSet<>(Set.of(first));
        while (!idle.isEmpty()) {
            String name = idle.iterator().next();
            idle.remove(name);
            ParsedStep step = byName.get(name);
            if (step == null || !runs(step) || readers.getOrDefault(name, 0) > 0) {
                continue;
            }
            reasons.put(name, reason);
            for (String need : needs(step)) {
                if (readers.merge(need, -1, Integer::sum) == 0) {
                    idle.add(need);
                }
            }
        }
    }

    private boolean runs(ParsedStep step) {
        return !reasons.containsKey(step.name());
    }

    private static Set<String> needs(ParsedStep step) {
        Set<String> needs = new LinkedHashSet<>();
        step.dependencies().forEach(dependency -> needs.add(dependency.step()));
        return needs;
    }

    private void checkNeeds(ParsedStep step) {
        for (Dependency dependency : step.dependencies()) {
            if (dependency.data() && DISABLED.equals(reasons.get(dependency.step()))) {
                problems.error(
                        dependency.path(),
                        "step '" + dependency.step() + "' is disabled, so there is nothing to read.",
                        "Enable it, disable this step too, or read from elsewhere.");
            }
        }
    }

    /** Why the step is left out; empty when it runs. */
    String reason(ParsedStep step) {
        return reasons.getOrDefault(step.name(), "");
    }

    /** What a step follows without reading it; in the place of one that is left out, all that this one would have waited for. */
    Set<String> after(ParsedStep step) {
        Set<String> after = new LinkedHashSet<>();
        Set<String> seen = new LinkedHashSet<>();
        step.dependencies().stream()
                .filter(need -> !need.data())
                .map(Dependency::step)
                .forEach(seen::add);
        List<String> open = new ArrayList<>(seen);
        for (int i = 0; i < open.size(); i++) {
            ParsedStep other = byName.get(open.get(i));
            if (other == null || runs(other) || !runs(step)) {
                after.add(open.get(i));
                continue;
            }
            needs(other).stream().filter(seen::add).forEach(open::add);
        }
        return after;
    }

    /** For each step whose output is the default of a parameter that was given, that parameter. */
    static Map<String, String> replaced(ParameterValues parameters, Substitution substitution) {
        Map<String, String> replaced = new LinkedHashMap<>();
        for (String name : parameters.givenNames()) {
            JsonValue value = parameters.defaultOf(name);
            LocatedValue standard = value == null
                    ? null
                    : substitution.follow(LocatedValue.of(value, RecordBinder.child("parameters", name)));
            if (standard != null
                    && standard.value() instanceof JsonObject object
                    && object.get("from_step") instanceof JsonString step) {
                replaced.putIfAbsent(step.text(), name);
            }
        }
        return replaced;
    }
}
