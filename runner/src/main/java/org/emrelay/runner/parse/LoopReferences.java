package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.nameList;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.Source.FromInstances;
import org.emrelay.runner.model.Source.FromStep;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.parse.ParsedStep.Dependency;

/**
 * Resolves references to steps with loops. A step reads the instances with the same values for the keys that both loops have: exactly
 * one if it has all keys of the other loop, otherwise all of them as a list.
 */
final class LoopReferences {
    private final List<ParsedStep> steps;
    private final Map<String, List<ParsedStep>> instancesByStep = new LinkedHashMap<>();
    private final Problems problems;

    LoopReferences(List<ParsedStep> steps, Problems problems) {
        this.steps = steps;
        this.problems = problems;
        for (ParsedStep step : steps) {
            if (!step.instance().values().isEmpty()) {
                instancesByStep
                        .computeIfAbsent(step.writtenName(), absent -> new ArrayList<>())
                        .add(step);
            }
        }
    }

    /** The steps as written: one for all instances, with the dependencies of all. */
    List<ParsedStep> writtenSteps() {
        checkNameLengths();
        Map<String, ParsedStep> written = new LinkedHashMap<>();
        for (ParsedStep step : steps) {
            written.merge(step.instance().stepPath(), asWritten(step), (first, next) -> {
                Set<Dependency> dependencies = new LinkedHashSet<>(first.dependencies());
                dependencies.addAll(next.dependencies());
                return first.with(first.inputs(), List.copyOf(dependencies));
            });
        }
        return List.copyOf(written.values());
    }

    private void checkNameLengths() {
        for (ParsedStep step : steps) {
            if (StepName.isSimple(step.writtenName()) && !StepName.isValid(step.name())) {
                problems.error(
                        step.namePath(),
                        "the name of this instance has " + step.name().length() + " characters; at most "
                                + StepName.MAX_LENGTH + " are allowed.",
                        "Shorten the name, the keys or the values of the loop.");
            }
        }
    }

    private ParsedStep asWritten(ParsedStep step) {
        return step.asWritten(step.dependencies().stream()
                .map(dependency ->
                        new Dependency(dependency.path(), baseOf(dependency.step()), dependency.readsOutput()))
                .toList());
    }

    /** The name of the step if the text names an instance of a loop, else the text. */
    private String baseOf(String name) {
        String base = StepName.isValid(name) ? new StepName(name).base() : name;
        return instancesByStep.containsKey(base) ? base : name;
    }

    /** The steps of the pipeline, with every dependency on a loop replaced by those on its instances. */
    List<ParsedStep> resolve() {
        return instancesByStep.isEmpty()
                ? steps
                : steps.stream().map(this::resolve).toList();
    }

    private ParsedStep resolve(ParsedStep step) {
        List<Dependency> dependencies = new ArrayList<>();
        Map<String, List<StepName>> namesByReference = new HashMap<>();
        for (Dependency dependency : step.dependencies()) {
            List<StepName> names =
                    namesByReference.computeIfAbsent(dependency.step(), reference -> instancesFor(step, dependency));
            if (names.isEmpty()) {
                dependencies.add(dependency);
            }
            names.forEach(name ->
                    dependencies.add(new Dependency(dependency.path(), name.value(), dependency.readsOutput())));
        }
        List<Input> inputs = step.inputs().stream()
                .map(input -> resolve(input, step, namesByReference))
                .toList();
        checkListsInArguments(step, inputs);
        return step.with(inputs, dependencies);
    }

    /** The instances that the step reads; empty if the reference is not to a loop, or after a problem. */
    private List<StepName> instancesFor(ParsedStep reader, Dependency dependency) {
        String base = baseOf(dependency.step());
        List<ParsedStep> instances = instancesByStep.getOrDefault(base, List.of());
        boolean namesOne = !dependency.step().equals(base);
        List<StepName> matching = instances.stream()
                .filter(instance -> namesOne
                        ? instance.name().equals(dependency.step())
                        : reader.instance().matches(instance.instance()))
                .map(ParsedStep::name)
                .filter(StepName::isValid)
                .map(StepName::new)
                .toList();
        if (matching.isEmpty() && !instances.isEmpty()) {
            String wanted = namesOne
                    ? dependency.step()
                    : base + " for " + reader.instance().values();
            problems.error(
                    dependency.path(),
                    "no instance " + wanted + ". Known instances: "
                            + nameList(instances.stream().map(ParsedStep::name).toList()) + ".",
                    "Use the same values in both loops.");
        }
        return matching;
    }

    private Input resolve(Input input, ParsedStep reader, Map<String, List<StepName>> namesByReference) {
        if (!(input.source() instanceof FromStep source)) {
            return input;
        }
        String reference = source.step().value();
        List<StepName> names = namesByReference.getOrDefault(reference, List.of());
        if (names.isEmpty()) {
            return input;
        }
        List<FromStep> outputs =
                names.stream().map(name -> new FromStep(name, source.path())).toList();
        return input.withSource(readsOne(reader, reference) ? outputs.get(0) : new FromInstances(outputs));
    }

    private boolean readsOne(ParsedStep reader, String reference) {
        String base = baseOf(reference);
        return !reference.equals(base)
                || reader.instance()
                        .values()
                        .keySet()
                        .containsAll(Objects.requireNonNull(instancesByStep.get(base))
                                .get(0)
                                .instance()
                                .values()
                                .keySet());
    }

    /** A list is several arguments, so it cannot be a part of one. */
    private void checkListsInArguments(ParsedStep step, List<Input> inputs) {
        Set<String> lists = new HashSet<>();
        inputs.stream()
                .filter(input -> input.source() instanceof FromInstances)
                .forEach(input -> lists.add(input.name()));
        arguments(step)
                .filter(argument -> argument.parts().size() > 1)
                .flatMap(argument -> argument.parts().stream())
                .filter(part -> part instanceof Argument.InputUri input && lists.contains(input.input()))
                .findFirst()
                .ifPresent(part -> problems.error(
                        childPath(step.path(), "args"),
                        "input '" + ((Argument.InputUri) part).input()
                                + "' is a list of outputs, which cannot be part of a string.",
                        "Pass ${inputs." + ((Argument.InputUri) part).input() + "} as a separate argument."));
    }

    private static Stream<Argument> arguments(ParsedStep step) {
        if (step.arguments() instanceof Arguments.Verbatim verbatim) {
            return verbatim.arguments().stream();
        }
        return step.arguments() instanceof Arguments.Flags flags
                ? flags.flags().stream().flatMap(flag -> flag.values().stream())
                : Stream.empty();
    }

    /** Warns of a loop whose values change nothing. */
    void warnOfUnusedKeys(EachValues each) {
        for (Map.Entry<String, List<ParsedStep>> loop : instancesByStep.entrySet()) {
            ParsedStep first = loop.getValue().get(0);
            String stepPath = first.instance().stepPath();
            for (String key : first.instance().values().keySet()) {
                if (!each.isUsed(stepPath, key) && !readsLoopWith(key, first)) {
                    problems.warning(
                            childPath(childPath(stepPath, LoopParser.KEY), key),
                            "the step does not use ${" + EachValues.PREFIX + key + "}.",
                            "All of its instances do the same.");
                }
            }
        }
    }

    private boolean readsLoopWith(String key, ParsedStep step) {
        return step.inputs().stream()
                .map(Input::source)
                .map(Source::stepOutputs)
                .flatMap(List::stream)
                .flatMap(output -> instancesByStep.getOrDefault(output.step().base(), List.of()).stream())
                .anyMatch(instance -> instance.instance().values().containsKey(key));
    }
}
