package org.emrelay.runner.platform.emr.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.plan.Fingerprint;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.PlannedStep.PlannedInput;
import org.emrelay.runner.plan.SparkSubmit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlanAccessTest {
    private final List<Argument> arguments = new ArrayList<>();
    private final List<PlannedInput> inputs = new ArrayList<>();
    private SparkSettings<Argument> settings = SparkSettings.defaults();
    private Output output = new Output(new Output.Automatic(), "output", "", Overwrite.NONE);
    private boolean legacy;

    private PlannedStep step(String name, String skipReason) {
        return new PlannedStep(
                new StepName(name),
                "",
                inputs,
                output,
                Set.of(),
                new SparkSubmit(Argument.literal("s3://code/jobs.jar"), "Main", settings, arguments, legacy),
                List.of(),
                new Fingerprint(new TreeMap<>()),
                FailurePolicy.DEFAULT,
                skipReason);
    }

    private List<String> accesses(PlannedStep... steps) {
        ExecutionPlan plan = new ExecutionPlan(
                "books",
                Map.of(),
                List.of(steps),
                Stream.of(steps).map(PlannedStep::name).toList());
        return PlanAccess.of(plan, "own/teams/books").steps().entrySet().stream()
                .map(entry -> entry.getKey().text() + " " + entry.getValue())
                .toList();
    }

    @Test
    void inputsAndArgumentsAreReadOutputsAndWritesAreWritten() {
        Argument titles = Argument.literal("s3://books/titles.csv");
        inputs.add(new PlannedInput("titles", List.of(titles), "external", ""));
        arguments.addAll(List.of(Argument.literal("--titles"), titles, Argument.literal("--stop=s3a://words/stop/")));
        output = new Output(new Output.AtUri("s3://results/clouds/"), "output", "", Overwrite.NONE)
                .withWrites(List.of("s3://tables/daily", "/tmp/local"));
        settings = settings.withConf(Map.of("spark.x", Argument.literal("s3://conf/x")))
                .withEnv(Map.of("X", Argument.literal("s3://env")))
                .with(FileOption.JARS, List.of(Argument.literal("s3://code/lib/*.jar")))
                .with(FileOption.ARCHIVES, List.of(Argument.literal("s3://code/env.zip#env")));

        assertThat(accesses(step("words", ""), step("clouds", "")))
                .containsExactly(
                        "read s3://books/titles.csv [words, clouds]",
                        "read s3://code/env.zip [words, clouds]",
                        "read s3://code/jobs.jar [words, clouds]",
                        "read s3://code/lib [words, clouds]",
                        "read s3://conf/x [words, clouds]",
                        "read s3://env [words, clouds]",
                        "read and write s3://results/clouds [words, clouds]",
                        "read and write s3://tables/daily [words, clouds]",
                        "read s3://words/stop [words, clouds]");
    }

    @Test
    void stepsThatDoNotRunNeedNothing() {
        assertThat(accesses(step("words", "disabled"))).isEmpty();
    }

    @Test
    void stepsInTheLegacyFormMayWriteAnywhereInTheWorkspace() {
        legacy = true;

        assertThat(accesses(step("words", "")))
                .containsExactly("read s3://code/jobs.jar [words]", "read and write s3://own/teams/books [words]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3://b-1/k | k",
                "S3A://b-1/k/ | k",
                "s3://b-1 | ''",
                "s3://b-1/ | ''",
                "--in=s3://b-1/a b | a",
                "{\"in\": \"s3://b-1/a/b\"} | a/b",
                "s3://b-1/a,b | a;a,b",
                "s3://b-1/a,s3://b-1/b | a;b",
                "s3://b-1/d/*.csv | d",
                "s3://b-1/d/{a,b}/c | d",
                "s3://b-1/*.csv | ''",
                "s3://b-1/d//e | ''",
                "s3://B/k | none",
                "s3://b_1/k | none",
                "no uri | none",
            })
    void findsLocationsInTexts(String text, String keys) {
        assertThat(S3Mentions.in(Argument.literal(text)).map(uri -> uri.key()).distinct())
                .containsExactlyElementsOf(keys.equals("none") ? List.of() : List.of(keys.split(";", -1)));
    }

    @Test
    void aUriThatContinuesWithSomethingUnknownIsItsFolder() {
        Argument argument = Argument.of(new Argument.Literal("s3://b-1/d/x"), new Argument.Secret("yz"));

        assertThat(S3Mentions.in(argument).map(uri -> uri.key()).distinct()).containsExactly("d");
    }
}
