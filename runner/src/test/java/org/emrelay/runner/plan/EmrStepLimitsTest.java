package org.emrelay.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.junit.jupiter.api.Test;

final class EmrStepLimitsTest {
    private static final int MAX_CHARACTERS = 10_240;

    /** {@code spark-submit --deploy-mode cluster --class Main s3://b/x.jar}, without the spaces, which EMR does not count. */
    private static final int CHARACTERS_WITHOUT_ARGUMENT = 12 + 13 + 7 + 7 + 4 + 12;

    @Test
    void acceptsACommandOfTheMaximumLength() {
        assertThat(problems(step("s", "", "x".repeat(MAX_CHARACTERS - CHARACTERS_WITHOUT_ARGUMENT))))
                .isEmpty();
    }

    @Test
    void rejectsACommandOneCharacterLonger() {
        assertThat(problems(
                        step("a", "", "x"),
                        step("s", "", "x".repeat(MAX_CHARACTERS - CHARACTERS_WITHOUT_ARGUMENT + 1))))
                .containsExactly(Problem.error(
                        "steps.json",
                        "steps[1]",
                        "the command of 's' has 10,241 characters; EMR allows at most 10,240.",
                        "Move long values to a file and pass that file to the step."));
    }

    @Test
    void warnsOfMoreStepsThanAreSubmittedAtATime() {
        Step[] steps = IntStream.range(0, EmrStepLimits.MAX_ACTIVE_STEPS + 1)
                .mapToObj(i -> step("s" + i, "", "x"))
                .toArray(Step[]::new);

        assertThat(problems(Arrays.copyOf(steps, EmrStepLimits.MAX_ACTIVE_STEPS)))
                .isEmpty();
        assertThat(problems(steps))
                .containsExactly(Problem.warning(
                        "steps.json",
                        "steps",
                        "201 steps run, and at most 200 are submitted to EMR at a time.",
                        "The others are submitted when these end, so execute_steps must keep running."));
    }

    @Test
    void ignoresAStepThatDoesNotRun() {
        assertThat(problems(step("s", "disabled", "x".repeat(2 * MAX_CHARACTERS))))
                .isEmpty();
    }

    @Test
    void assumesTheLongestPossibleBucketNameAndRunId() {
        Step step = new Step(
                new StepName("s"),
                "",
                new Program.Jar(new FileRef.Remote("s3://b/x.jar"), "Main"),
                List.of(),
                TestSteps.AUTOMATIC,
                new Arguments.Verbatim(List.of(
                        Argument.of(new Argument.OutputUri()),
                        Argument.of(new Argument.WorkspaceName()),
                        Argument.literal("x".repeat(MAX_CHARACTERS)))),
                Set.of(),
                SparkSettings.defaults(),
                FailurePolicy.DEFAULT,
                "");
        int outputLength = "s3://".length() + 63 + "/output/p/20260101-000000-0000/s".length();

        assertThat(problems(step))
                .extracting(Problem::message)
                .containsExactly(String.format(
                        "the command of 's' has %,d characters; EMR allows at most 10,240.",
                        CHARACTERS_WITHOUT_ARGUMENT + outputLength + 63 + MAX_CHARACTERS));
    }

    @Property
    void reportsExactlyTheStepsThatAreTooLong(
            @ForAll @Size(max = EmrStepLimits.MAX_ACTIVE_STEPS)
                    List<@IntRange(min = MAX_CHARACTERS - 70, max = MAX_CHARACTERS - 40) Integer> lengths) {
        Step[] steps = new Step[lengths.size()];
        Set<String> tooLong = new java.util.LinkedHashSet<>();
        for (int i = 0; i < steps.length; i++) {
            steps[i] = step("s" + i, "", "ü".repeat(lengths.get(i)));
            if (lengths.get(i) + CHARACTERS_WITHOUT_ARGUMENT > MAX_CHARACTERS) {
                tooLong.add("steps[" + i + "]");
            }
        }

        assertThat(problems(steps)).extracting(Problem::path).containsExactlyElementsOf(tooLong);
    }

    private static Step step(String name, String skipReason, String argument) {
        return new Step(
                new StepName(name),
                "",
                new Program.Jar(new FileRef.Remote("s3://b/x.jar"), "Main"),
                List.of(),
                TestSteps.AUTOMATIC,
                new Arguments.Verbatim(List.of(Argument.literal(argument))),
                Set.of(),
                SparkSettings.defaults(),
                FailurePolicy.DEFAULT,
                skipReason);
    }

    private static List<Problem> problems(Step... steps) {
        return EmrStepLimits.check(
                Planner.plan(new Pipeline("p", List.of(steps)), new FileHashes(java.util.Map.of())), "steps.json");
    }
}
