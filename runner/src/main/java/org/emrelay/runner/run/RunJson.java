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

/** A run as JSON, complete, so that another process can carry it out without the files that it was planned from. */
final class RunJson {
    /** Raised whenever a field is added, dropped or means something else. */
    private static final int FORMAT = 1;

    private RunJson() {}

    static String write(Run run) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("format", FORMAT);
        written.put("run_id", run.id().value());
        written.put("cluster_id", run.cluster().value());
        written.put("created", run.created().toString());
        if (run.resumedFrom() != null) {
            written.put("resumed_from", run.resumedFrom().value());
        }
        written.put("pipeline", run.plan().pipeline());
        written.put("file_order", names(run.plan().fileOrder()));
        written.put("steps", run.plan().steps().stream().map(RunJson::write).toList());
        return JsonWriter.pretty(written);
    }

    private static List<String> names(Iterable<StepName> names) {
        LinkedHashSet<String> texts = new LinkedHashSet<>();
        names.forEach(name -> texts.add(name.value()));
        return List.copyOf(texts);
    }

    private static Map<String, Object> write(PlannedStep step) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("name", step.name().value());
        written.put("description", step.description());
        written.put("inputs", step.inputs().stream().map(RunJson::write).toList());
        written.put("output", write(step.output()));
        written.put("dependencies", names(step.dependencies().stream().sorted().toList()));
        written.put("submission", SubmissionJson.write(step.submission()));
        written.put("uploads", step.uploads().stream().map(RunJson::write).toList());
        written.put("fingerprint", step.fingerprint().ingredients());
        written.put("failure_policy", write(step.failurePolicy()));
        written.put("not_run", step.notRun());
        return written;
    }

    private static Map<String, Object> write(PlannedInput input) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("name", input.name());
        written.put("uri", WordJson.write(input.uri()));
        written.put("origin", input.origin());
        written.put("parameter", input.parameter());
        return written;
    }

    private static Map<String, Object> write(Output output) {
        Map<String, Object> written = new LinkedHashMap<>();
        if (output.destination() instanceof Output.At at) {
            written.put("at", at.uri());
        } else if (output.destination() instanceof Output.InWorkspace inWorkspace) {
            written.put("in_workspace", inWorkspace.path());
        }
        written.put("flag", output.flag());
        written.put("format", output.format());
        written.put("overwrite", output.overwrite());
        written.put("result", output.isResult());
        return written;
    }

    private static Map<String, Object> write(Upload upload) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("source", upload.source().toString());
        written.put("path", upload.path());
        return written;
    }

    private static Map<String, Object> write(FailurePolicy policy) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("on_failure", policy.onFailure().name());
        written.put("retries", policy.retries());
        if (policy.timeout() != null) {
            written.put("timeout", policy.timeout().toString());
        }
        return written;
    }

    static Run read(String text) throws MalformedJsonException {
        return JsonFields.read(text, RunJson::run);
    }

    private static Run run(JsonFields fields) throws MalformedJsonException {
        int format = fields.integer("format");
        if (format != FORMAT) {
            throw new MalformedJsonException("it has format " + format + ", and this runner reads format " + FORMAT);
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
                fields.object("submission", SubmissionJson::read),
                fields.objects("uploads", RunJson::upload),
                new Fingerprint(new TreeMap<>(fields.map("fingerprint", JsonFields::text))),
                fields.object("failure_policy", RunJson::policy),
                fields.text("not_run"));
    }

    private static PlannedInput input(JsonFields fields) throws MalformedJsonException {
        return new PlannedInput(
                fields.text("name"),
                WordJson.read(fields.value("uri"), "uri"),
                fields.text("origin"),
                fields.text("parameter"));
    }

    private static Output output(JsonFields fields) throws MalformedJsonException {
        return new Output(
                destination(fields),
                fields.text("flag"),
                fields.text("format"),
                fields.truth("overwrite"),
                // Runs of before there was this key go on.
                fields.has("result") && fields.truth("result"));
    }

    private static Output.Destination destination(JsonFields fields) throws MalformedJsonException {
        if (fields.has("at")) {
            return new Output.At(fields.text("at"));
        }
        return fields.has("in_workspace")
                ? new Output.InWorkspace(fields.text("in_workspace"))
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
