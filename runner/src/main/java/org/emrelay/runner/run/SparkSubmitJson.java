package org.emrelay.runner.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.plan.SparkSubmit.Resources;
import org.jspecify.annotations.Nullable;

/** {@link SparkSubmit} as JSON. */
final class SparkSubmitJson {
    private SparkSubmitJson() {}

    static Map<String, Object> write(SparkSubmit submission) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("program", ArgumentJson.write(submission.program()));
        putIfSet(json, "main_class", submission.mainClass());
        Resources sizes = submission.resources();
        putIfSet(json, "executor_memory", size(sizes.executorMemory()));
        putIfSet(json, "executor_cores", sizes.executorCores());
        putIfSet(json, "num_executors", sizes.numExecutors());
        putIfSet(json, "driver_memory", size(sizes.driverMemory()));
        json.put("deploy_mode", submission.deployMode().name());
        json.put("conf", ArgumentJson.write(submission.conf()));
        json.put("packages", submission.packages());
        json.put("jars", ArgumentJson.write(submission.jars()));
        json.put("py_files", ArgumentJson.write(submission.pyFiles()));
        json.put("files", ArgumentJson.write(submission.files()));
        json.put("archives", ArgumentJson.write(submission.archives()));
        json.put("env", ArgumentJson.write(submission.env()));
        json.put("arguments", ArgumentJson.write(submission.arguments()));
        return json;
    }

    private static void putIfSet(Map<String, Object> json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }

    /** {@code text} is as the user wrote it and goes to Spark; {@code mebibytes} is used in calculations. */
    private static @Nullable Map<String, Object> size(@Nullable MemorySize size) {
        if (size == null) {
            return null;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("text", size.text());
        json.put("mebibytes", size.mebibytes());
        return json;
    }

    static SparkSubmit read(JsonFields fields) throws MalformedJsonException {
        return new SparkSubmit(
                ArgumentJson.read(fields.value("program"), "program"),
                fields.textOrNull("main_class"),
                new Resources(
                        fields.objectOrNull("executor_memory", SparkSubmitJson::size),
                        fields.integerOrNull("executor_cores"),
                        fields.integerOrNull("num_executors"),
                        fields.objectOrNull("driver_memory", SparkSubmitJson::size)),
                DeployMode.valueOf(fields.text("deploy_mode")),
                fields.map("conf", ArgumentJson::read),
                fields.texts("packages"),
                fields.list("jars", ArgumentJson::read),
                fields.list("py_files", ArgumentJson::read),
                fields.list("files", ArgumentJson::read),
                fields.list("archives", ArgumentJson::read),
                fields.map("env", ArgumentJson::read),
                fields.list("arguments", ArgumentJson::read));
    }

    private static MemorySize size(JsonFields fields) throws MalformedJsonException {
        return new MemorySize(fields.text("text"), fields.number("mebibytes"));
    }
}
