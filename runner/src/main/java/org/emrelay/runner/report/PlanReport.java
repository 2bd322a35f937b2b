package org.emrelay.runner.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlaceholderUris;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.PlannedStep.PlannedInput;
import org.jspecify.annotations.Nullable;

/** Shows a plan: for people in the order in which the steps run, as JSON in the file's. */
public final class PlanReport {
    private static final Pattern SHELL_SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final int HEADING = 12;

    private final ExecutionPlan plan;
    private final PlaceholderUris places;

    public PlanReport(ExecutionPlan plan) {
        this.plan = Objects.requireNonNull(plan, "plan");
        this.places = PlaceholderUris.shown(plan);
    }

    public String json() {
        return JsonWriter.pretty(document());
    }

    /** What {@link #json} writes, for somebody who has more to say. */
    public Map<String, Object> document() {
        Map<StepName, PlannedStep> byName = plan.byName();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("pipeline", plan.pipeline());
        document.put(
                "order", plan.steps().stream().map(step -> step.name().value()).toList());
        document.put(
                "steps",
                plan.fileOrder().stream()
                        .map(name -> json(Objects.requireNonNull(byName.get(name))))
                        .toList());
        return document;
    }

    private Map<String, @Nullable Object> json(PlannedStep step) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", step.name().value());
        document.put("description", step.description());
        document.put("not_run", step.runs() ? null : step.notRun());
        document.put("depends_on", dependencies(step));
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (PlannedInput input : step.inputs()) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("uri", input.uri().masked(places));
            described.put("origin", input.origin());
            inputs.put(input.name(), described);
        }
        document.put("inputs", inputs);
        document.put("output", step.runs() ? places.outputOf(step.name()) : null);
        document.put("command", command(step));
        document.put("on_failure", step.failurePolicy().onFailure().key());
        document.put("fingerprint", step.fingerprint().value());
        return document;
    }

    private List<String> command(PlannedStep step) {
        return step.submission().command().stream()
                .map(word -> word.masked(places))
                .toList();
    }

    private static List<String> dependencies(PlannedStep step) {
        return step.dependencies().stream().map(StepName::value).sorted().toList();
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("Pipeline ").append(plan.pipeline()).append(", ");
        text.append(Quantities.count(plan.steps().size(), "step")).append(" in this order:\n");
        int number = 1;
        for (PlannedStep step : plan.steps()) {
            text.append('\n').append(number++).append(". ").append(step.name());
            text.append(step.description().isEmpty() ? "" : " – " + step.description())
                    .append('\n');
            if (step.runs()) {
                describe(text, step);
            } else {
                text.append("   not run: ").append(step.notRun()).append('\n');
            }
        }
        return text.toString();
    }

    private void describe(StringBuilder text, PlannedStep step) {
        for (PlannedInput input : step.inputs()) {
            line(
                    text,
                    "input",
                    input.name() + " ← " + input.origin() + ": " + input.uri().masked(places));
        }
        List<String> withoutData = dependencies(step).stream()
                .filter(name ->
                        step.inputs().stream().noneMatch(input -> input.origin().equals("step " + name)))
                .toList();
        if (!withoutData.isEmpty()) {
            line(text, "after", String.join(", ", withoutData));
        }
        line(text, "output", places.outputOf(step.name()));
        line(text, "command", command(step).stream().map(PlanReport::quoted).collect(Collectors.joining(" ")));
        line(text, "fingerprint", step.fingerprint().value());
    }

    private static void line(StringBuilder text, String heading, String content) {
        text.append("   ")
                .append(heading)
                .append(" ".repeat(HEADING + 1 - heading.length()))
                .append(content)
                .append('\n');
    }

    /** As a shell would want it, so that a command can be copied. */
    private static String quoted(String word) {
        return SHELL_SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
