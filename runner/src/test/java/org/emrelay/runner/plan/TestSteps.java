package org.emrelay.runner.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;

/** Steps and file hashes for the tests of the planner. */
final class TestSteps {
    static final Path JAR = Path.of("/project/jobs.jar");
    static final Output AUTOMATIC = new Output(new Output.Automatic(), "output", "", Overwrite.NONE);
    static final FileHashes HASHES = new FileHashes(Map.of(JAR, "c0de"));

    private TestSteps() {}

    static Step step(String name, Input... inputs) {
        return step(name, new Arguments.Flags(List.of()), SparkSettings.defaults(), inputs);
    }

    static Step step(String name, Arguments arguments, SparkSettings<NamedFile> settings, Input... inputs) {
        return new Step(
                new StepName(name),
                "",
                new Program.Jar(new FileRef.Local(JAR), "Main"),
                List.of(inputs),
                AUTOMATIC,
                arguments,
                Set.of(),
                settings,
                FailurePolicy.DEFAULT,
                "");
    }

    static Step withOutput(Step step, Output output) {
        return new Step(
                step.name(),
                step.description(),
                step.program(),
                step.inputs(),
                output,
                step.arguments(),
                step.after(),
                step.settings(),
                step.failurePolicy(),
                step.skipReason());
    }

    static Input from(String name, String step) {
        return new Input(name, new Source.FromStep(new StepName(step), ""), "");
    }

    static List<String> maskedCommand(ExecutionPlan plan, String step) {
        PlaceholderUris uris = PlaceholderUris.forDisplay(plan);
        return plan.find(new StepName(step)).orElseThrow().sparkSubmit().command().stream()
                .map(argument -> argument.masked(uris))
                .toList();
    }
}
