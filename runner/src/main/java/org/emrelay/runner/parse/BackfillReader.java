package org.emrelay.runner.parse;

import static java.util.Objects.requireNonNull;
import static org.emrelay.runner.parse.Problems.childPath;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.model.Backfill;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.Source.FromInstances;
import org.emrelay.runner.model.Source.FromStep;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;

/** Makes a pipeline of a steps file for each day of a backfill, and joins them to one. */
final class BackfillReader {
    /** More is almost certainly a mistake, and slow. */
    private static final int MAX_STEPS = 2_000;

    private static final String OPTION = "--backfill";

    private final JsonValue content;
    private final Path file;
    private final ParseContext context;
    private final Backfill backfill;

    BackfillReader(JsonValue content, Path file, ParseContext context, Backfill backfill) {
        this.content = content;
        this.file = file;
        this.context = context;
        this.backfill = backfill;
    }

    ParseResult<Pipeline> read() {
        Set<Problem> problems = new LinkedHashSet<>();
        if (context.parameters().containsKey(backfill.parameter())) {
            problems.add(error("-p sets the parameter '" + backfill.parameter() + "' too.", "Remove it."));
        }
        Map<LocalDate, Pipeline> days = new LinkedHashMap<>();
        int steps = 0;
        for (LocalDate day : backfill.days()) {
            ParseResult<Pipeline> parsed =
                    StepsFileReader.read(content, file, context.withParameter(backfill.parameter(), day.toString()));
            parsed.problems().forEach(problem -> problems.add(withOption(problem)));
            if (parsed.value() == null) {
                continue;
            }
            days.put(day, parsed.value());
            steps += parsed.value().steps().size();
            if (steps > MAX_STEPS) {
                problems.add(error(
                        String.format(Locale.ROOT, "the backfill expands to more than %,d steps.", MAX_STEPS),
                        "Use a shorter range."));
                break;
            }
        }
        problems.addAll(sharedLocations(days));
        boolean isValid = problems.stream().noneMatch(Problem::isError);
        return new ParseResult<>(isValid ? join(days) : null, List.copyOf(problems));
    }

    private Problem withOption(Problem problem) {
        return problem.file().equals("-p " + backfill.parameter())
                ? Problem.error(OPTION, problem.path(), problem.message(), problem.hint())
                : problem;
    }

    private static Problem error(String message, String hint) {
        return Problem.error(OPTION, "", message, hint);
    }

    /** Each day would replace the result of the one before. */
    private List<Problem> sharedLocations(Map<LocalDate, Pipeline> days) {
        Map<String, LocalDate> writers = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        days.forEach((day, pipeline) -> {
            Map<StepName, String> paths = pipeline.paths();
            for (Step step : pipeline.steps()) {
                LocalDate other = step.output().destination() instanceof Output.Automatic || !step.runs()
                        ? null
                        : writers.putIfAbsent(step.output().destination().toString(), day);
                if (other != null && !other.equals(day)) {
                    String path = childPath(requireNonNull(paths.get(step.name())), "output");
                    Problem problem = Problem.error(
                            file.toString(),
                            childPath(path, "uri"),
                            "all days of the backfill write to the same location.",
                            "Put ${" + backfill.parameter() + "} into it.");
                    if (!problems.contains(problem)) {
                        problems.add(problem);
                    }
                }
            }
        });
        return problems;
    }

    private Pipeline join(Map<LocalDate, Pipeline> days) {
        List<Step> steps = new ArrayList<>();
        days.forEach((day, pipeline) -> pipeline.steps().forEach(step -> steps.add(of(day, step))));
        Pipeline first = days.values().iterator().next();
        Map<String, String> parameters = new LinkedHashMap<>(first.parameters());
        parameters.put(backfill.parameter(), backfill.range());
        return new Pipeline(first.name(), parameters, steps, backfill);
    }

    private Step of(LocalDate day, Step step) {
        return new Step(
                name(day, step.name()),
                step.description(),
                step.program(),
                step.inputs().stream().map(input -> of(day, input)).toList(),
                step.output(),
                step.arguments(),
                step.after().stream().map(name -> name(day, name)).collect(Collectors.toSet()),
                step.settings(),
                step.failurePolicy(),
                step.skipReason());
    }

    private Input of(LocalDate day, Input input) {
        Source source = input.source();
        if (source instanceof FromStep one) {
            return input.withSource(of(day, one));
        }
        return source instanceof FromInstances many
                ? input.withSource(new FromInstances(
                        many.stepOutputs().stream().map(one -> of(day, one)).toList()))
                : input;
    }

    private FromStep of(LocalDate day, FromStep source) {
        return new FromStep(name(day, source.step()), source.path());
    }

    private StepName name(LocalDate day, StepName name) {
        return name.instance(Map.of(backfill.key(), day.toString()));
    }
}
