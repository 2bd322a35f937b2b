package org.emrelay.runner.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.plan.SparkSubmit.Sizes;
import org.jspecify.annotations.Nullable;

/** Submissions as JSON, and back. */
final class SubmissionJson {
    private SubmissionJson() {}

    static Map<String, Object> write(SparkSubmit submission) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("program", WordJson.write(submission.program()));
        putIfSet(written, "main_class", submission.mainClass());
        Sizes sizes = submission.sizes();
        putIfSet(written, "executor_memory", size(sizes.executorMemory()));
        putIfSet(written, "executor_cores", sizes.executorCores());
        putIfSet(written, "num_executors", sizes.numExecutors());
        putIfSet(written, "driver_memory", size(sizes.driverMemory()));
        written.put("deploy_mode", submission.deployMode().name());
        written.put("conf", WordJson.write(submission.conf()));
        written.put("packages", submission.packages());
        written.put("jars", WordJson.write(submission.jars()));
        written.put("py_files", WordJson.write(submission.pyFiles()));
        written.put("files", WordJson.write(submission.files()));
        written.put("archives", WordJson.write(submission.archives()));
        written.put("env", WordJson.write(submission.env()));
        written.put("arguments", WordJson.write(submission.arguments()));
        return written;
    }

    private static void putIfSet(Map<String, Object> written, String key, @Nullable Object value) {
        if (value != null) {
            written.put(key, value);
        }
    }

    /** As the user wrote it and as it was understood: the first goes to Spark, the second is reckoned with. */
    private static @Nullable Map<String, Object> size(@Nullable MemorySize size) {
        if (size == null) {
            return null;
        }
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("text", size.text());
        written.put("mebibytes", size.mebibytes());
        return written;
    }

    static SparkSubmit read(JsonFields fields) throws MalformedJsonException {
        return new SparkSubmit(
                WordJson.read(fields.value("program"), "program"),
                fields.textOrNull("main_class"),
                new Sizes(
                        fields.objectOrNull("executor_memory", SubmissionJson::size),
                        fields.integerOrNull("executor_cores"),
                        fields.integerOrNull("num_executors"),
                        fields.objectOrNull("driver_memory", SubmissionJson::size)),
                DeployMode.valueOf(fields.text("deploy_mode")),
                fields.map("conf", WordJson::read),
                fields.texts("packages"),
                fields.list("jars", WordJson::read),
                fields.list("py_files", WordJson::read),
                fields.list("files", WordJson::read),
                fields.list("archives", WordJson::read),
                fields.map("env", WordJson::read),
                fields.list("arguments", WordJson::read));
    }

    private static MemorySize size(JsonFields fields) throws MalformedJsonException {
        return new MemorySize(fields.text("text"), fields.number("mebibytes"));
    }
}
