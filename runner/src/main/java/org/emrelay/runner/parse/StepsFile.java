package org.emrelay.runner.parse;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A steps file as it is written; its parts, and the JSON Schema beside the sources, have the same keys.
 *
 * @param steps each a {@link StepEntry} or an {@link OriginalStepEntry}
 */
record StepsFile(
        @Key("$schema") @Nullable String schema,
        @Nullable String name,
        Map<String, JsonValue> parameters,
        @Nullable SettingsEntry defaults,
        @Required List<JsonValue> steps) {

    /** How a step is run: may stand in {@code defaults} too. A list or map that is absent is null, for an empty one says something else. */
    record SettingsEntry(
            @Nullable String scriptUri,
            @Nullable JsonValue executorMemory,
            @Nullable Integer executorCores,
            @Nullable Integer numExecutors,
            @Nullable JsonValue driverMemory,
            @Nullable String deployMode,
            @Nullable JsonValue sparkConf,
            @Nullable List<LocatedString> packages,
            @Nullable List<LocatedString> jars,
            @Nullable List<LocatedString> pyFiles,
            @Nullable List<LocatedString> files,
            @Nullable List<LocatedString> archives,
            @Nullable JsonValue env,
            @Nullable String onFailure,
            @Nullable Integer retries,
            @Nullable JsonValue timeout) {}

    /** A step of today's form. */
    record StepEntry(
            @Required @Nullable String name,
            @Nullable String description,
            @Nullable String mainClass,
            Map<String, JsonValue> inputs,
            @Nullable OutputEntry output,
            @Nullable JsonValue args,
            List<LocatedString> after,
            @Nullable Boolean enabled,
            @Inline SettingsEntry settings) {}

    /** An input that is no plain string. */
    record InputEntry(
            @Nullable String fromStep,
            @Nullable String path,
            @Nullable String local,
            @Nullable String uri) {}

    /** Where a step writes. */
    record OutputEntry(
            @Nullable String uri,
            @Nullable String flag,
            @Nullable String format,
            @Nullable Boolean overwrite,
            @Nullable Boolean result) {}

    /** A step of the original form. */
    record OriginalStepEntry(
            @Required @Nullable String name,
            @Nullable String description,
            @Nullable JsonValue guiid,
            @Key("ActionOnFailure") @Nullable String actionOnFailure,
            @Required @Nullable String scriptUri,
            @Nullable String mainClass,
            @Nullable JsonValue executorMemory,
            @Nullable Integer executorCores,
            @Required @Nullable OriginalArgumentsEntry scriptArgs) {}

    /** What the original hands to a script; flags are {@code "0"} or {@code "1"}, and what is not there is {@code "None"}. */
    record OriginalArgumentsEntry(
            @Nullable JsonValue autoGenerateOutput,
            @Nullable String outputUri,
            @Nullable String formatOutput,
            @Nullable JsonValue externalInput,
            @Nullable JsonValue inputDependencyFromOutputStep,
            @Nullable String fromStep,
            @Nullable String inputData,
            @Nullable String localInput) {}
}
