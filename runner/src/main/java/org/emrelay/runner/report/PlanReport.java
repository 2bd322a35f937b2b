package org.emrelay.runner.report;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Backfill;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.PlaceholderUris;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.PlannedStep.PlannedInput;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.ShellWord;
import org.emrelay.runner.run.RunPreview;
import org.emrelay.runner.run.RunPreview.Decision;
import org.emrelay.runner.run.RunPreview.Reuses;
import org.emrelay.runner.run.RunPreview.Runs;
import org.emrelay.runner.run.RunPreview.Skips;
import org.jspecify.annotations.Nullable;

/** An execution plan: for people in execution order, for scripts in the order of the steps file. */
public final class PlanReport implements Report {
    private static final int HEADING = 12;

    private final ExecutionPlan plan;
    private final PlaceholderUris uris;
    private @Nullable Report cluster;
    private @Nullable RunPreview preview;
    private @Nullable ForecastReport forecast;

    public PlanReport(ExecutionPlan plan) {
        this.plan = Objects.requireNonNull(plan, "plan");
        this.uris = PlaceholderUris.forDisplay(plan);
    }

    /** Adds the resources that creating the cluster would create. */
    public void cluster(Report resources) {
        cluster = resources;
    }

    /** Adds the decision about each step: whether a run would execute, reuse or skip it. */
    public void preview(RunPreview run) {
        preview = run;
    }

    /** Adds the forecast of a run. */
    public void forecast(ForecastReport expected) {
        forecast = expected;
    }

    @Override
    public Map<String, @Nullable Object> document() throws IOException {
        Map<StepName, PlannedStep> byName = plan.byName();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("pipeline", plan.pipeline());
        document.put("run_date", plan.parameters().get(Pipeline.RUN_DATE));
        document.put("backfill", document(plan.backfill()));
        document.put(
                "order", plan.steps().stream().map(step -> step.name().value()).toList());
        document.put(
                "steps",
                plan.fileOrder().stream()
                        .map(name -> document(Objects.requireNonNull(byName.get(name))))
                        .toList());
        if (forecast != null) {
            document.put("forecast", forecast.document());
        }
        if (cluster != null) {
            document.putAll(cluster.document());
        }
        return document;
    }

    @Override
    public void writeText(PrintStream out) throws IOException {
        out.print(text());
        if (forecast != null) {
            out.print("\n" + forecast.sentence() + "\n");
        }
        if (cluster != null) {
            cluster.writeText(out);
        }
    }

    private static @Nullable Object document(@Nullable Backfill backfill) {
        return backfill == null
                ? null
                : Map.of(
                        "parameter", backfill.parameter(),
                        "from", backfill.first().toString(),
                        "to", backfill.last().toString(),
                        "parallel", backfill.parallel());
    }

    private Map<String, @Nullable Object> document(PlannedStep step) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("name", step.name().value());
        document.put("description", step.description());
        document.put("not_run", step.runs() ? null : step.skipReason());
        document.put("depends_on", dependencies(step));
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (PlannedInput input : step.inputs()) {
            Map<String, Object> described = new LinkedHashMap<>();
            List<String> inputUris = masked(input);
            described.put(inputUris.size() == 1 ? "uri" : "uris", inputUris.size() == 1 ? inputUris.get(0) : inputUris);
            described.put("origin", input.origin());
            inputs.put(input.name(), described);
        }
        document.put("inputs", inputs);
        document.put("output", step.runs() ? uris.outputUri(step.name()) : null);
        if (replacesAnyData(step)) {
            document.put("overwrite", "any");
        }
        document.put("command", command(step));
        if (step.runs() && !step.sparkSubmit().python().isNone()) {
            document.put("python", python(step.sparkSubmit()));
        }
        document.put("on_failure", step.failurePolicy().onFailure().toString());
        document.put("fingerprint", step.fingerprint().value());
        if (preview != null && step.runs()) {
            document.put("run", document(preview.of(step.name())));
        }
        return document;
    }

    private Map<String, @Nullable Object> python(SparkSubmit submit) {
        Map<String, @Nullable Object> python = new LinkedHashMap<>();
        python.put(
                "version",
                submit.python().version().isEmpty() ? null : submit.python().version());
        python.put("requirements", requirements(submit));
        python.put("archive", submit.pythonArchive());
        return python;
    }

    private List<String> requirements(SparkSubmit submit) {
        return submit.python().requirements().stream()
                .map(requirement -> requirement.masked(uris))
                .toList();
    }

    private static Map<String, @Nullable Object> document(Decision decision) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        if (decision instanceof Reuses reuses) {
            document.put("reused_from", reuses.from().value());
            document.put("since", reuses.since().map(Instant::toString).orElse(null));
            document.put("output", reuses.output());
            document.put("outdated", reuses.staleReason().isEmpty() ? null : reuses.staleReason());
        } else if (decision instanceof Skips skips) {
            document.put("skipped", skips.reason());
        } else if (decision instanceof Runs runs) {
            document.put("runs", true);
            document.put("reason", runs.reason().isEmpty() ? null : runs.reason());
        }
        return document;
    }

    private static String text(Decision decision) {
        if (decision instanceof Reuses reuses) {
            return "reuses the result of " + reuses.from()
                    + reuses.since()
                            .map(time -> " (" + Quantities.time(time) + ")")
                            .orElse("")
                    + (reuses.staleReason().isEmpty() ? "" : ", although " + reuses.staleReason());
        } else if (decision instanceof Skips skips) {
            return "does not run: " + skips.reason();
        } else if (decision instanceof Runs runs && !runs.reason().isEmpty()) {
            return "runs: " + runs.reason();
        }
        return "runs";
    }

    private List<String> command(PlannedStep step) {
        return step.sparkSubmit().command().stream()
                .map(argument -> argument.masked(uris))
                .toList();
    }

    private static List<String> dependencies(PlannedStep step) {
        return step.dependencies().stream().map(StepName::value).sorted().toList();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("Pipeline " + TerminalText.line(plan.pipeline()) + ", "
                + Quantities.count(plan.steps().size(), "step") + " in this order:\n");
        Backfill backfill = plan.backfill();
        if (backfill != null) {
            text.append("Once for each day from " + backfill.first() + " to " + backfill.last() + ", "
                    + Quantities.count(backfill.parallel(), "day") + " at a time.\n");
        }
        String runDate = plan.parameters().get(Pipeline.RUN_DATE);
        if (runDate != null) {
            text.append("${" + Pipeline.RUN_DATE + "} is " + runDate + " (UTC), fixed when the run is created; -p "
                    + Pipeline.RUN_DATE + "=… sets another.\n");
        }
        int number = 1;
        for (PlannedStep step : plan.steps()) {
            String description = step.description().isEmpty() ? "" : " – " + TerminalText.line(step.description());
            text.append("\n" + number++ + ". " + step.name() + description + "\n");
            if (step.runs()) {
                describe(text, step);
            } else {
                text.append("   not run: " + TerminalText.line(step.skipReason()) + "\n");
            }
        }
        return text.toString();
    }

    private List<String> masked(PlannedInput input) {
        return input.uris().stream().map(uri -> uri.masked(uris)).toList();
    }

    private void describe(StringBuilder text, PlannedStep step) {
        for (PlannedInput input : step.inputs()) {
            text.append(line("input", input.name() + " ← " + input.origin() + ": " + String.join(", ", masked(input))));
        }
        Set<StepName> inputSteps = step.inputSteps();
        String withoutData = step.dependencies().stream()
                .filter(name -> !inputSteps.contains(name))
                .map(StepName::value)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!withoutData.isEmpty()) {
            text.append(line("after", withoutData));
        }
        text.append(line("output", uris.outputUri(step.name()) + replacement(step)));
        text.append(
                line("command", command(step).stream().map(ShellWord::quoted).collect(Collectors.joining(" "))));
        if (!step.sparkSubmit().python().isNone()) {
            text.append(line("python", pythonText(step.sparkSubmit())));
        }
        text.append(line("fingerprint", step.fingerprint().value()));
        if (preview != null) {
            text.append(line("now", text(preview.of(step.name()))));
        }
    }

    private String pythonText(SparkSubmit submit) {
        String version = submit.python().version();
        String packages = String.join(", ", requirements(submit));
        String archive = submit.pythonArchive();
        return (version.isEmpty() ? "" : version)
                + (version.isEmpty() || packages.isEmpty() ? "" : ", ")
                + (packages.isEmpty() ? "" : "with " + packages)
                + (archive == null
                        ? ""
                        : "; run and add_steps build " + archive.substring(archive.lastIndexOf('/') + 1));
    }

    private static String replacement(PlannedStep step) {
        return replacesAnyData(step) ? " (replaces all data there)" : "";
    }

    private static boolean replacesAnyData(PlannedStep step) {
        return step.output().overwrite() == Overwrite.ANY;
    }

    private static String line(String heading, String content) {
        return "   " + heading + " ".repeat(HEADING + 1 - heading.length()) + TerminalText.line(content) + "\n";
    }
}
