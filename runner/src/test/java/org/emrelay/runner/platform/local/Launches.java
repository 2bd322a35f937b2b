package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.Argument;
import org.emrelay.runner.plan.Argument.UriResolver;
import org.emrelay.runner.plan.SparkSubmit;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.AttemptRequest;
import org.emrelay.runner.platform.AttemptRequest.OnAttemptFailure;
import org.jspecify.annotations.Nullable;

/** Builds the launches of tests: small changes of one that asks for nothing. */
record Launches(
        String step,
        int attempt,
        SparkSubmit.Sizes sizes,
        Map<String, Argument> conf,
        Map<String, Argument> env,
        List<Argument> files,
        List<String> arguments) {

    static Launches step(String name, String... arguments) {
        return new Launches(
                name,
                1,
                new SparkSubmit.Sizes(null, null, null, null),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(arguments));
    }

    Launches attempt(int number) {
        return new Launches(step, number, sizes, conf, env, files, arguments);
    }

    Launches sizes(
            @Nullable String executorMemory,
            @Nullable Integer executorCores,
            @Nullable Integer numExecutors,
            @Nullable String driverMemory) {
        SparkSubmit.Sizes changed =
                new SparkSubmit.Sizes(memory(executorMemory), executorCores, numExecutors, memory(driverMemory));
        return new Launches(step, attempt, changed, conf, env, files, arguments);
    }

    private static @Nullable MemorySize memory(@Nullable String text) {
        return text == null ? null : MemorySize.parse(text).orElseThrow();
    }

    Launches conf(Map<String, String> values) {
        return new Launches(step, attempt, sizes, words(values), env, files, arguments);
    }

    Launches env(Map<String, String> values) {
        return new Launches(step, attempt, sizes, conf, words(values), files, arguments);
    }

    Launches files(String... paths) {
        return new Launches(
                step,
                attempt,
                sizes,
                conf,
                env,
                Stream.of(paths).map(Argument::literal).toList(),
                arguments);
    }

    private static Map<String, Argument> words(Map<String, String> values) {
        Map<String, Argument> words = new java.util.LinkedHashMap<>();
        values.forEach((key, value) -> words.put(key, Argument.literal(value)));
        return words;
    }

    AttemptRequest build() {
        return new AttemptRequest(
                id(),
                submission(Argument.literal("stub.jar"), "Main"),
                places(Path.of("/workspace")),
                OnAttemptFailure.REST_IS_WITHDRAWN);
    }

    AttemptId id() {
        return new AttemptId(new StepName(step), attempt);
    }

    AttemptRequest build(Argument program, @Nullable String mainClass, Path workspace) {
        return new AttemptRequest(
                id(), submission(program, mainClass), places(workspace), OnAttemptFailure.REST_IS_WITHDRAWN);
    }

    private SparkSubmit submission(Argument program, @Nullable String mainClass) {
        return new SparkSubmit(
                program,
                mainClass,
                sizes,
                DeployMode.CLUSTER,
                conf,
                List.of(),
                List.of(),
                List.of(),
                files,
                List.of(),
                env,
                arguments.stream().map(Argument::literal).toList());
    }

    private static UriResolver places(Path workspace) {
        return new UriResolver() {
            @Override
            public String uploaded(String path) {
                return workspace.resolve(path).toString();
            }

            @Override
            public String outputOf(StepName step) {
                return workspace.resolve("output").resolve(step.value()).toString();
            }

            @Override
            public String workspaceName() {
                return workspace.getFileName().toString();
            }
        };
    }
}
