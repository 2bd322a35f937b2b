package org.emrelay.runner.parse;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.RecordSchema.Inline;
import org.emrelay.runner.json.RecordSchema.Key;
import org.emrelay.runner.json.RecordSchema.Required;
import org.emrelay.runner.parse.RecordBinder.LocatedString;
import org.jspecify.annotations.Nullable;

/**
 * A steps file as written. The JSON Schema has the same keys.
 *
 * @param steps each a {@link StepEntry} or a {@link LegacyStepEntry}
 */
record StepsFile(
        @Key("$schema") @Nullable String schema,
        @Nullable String name,
        Map<String, JsonValue> parameters,
        List<LocatedString> notSecret,
        @Nullable SettingsEntry defaults,
        @Required List<JsonValue> steps) {

    /**
     * Settings of a step or of {@code defaults}.
     * Missing lists and maps are null, because an empty one overrides the defaults.
     */
    record SettingsEntry(
            @Nullable String scriptUri,
            @Nullable String mainClass,
            @Nullable JsonValue executorMemory,
            @Nullable Integer executorCores,
            @Nullable Integer numExecutors,
            @Nullable JsonValue driverMemory,
            @Nullable String deployMode,
            @Nullable JsonValue sparkConf,
            @Nullable List<LocatedString> packages,
            @Nullable List<LocatedString> jars,
            @Nullable List<LocatedString> pyFiles,
            @Nullable JsonValue requirements,
            @Nullable String python,
            @Nullable List<LocatedString> files,
            @Nullable List<LocatedString> archives,
            @Nullable JsonValue env,
            @Nullable List<LocatedString> writes,
            @Nullable String onFailure,
            @Nullable Integer retries,
            @Nullable JsonValue timeout) {}

    /** A step in the current form. */
    record StepEntry(
            @Required @Nullable String name,
            @Nullable String description,
            @Nullable JsonValue forEach,
            @Nullable String sql,
            Map<String, JsonValue> inputs,
            @Nullable OutputEntry output,
            @Nullable JsonValue args,
            List<LocatedString> after,
            @Nullable String check,
            @Nullable Boolean enabled,
            @Inline SettingsEntry settings) {}

    /** An input given as an object. */
    record InputEntry(
            @Nullable String fromStep,
            @Nullable String path,
            @Nullable String local,
            @Nullable String uri) {}

    /** The output of a step. */
    record OutputEntry(
            @Nullable String uri,
            @Nullable String flag,
            @Nullable String format,
            @Nullable List<LocatedString> partitionBy,
            @Nullable JsonValue overwrite,
            @Nullable Boolean result) {}

    /** A step in the legacy form. */
    record LegacyStepEntry(
            @Required @Nullable String name,
            @Nullable String description,
            @Nullable JsonValue guiid,
            @Key("ActionOnFailure") @Nullable String actionOnFailure,
            @Required @Nullable String scriptUri,
            @Nullable String mainClass,
            @Nullable JsonValue executorMemory,
            @Nullable Integer executorCores,
            @Required @Nullable LegacyArgumentsEntry scriptArgs) {}

    /** The arguments of a legacy script: flags are {@code "0"} or {@code "1"}, missing values {@code "None"}. */
    record LegacyArgumentsEntry(
            @Nullable JsonValue autoGenerateOutput,
            @Nullable String outputUri,
            @Nullable String formatOutput,
            @Nullable JsonValue externalInput,
            @Nullable JsonValue inputDependencyFromOutputStep,
            @Nullable String fromStep,
            @Nullable String inputData,
            @Nullable String localInput) {}
}
