package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Argument.UriResolver;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.jspecify.annotations.Nullable;

/** Builds attempt requests for tests, by default without any settings. */
record AttemptRequestBuilder(String step, int attempt, SparkSettings<Argument> settings, List<String> arguments) {
    static AttemptRequestBuilder step(String name, String... arguments) {
        return new AttemptRequestBuilder(name, 1, SparkSettings.defaults(), List.of(arguments));
    }

    AttemptRequestBuilder attempt(int number) {
        return new AttemptRequestBuilder(step, number, settings, arguments);
    }

    private AttemptRequestBuilder settings(SparkSettings<Argument> changed) {
        return new AttemptRequestBuilder(step, attempt, changed, arguments);
    }

    AttemptRequestBuilder resources(
            @Nullable String executorMemory,
            @Nullable Integer executorCores,
            @Nullable Integer numExecutors,
            @Nullable String driverMemory) {
        return settings(settings.with(SparkOption.EXECUTOR_MEMORY, memory(executorMemory))
                .with(SparkOption.EXECUTOR_CORES, executorCores)
                .with(SparkOption.NUM_EXECUTORS, numExecutors)
                .with(SparkOption.DRIVER_MEMORY, memory(driverMemory)));
    }

    private static @Nullable MemorySize memory(@Nullable String text) {
        return text == null ? null : MemorySize.parse(text).orElseThrow();
    }

    AttemptRequestBuilder conf(Map<String, String> values) {
        return settings(settings.withConf(literals(values)));
    }

    AttemptRequestBuilder clientMode() {
        return settings(settings.with(SparkOption.DEPLOY_MODE, DeployMode.CLIENT));
    }

    AttemptRequestBuilder env(Map<String, String> values) {
        return settings(settings.withEnv(literals(values)));
    }

    AttemptRequestBuilder secret(String name, String value) {
        return settings(settings.withEnv(Map.of(name, Argument.of(new Argument.Secret(value)))));
    }

    AttemptRequestBuilder files(String... paths) {
        return settings(settings.with(
                FileOption.FILES, Stream.of(paths).map(Argument::literal).toList()));
    }

    private static Map<String, Argument> literals(Map<String, String> values) {
        Map<String, Argument> arguments = new java.util.LinkedHashMap<>();
        values.forEach((key, value) -> arguments.put(key, Argument.literal(value)));
        return arguments;
    }

    AttemptRequest build() {
        return new AttemptRequest(
                id(),
                sparkSubmit(Argument.literal("stub.jar"), "Main"),
                uris(Path.of("/workspace")),
                OnAttemptFailure.CANCEL_AND_WAIT);
    }

    AttemptId id() {
        return new AttemptId(new StepName(step), attempt);
    }

    AttemptRequest build(Argument program, @Nullable String mainClass, Path workspace) {
        return new AttemptRequest(
                id(), sparkSubmit(program, mainClass), uris(workspace), OnAttemptFailure.CANCEL_AND_WAIT);
    }

    private SparkSubmit sparkSubmit(Argument program, @Nullable String mainClass) {
        return new SparkSubmit(
                program,
                mainClass,
                settings,
                arguments.stream().map(Argument::literal).toList(),
                false);
    }

    private static UriResolver uris(Path workspace) {
        return new UriResolver() {
            @Override
            public String uploadedUri(String path) {
                return workspace.resolve(path).toString();
            }

            @Override
            public String outputUri(StepName step) {
                return workspace.resolve("output").resolve(step.value()).toString();
            }

            @Override
            public String workspaceName() {
                return workspace.getFileName().toString();
            }
        };
    }
}
