package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.Submission;
import org.emrelay.runner.plan.Word;
import org.emrelay.runner.plan.Word.Places;
import org.emrelay.runner.platform.AttemptId;
import org.emrelay.runner.platform.Launch;
import org.emrelay.runner.platform.Launch.AfterFailure;
import org.jspecify.annotations.Nullable;

/** Builds the launches of tests: small changes of one that asks for nothing. */
record Launches(
        String step,
        int attempt,
        Submission.Sizes sizes,
        Map<String, Word> conf,
        Map<String, Word> env,
        List<Word> files,
        List<String> arguments) {

    static Launches step(String name, String... arguments) {
        return new Launches(
                name,
                1,
                new Submission.Sizes(null, null, null, null),
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
        Submission.Sizes changed =
                new Submission.Sizes(memory(executorMemory), executorCores, numExecutors, memory(driverMemory));
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
                Stream.of(paths).map(Word::literal).toList(),
                arguments);
    }

    private static Map<String, Word> words(Map<String, String> values) {
        Map<String, Word> words = new java.util.LinkedHashMap<>();
        values.forEach((key, value) -> words.put(key, Word.literal(value)));
        return words;
    }

    Launch build() {
        return new Launch(
                id(),
                submission(Word.literal("stub.jar"), "Main"),
                places(Path.of("/workspace")),
                AfterFailure.REST_IS_WITHDRAWN);
    }

    AttemptId id() {
        return new AttemptId(new StepName(step), attempt);
    }

    Launch build(Word program, @Nullable String mainClass, Path workspace) {
        return new Launch(id(), submission(program, mainClass), places(workspace), AfterFailure.REST_IS_WITHDRAWN);
    }

    private Submission submission(Word program, @Nullable String mainClass) {
        return new Submission(
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
                arguments.stream().map(Word::literal).toList());
    }

    private static Places places(Path workspace) {
        return new Places() {
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
