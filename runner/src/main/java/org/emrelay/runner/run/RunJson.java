package org.emrelay.runner.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.ClusterId;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.Fingerprint;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.PlannedStep.PlannedInput;
import org.emrelay.runner.plan.Upload;

/** {@link Run} as JSON. It is complete: another process can execute the run without the files it was planned from. */
final class RunJson {
    /** Incremented whenever a field is added, removed or changes its meaning. */
    private static final int FORMAT = 1;

    private RunJson() {}

    static String write(Run run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("run_id", run.id().value());
        json.put("cluster_id", run.cluster().value());
        json.put("created", run.created().toString());
        if (run.resumedFrom() != null) {
            json.put("resumed_from", run.resumedFrom().value());
        }
        json.put("pipeline", run.plan().pipeline());
        json.put("file_order", names(run.plan().fileOrder()));
        json.put("steps", run.plan().steps().stream().map(RunJson::write).toList());
        return JsonWriter.pretty(json);
    }

    private static List<String> names(Iterable<StepName> names) {
        LinkedHashSet<String> texts = new LinkedHashSet<>();
        names.forEach(name -> texts.add(name.value()));
        return List.copyOf(texts);
    }

    private static Map<String, Object> write(PlannedStep step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", step.name().value());
        json.put("description", step.description());
        json.put("inputs", step.inputs().stream().map(RunJson::write).toList());
        json.put("output", write(step.output()));
        json.put("dependencies", names(step.dependencies().stream().sorted().toList()));
        json.put("submission", SparkSubmitJson.write(step.sparkSubmit()));
        json.put("uploads", step.uploads().stream().map(RunJson::write).toList());
        json.put("fingerprint", step.fingerprint().components());
        json.put("failure_policy", write(step.failurePolicy()));
        json.put("not_run", step.skipReason());
        return json;
    }

    private static Map<String, Object> write(PlannedInput input) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", input.name());
        json.put("uri", ArgumentJson.write(input.uri()));
        json.put("origin", input.origin());
        json.put("parameter", input.parameter());
        return json;
    }

    private static Map<String, Object> write(Output output) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (output.destination() instanceof Output.AtUri at) {
            json.put("at", at.uri());
        } else if (output.destination() instanceof Output.WorkspacePath inWorkspace) {
            json.put("in_workspace", inWorkspace.path());
        }
        json.put("flag", output.flag());
        json.put("format", output.format());
        json.put("overwrite", output.overwrite());
        json.put("result", output.isResult());
        return json;
    }

    private static Map<String, Object> write(Upload upload) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", upload.source().toString());
        json.put("path", upload.path());
        return json;
    }

    private static Map<String, Object> write(FailurePolicy policy) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("on_failure", policy.onFailure().name());
        json.put("retries", policy.retries());
        if (policy.timeout() != null) {
            json.put("timeout", policy.timeout().toString());
        }
        return json;
    }

    static Run read(String text) throws MalformedJsonException {
        return JsonFields.read(text, RunJson::run);
    }

    private static Run run(JsonFields fields) throws MalformedJsonException {
        int format = fields.integer("format");
        if (format != FORMAT) {
            throw new MalformedJsonException(
                    "format " + format + " is not supported; this runner reads format " + FORMAT);
        }
        String resumedFrom = fields.textOrNull("resumed_from");
        return new Run(
                new RunId(fields.text("run_id")),
                new ClusterId(fields.text("cluster_id")),
                new ExecutionPlan(
                        fields.text("pipeline"),
                        fields.objects("steps", RunJson::step),
                        fields.list("file_order", (value, path) -> new StepName(JsonFields.text(value, path)))),
                resumedFrom == null ? null : new RunId(resumedFrom),
                fields.instant("created"));
    }

    private static PlannedStep step(JsonFields fields) throws MalformedJsonException {
        return new PlannedStep(
                new StepName(fields.text("name")),
                fields.text("description"),
                fields.objects("inputs", RunJson::input),
                fields.object("output", RunJson::output),
                new LinkedHashSet<>(
                        fields.list("dependencies", (value, path) -> new StepName(JsonFields.text(value, path)))),
                fields.object("submission", SparkSubmitJson::read),
                fields.objects("uploads", RunJson::upload),
                new Fingerprint(new TreeMap<>(fields.map("fingerprint", JsonFields::text))),
                fields.object("failure_policy", RunJson::policy),
                fields.text("not_run"));
    }

    private static PlannedInput input(JsonFields fields) throws MalformedJsonException {
        return new PlannedInput(
                fields.text("name"),
                ArgumentJson.read(fields.value("uri"), "uri"),
                fields.text("origin"),
                fields.text("parameter"));
    }

    private static Output output(JsonFields fields) throws MalformedJsonException {
        return new Output(
                destination(fields),
                fields.text("flag"),
                fields.text("format"),
                fields.bool("overwrite"),
                // Runs recorded before this key existed must still load.
                fields.has("result") && fields.bool("result"));
    }

    private static Output.Destination destination(JsonFields fields) throws MalformedJsonException {
        if (fields.has("at")) {
            return new Output.AtUri(fields.text("at"));
        }
        return fields.has("in_workspace")
                ? new Output.WorkspacePath(fields.text("in_workspace"))
                : new Output.Automatic();
    }

    private static Upload upload(JsonFields fields) throws MalformedJsonException {
        return new Upload(Path.of(fields.text("source")), fields.text("path"));
    }

    private static FailurePolicy policy(JsonFields fields) throws MalformedJsonException {
        String timeout = fields.textOrNull("timeout");
        return new FailurePolicy(
                OnFailure.valueOf(fields.text("on_failure")),
                fields.integer("retries"),
                timeout == null ? null : Duration.parse(timeout));
    }
}
