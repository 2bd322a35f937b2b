package org.emrelay.runner.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonNumber;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.plan.SparkSubmit;

/** {@link SparkSubmit} as JSON. */
final class SparkSubmitJson {
    private SparkSubmitJson() {}

    static Map<String, Object> write(SparkSubmit submission) {
        SparkSettings<Argument> settings = submission.settings();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("program", ArgumentJson.write(submission.program()));
        if (submission.mainClass() != null) {
            json.put("main_class", submission.mainClass());
        }
        settings.options().forEach((option, value) -> json.put(option.key(), write(value)));
        // Earlier versions require every list.
        json.putIfAbsent(SparkOption.PACKAGES.key(), List.of());
        for (FileOption option : FileOption.values()) {
            json.put(option.key(), ArgumentJson.write(settings.get(option)));
        }
        json.put("conf", ArgumentJson.write(settings.conf()));
        json.put("env", ArgumentJson.write(settings.env()));
        json.put("arguments", ArgumentJson.write(submission.arguments()));
        return json;
    }

    private static Object write(Object value) {
        if (value instanceof MemorySize size) {
            return new TreeMap<>(Map.of("text", size.text(), "mebibytes", size.mebibytes()));
        }
        return value instanceof DeployMode mode ? mode.name() : value;
    }

    static SparkSubmit read(JsonFields fields) throws MalformedJsonException {
        SparkSettings<Argument> settings = new SparkSettings<>(
                Map.of(), Map.of(), fields.map("conf", ArgumentJson::read), fields.map("env", ArgumentJson::read));
        fields.value(SparkOption.DEPLOY_MODE.key());
        for (SparkOption<?> option : SparkOption.all().toList()) {
            settings = readOption(option, fields, settings);
        }
        for (FileOption option : FileOption.values()) {
            settings = settings.with(option, fields.list(option.key(), ArgumentJson::read));
        }
        return new SparkSubmit(
                ArgumentJson.read(fields.value("program"), "program"),
                fields.textOrNull("main_class"),
                settings,
                fields.list("arguments", ArgumentJson::read));
    }

    private static <T> SparkSettings<Argument> readOption(
            SparkOption<T> option, JsonFields fields, SparkSettings<Argument> settings) throws MalformedJsonException {
        return fields.has(option.key())
                ? settings.with(option, option.parse(text(fields.value(option.key()), option.key())))
                : settings;
    }

    private static String text(JsonValue value, String path) throws MalformedJsonException {
        if (value instanceof JsonNumber number) {
            return number.text();
        } else if (value instanceof JsonArray) {
            return String.join(",", JsonFields.list(value, path, JsonFields::text));
        }
        return value instanceof JsonObject ? JsonFields.of(value, path).text("text") : JsonFields.text(value, path);
    }
}
