package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.StepsFileFixture.singleStep;

import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubstitutionTest {
    @TempDir
    Path directory;

    private StepsFileFixture fixture;

    @BeforeEach
    void createFiles() {
        fixture = new StepsFileFixture(directory).file("job.py").file("data/titles.csv");
    }

    private Step step(String json) {
        return fixture.pipeline(json).steps().get(0);
    }

    /** A steps file with these parameters and one step with these keys. */
    private static String with(String parameters, String keys) {
        return "{\"parameters\": {" + parameters + "}, " + singleStep(keys).substring(1);
    }

    private static Arguments flag(String name, String... values) {
        return new Arguments.Flags(List.of(new Arguments.Flag(
                name, List.of(values).stream().map(Argument::literal).toList())));
    }

    @Test
    void substitutesInsideStringsAndWholeValues() {
        Step step = step(with(
                "\"cores\": 3, \"base\": \"s3://bucket\", \"titles\": \"${base}/titles\", \"disabled\": true, \"list\": [1, \"${base}\"]",
                """
                "executor_cores": "${cores}", "description": "${cores} cores, ${disabled}", "inputs": {"titles": "${titles}"},
                "args": {"x": "${list}"}
                """));

        assertThat(step.settings().get(SparkOption.EXECUTOR_CORES)).isEqualTo(3);
        assertThat(step.description()).isEqualTo("3 cores, true");
        assertThat(step.inputs())
                .containsExactly(new Input("titles", new FileRef.Remote("s3://bucket/titles"), "titles"));
        assertThat(step.arguments()).isEqualTo(flag("x", "1", "s3://bucket"));
    }

    @Test
    void substitutesObjectsForAnyValue() {
        Step step = step(with(
                "\"location\": {\"uri\": \"s3://bucket/x\"}, \"all\": {\"a\": \"${n}\"}, \"n\": 1.50",
                "\"output\": \"${location}\", \"args\": \"${all}\""));

        assertThat(step.output())
                .isEqualTo(new Output(new Output.AtUri("s3://bucket/x"), "output", "", Overwrite.NONE));
        assertThat(step.arguments()).isEqualTo(flag("a", "1.50"));
    }

    @Test
    void substitutesEnvironmentVariablesAndEscapes() {
        Step step = fixture.withEnvironment("HOME", "/home/me")
                .pipeline(singleStep("\"description\": \"${env.HOME} $${x} $x $\", \"args\": {\"x\": \"$${output}\"}"))
                .steps()
                .get(0);

        assertThat(step.description()).isEqualTo("/home/me ${x} $x $");
        assertThat(step.arguments()).isEqualTo(flag("x", "${output}"));
    }

    @Test
    void commandLineOverridesDefaultAndKeepsItsType() {
        Step step = fixture.withParameter("cores", "7")
                .withParameter("on", "false")
                .withParameter("list", "[\"a\", 2]")
                .withParameter("text", "${output} $${x}")
                .pipeline(with("\"cores\": 1, \"on\": true, \"list\": [], \"text\": \"\"", """
                        "executor_cores": "${cores}", "args": {"bare": "${on}", "list": "${list}", "text": "a ${text}"}
                        """))
                .steps()
                .get(0);

        assertThat(step.settings().get(SparkOption.EXECUTOR_CORES)).isEqualTo(7);
        assertThat(step.arguments())
                .isEqualTo(new Arguments.Flags(List.of(
                        new Arguments.Flag("list", List.of(Argument.literal("a"), Argument.literal("2"))),
                        new Arguments.Flag("text", List.of(Argument.literal("a ${output} $${x}"))))));
    }

    @Test
    void commandLinePathIsRelativeToCurrentDirectory() {
        StepsFileFixture elsewhere = new StepsFileFixture(directory.resolve("project"))
                .file("job.py")
                .file("data/titles.csv")
                .withCurrentDirectory(directory);

        String file = with(
                "\"titles\": \"data/titles.csv\", \"folder\": \"data\"",
                "\"inputs\": {\"a\": \"${titles}\", \"b\": \"${folder}/titles.csv\", \"c\": {\"local\": \"${titles}\"}}");

        assertThat(elsewhere.pipeline(file).steps().get(0).inputs())
                .extracting(Input::source)
                .containsOnly(new FileRef.Local(directory.resolve("project/data/titles.csv")));
        assertThat(elsewhere
                        .withParameter("titles", "data/titles.csv")
                        .withParameter("folder", "data")
                        .pipeline(file)
                        .steps()
                        .get(0)
                        .inputs())
                .containsExactly(
                        new Input("a", new FileRef.Local(directory.resolve("data/titles.csv")), "titles"),
                        new Input("b", new FileRef.Local(directory.resolve("data/titles.csv")), ""),
                        new Input("c", new FileRef.Local(directory.resolve("data/titles.csv")), ""));
    }

    @Test
    void defaultCanStartWithCommandLineParameter() {
        StepsFileFixture elsewhere = new StepsFileFixture(directory.resolve("project"))
                .file("job.py")
                .withCurrentDirectory(directory);

        Step step = elsewhere
                .withParameter("folder", "data")
                .pipeline(with(
                        "\"folder\": \"none\", \"titles\": {\"local\": \"${folder}/titles.csv\"}",
                        "\"inputs\": {\"a\": \"${titles}\"}"))
                .steps()
                .get(0);

        assertThat(step.inputs())
                .containsExactly(new Input("a", new FileRef.Local(directory.resolve("data/titles.csv")), "titles"));
    }

    @Test
    void reportsUnknownReferences() {
        assertThat(fixture.problems(with("\"titles\": \"x\", \"max_words\": 3", """
                        "description": "${titels}", "executor_memory": "${none}", "jars": ["${env.NOPE}/x.jar"], "args": {"a": "${b}", "c": ["${d}"]}
                        """)))
                .containsExactly(
                        "steps.json: steps[0].description: no parameter named 'titels'. Known parameters: titles, max_words. Did you"
                                + " mean 'titles'?",
                        "steps.json: steps[0].executor_memory: no parameter named 'none'. Known parameters: titles, max_words.",
                        "steps.json: steps[0].jars[0]: environment variable 'NOPE' is not set. Set it, or use '$${' for"
                                + " a literal '${'.",
                        "steps.json: steps[0].args.a: no parameter named 'b'. Known parameters: titles, max_words.",
                        "steps.json: steps[0].args.c[0]: no parameter named 'd'. Known parameters: titles, max_words.");
        assertThat(fixture.problems(singleStep("\"description\": \"${x} ${\"")))
                .containsExactly(
                        "steps.json: steps[0].description: no parameter named 'x'. The file has no parameters.",
                        "steps.json: steps[0].description: a '${' has no closing '}'. Use '$${' for a literal '${'.");
    }

    @Test
    void checksUnusedParameters() {
        assertThat(fixture.problems(
                        with("\"a\": \"${b}\", \"1x\": 1, \"output\": 2, \"b\": [\"${env.NOPE}\"]", "\"args\": []")))
                .containsExactly(
                        "steps.json: parameters['1x']: '1x' is not a valid parameter name. Use letters, digits, '_' and"
                                + " '-', starting with a letter or '_'.",
                        "steps.json: parameters.output: 'output' is a reserved name: ${output} is the output URI of a"
                                + " step.",
                        "steps.json: parameters.b[0]: environment variable 'NOPE' is not set. Set it, or use '$${' for"
                                + " a literal '${'.");
    }

    @Test
    void reportsCircularParameterReferences() {
        assertThat(fixture.problems(
                        with("\"a\": \"x${b}\", \"b\": \"${c}\", \"c\": [\"${a}\"]", "\"args\": {\"x\": \"${b}\"}")))
                .contains("steps.json: parameters.b: circular parameter reference: b → c → a → b.")
                .allMatch(line -> line.contains("circular") || line.contains("cannot be part of a string"));
        assertThat(fixture.problems(with("\"a\": \"${a}\"", "\"description\": \"${a}\"")))
                .containsExactly("steps.json: parameters.a: circular parameter reference: a → a.");
    }

    @Test
    void rejectsListInsideString() {
        assertThat(fixture.problems(with("\"a\": [1]", "\"description\": \"x ${a}\"")))
                .containsExactly(
                        "steps.json: steps[0].description: parameter 'a' is a list and cannot be part of a string.");
    }

    @Test
    void parameterWithoutValueIsRequired() {
        String file = with("\"titles\": null", "\"inputs\": {\"x\": \"${titles}\"}");

        assertThat(fixture.problems(file))
                .containsExactly(
                        "steps.json: steps[0].inputs.x: parameter 'titles' has no value. Set it with -p titles=…");
        assertThat(fixture.withParameter("titles", "data/titles.csv").problems(file))
                .isEmpty();
    }

    @Test
    void checksNameAndTypeOfCommandLineParameters() {
        assertThat(fixture.withParameter("titels", "x")
                        .withParameter("n", "many")
                        .withParameter("on", "yes")
                        .withParameter("list", "a,b")
                        .withParameter("object", "{")
                        .withParameter("api_token", "hush")
                        .problems(with(
                                "\"titles\": \"\", \"n\": 1, \"on\": true, \"list\": [], \"object\": {}, \"api_token\": 5",
                                "\"args\": []")))
                .containsExactly(
                        "-p titels: no parameter named 'titels'. Known parameters: titles, n, on, list, object,"
                                + " api_token. Did you mean 'titles'?",
                        "-p n: must be a number, like its default, not 'many'.",
                        "-p on: must be true or false, like its default, not 'yes'.",
                        "-p list: must be a list in JSON, like its default, not 'a,b'. Example: -p 'list=[\"a\","
                                + " \"b\"]'.",
                        "-p object: must be an object in JSON, like its default, not '{'.",
                        "-p api_token: must be a number, like its default.");
    }

    @Test
    void limitsExpandedSize() {
        StringBuilder parameters = new StringBuilder("\"p0\": \"0123456789\"");
        StringBuilder lists = new StringBuilder("\"p0\": [1, 2]");
        for (int i = 1; i < 40; i++) {
            parameters.append(", \"p%d\": \"${p%d}${p%d}\"".formatted(i, i - 1, i - 1));
            lists.append(", \"p%d\": [\"${p%d}\", \"${p%d}\"]".formatted(i, i - 1, i - 1));
        }
        String tooLarge = "steps.json: parameters: expand to more than a million characters.";

        assertThat(fixture.problems(with(parameters.toString(), "\"description\": \"${p39}\"")))
                .containsExactly(tooLarge);
        assertThat(fixture.problems(with(lists.toString(), "\"args\": {\"x\": \"${p39}\"}")))
                .containsExactly(tooLarge);
        assertThat(fixture.problems(with(lists.toString(), "\"jars\": \"${p39}\"")))
                .contains(tooLarge);
    }

    @Test
    void skipsStepsThatOnlyAnOverriddenParameterNeeded() {
        String file = """
                {"parameters": {"titles": {"from_step": "generate"}}, "defaults": {"script_uri": "job.py"},
                 "steps": [{"name": "seed"}, {"name": "generate", "inputs": {"seed": {"from_step": "seed"}}},
                           {"name": "counts", "inputs": {"titles": "${titles}"}}]}
                """;

        assertThat(fixture.pipeline(file).steps()).extracting(Step::skipReason).containsOnly("");
        List<Step> steps = fixture.withParameter("titles", "data/titles.csv")
                .pipeline(file)
                .steps();
        assertThat(steps)
                .extracting(Step::skipReason)
                .containsExactly("not needed: parameter 'titles' is set", "not needed: parameter 'titles' is set", "");
        assertThat(steps.get(2).dependencies()).isEmpty();
    }

    @Test
    void runsStepsWithOtherReaders() {
        List<Step> steps =
                fixture.withParameter("titles", "data/titles.csv").pipeline("""
                        {"parameters": {"titles": {"from_step": "generate"}}, "defaults": {"script_uri": "job.py"},
                         "steps": [{"name": "seed"}, {"name": "generate", "inputs": {"seed": {"from_step": "seed"}}},
                                   {"name": "counts", "inputs": {"titles": "${titles}"}},
                                   {"name": "check", "inputs": {"all": {"from_step": "generate"}}}]}
                        """).steps();

        assertThat(steps).extracting(Step::skipReason).containsOnly("");
    }

    @Test
    void followersOfDisabledStepInheritItsDependencies() {
        List<Step> steps = fixture.pipeline("""
                        {"defaults": {"script_uri": "job.py"},
                         "steps": [{"name": "a"}, {"name": "b", "after": ["a"], "enabled": false}, {"name": "c", "after": ["b"]}]}
                        """).steps();

        assertThat(steps).extracting(Step::skipReason).containsExactly("", "disabled", "");
        assertThat(steps.get(2).dependencies()).containsExactly(new StepName("a"));
    }

    @Test
    void pipelineNameDefaultsToFileOrDirectory() {
        String file = singleStep("\"args\": []");
        StepsFileFixture named = new StepsFileFixture(directory.resolve("my words!"))
                .file("job.py")
                .file("other.json", file);

        assertThat(named.pipeline(file).name()).isEqualTo("my-words");
        assertThat(named.read("other.json").usable().orElseThrow().name()).isEqualTo("other");
    }
}
