package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.StepsFolder.only;

import java.nio.file.Path;
import java.util.List;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Template;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubstitutionTest {
    @TempDir
    Path directory;

    private StepsFolder folder;

    @BeforeEach
    void layOut() {
        folder = new StepsFolder(directory).file("job.py").file("data/titles.csv");
    }

    private Step step(String json) {
        return folder.pipeline(json).steps().get(0);
    }

    /** A file with these parameters and one step with these keys. */
    private static String with(String parameters, String keys) {
        return "{\"parameters\": {" + parameters + "}, " + only(keys).substring(1);
    }

    private static Arguments flag(String name, String... values) {
        return new Arguments.Flags(List.of(new Arguments.Flag(
                name, List.of(values).stream().map(Template::literal).toList())));
    }

    @Test
    void aParameterStandsInsideATextAndForAWholeValue() {
        Step step = step(with(
                "\"cores\": 3, \"base\": \"s3://bucket\", \"titles\": \"${base}/titles\", \"disabled\": true, \"list\": [1, \"${base}\"]",
                """
                "executor_cores": "${cores}", "description": "${cores} cores, ${disabled}", "inputs": {"titles": "${titles}"},
                "args": {"x": "${list}"}
                """));

        assertThat(step.settings().executorCores()).isEqualTo(3);
        assertThat(step.description()).isEqualTo("3 cores, true");
        assertThat(step.inputs())
                .containsExactly(new Input("titles", new Source.External("s3://bucket/titles"), "titles"));
        assertThat(step.arguments()).isEqualTo(flag("x", "1", "s3://bucket"));
    }

    @Test
    void anObjectMayStandForAnyValueEvenForAllArguments() {
        Step step = step(with(
                "\"place\": {\"uri\": \"s3://bucket/x\"}, \"all\": {\"a\": \"${n}\"}, \"n\": 1.50",
                "\"output\": \"${place}\", \"args\": \"${all}\""));

        assertThat(step.output()).isEqualTo(new Output(new Output.At("s3://bucket/x"), "output", "", false));
        assertThat(step.arguments()).isEqualTo(flag("a", "1.50"));
    }

    @Test
    void theEnvironmentAndALiteralDollarBrace() {
        Step step = folder.withEnvironment("HOME", "/home/me")
                .pipeline(only("\"description\": \"${env.HOME} $${x} $x $\", \"args\": {\"x\": \"$${output}\"}"))
                .steps()
                .get(0);

        assertThat(step.description()).isEqualTo("/home/me ${x} $x $");
        assertThat(step.arguments()).isEqualTo(flag("x", "${output}"));
    }

    @Test
    void whatIsGivenWinsAndHasTheDefaultsType() {
        Step step = folder.with("cores", "7")
                .with("on", "false")
                .with("list", "[\"a\", 2]")
                .with("text", "${output} $${x}")
                .pipeline(with("\"cores\": 1, \"on\": true, \"list\": [], \"text\": \"\"", """
                        "executor_cores": "${cores}", "args": {"bare": "${on}", "list": "${list}", "text": "a ${text}"}
                        """))
                .steps()
                .get(0);

        assertThat(step.settings().executorCores()).isEqualTo(7);
        assertThat(step.arguments())
                .isEqualTo(new Arguments.Flags(List.of(
                        new Arguments.Flag("list", List.of(Template.literal("a"), Template.literal("2"))),
                        new Arguments.Flag("text", List.of(Template.literal("a ${output} $${x}"))))));
    }

    @Test
    void aGivenPathIsRelativeToTheCurrentDirectoryAndTheFilesOwnToTheFile() {
        StepsFolder elsewhere = new StepsFolder(directory.resolve("project"))
                .file("job.py")
                .file("data/titles.csv")
                .from(directory);

        String file = with(
                "\"titles\": \"data/titles.csv\", \"folder\": \"data\"",
                "\"inputs\": {\"a\": \"${titles}\", \"b\": \"${folder}/titles.csv\", \"c\": {\"local\": \"${titles}\"}}");

        assertThat(elsewhere.pipeline(file).steps().get(0).inputs())
                .extracting(Input::source)
                .containsOnly(new Source.Local(directory.resolve("project/data/titles.csv"), false));
        assertThat(elsewhere
                        .with("titles", "data/titles.csv")
                        .with("folder", "data")
                        .pipeline(file)
                        .steps()
                        .get(0)
                        .inputs())
                .containsExactly(
                        new Input("a", new Source.Local(directory.resolve("data/titles.csv"), false), "titles"),
                        new Input("b", new Source.Local(directory.resolve("data/titles.csv"), false), ""),
                        new Input("c", new Source.Local(directory.resolve("data/titles.csv"), false), ""));
    }

    @Test
    void aParametersDefaultMayBeginWithAGivenOne() {
        StepsFolder elsewhere =
                new StepsFolder(directory.resolve("project")).file("job.py").from(directory);

        Step step = elsewhere
                .with("folder", "data")
                .pipeline(with(
                        "\"folder\": \"none\", \"titles\": {\"local\": \"${folder}/titles.csv\"}",
                        "\"inputs\": {\"a\": \"${titles}\"}"))
                .steps()
                .get(0);

        assertThat(step.inputs())
                .containsExactly(
                        new Input("a", new Source.Local(directory.resolve("data/titles.csv"), false), "titles"));
    }

    @Test
    void whatIsNotKnownIsAProblem() {
        assertThat(folder.problems(with("\"titles\": \"x\", \"max_words\": 3", """
                        "description": "${titels}", "executor_memory": "${none}", "jars": ["${env.NOPE}/x.jar"], "args": {"a": "${b}", "c": ["${d}"]}
                        """)))
                .containsExactly(
                        "steps.json: steps[0].description: no parameter named 'titels'. Known parameters: titles, max_words. Did you"
                                + " mean 'titles'?",
                        "steps.json: steps[0].executor_memory: no parameter named 'none'. Known parameters: titles, max_words.",
                        "steps.json: steps[0].jars[0]: the environment variable 'NOPE' is not set. Set it, or write '$${' where the"
                                + " text itself is meant.",
                        "steps.json: steps[0].args.a: no parameter named 'b'. Known parameters: titles, max_words.",
                        "steps.json: steps[0].args.c[0]: no parameter named 'd'. Known parameters: titles, max_words.");
        assertThat(folder.problems(only("\"description\": \"${x} ${\"")))
                .containsExactly(
                        "steps.json: steps[0].description: no parameter named 'x'. The file has no parameters.",
                        "steps.json: steps[0].description: a '${' is not closed by a '}'. Write '$${' where the text itself is meant.");
    }

    @Test
    void parametersThemselvesAreCheckedEvenWhenNoStepUsesThem() {
        assertThat(folder.problems(
                        with("\"a\": \"${b}\", \"1x\": 1, \"output\": 2, \"b\": [\"${env.NOPE}\"]", "\"args\": []")))
                .containsExactly(
                        "steps.json: parameters['1x']: '1x' cannot be a parameter's name. Use letters, digits, '_' and '-', the first"
                                + " a letter or '_'.",
                        "steps.json: parameters.output: no parameter can be named 'output': ${output} is where a step writes.",
                        "steps.json: parameters.b[0]: the environment variable 'NOPE' is not set. Set it, or write '$${' where the"
                                + " text itself is meant.");
    }

    @Test
    void parametersCannotReferToOneAnotherInACircle() {
        assertThat(folder.problems(
                        with("\"a\": \"x${b}\", \"b\": \"${c}\", \"c\": [\"${a}\"]", "\"args\": {\"x\": \"${b}\"}")))
                .contains("steps.json: parameters.b: parameters refer to one another in a circle: b → c → a → b.")
                .allMatch(line -> line.contains("in a circle") || line.contains("cannot stand inside a text"));
        assertThat(folder.problems(with("\"a\": \"${a}\"", "\"description\": \"${a}\"")))
                .containsExactly("steps.json: parameters.a: parameters refer to one another in a circle: a → a.");
    }

    @Test
    void aListCannotStandInsideAText() {
        assertThat(folder.problems(with("\"a\": [1]", "\"description\": \"x ${a}\"")))
                .containsExactly(
                        "steps.json: steps[0].description: the parameter 'a' is a list and cannot stand inside a text.");
    }

    @Test
    void aParameterWithoutAValueMustBeGiven() {
        String file = with("\"titles\": null", "\"inputs\": {\"x\": \"${titles}\"}");

        assertThat(folder.problems(file))
                .containsExactly(
                        "steps.json: steps[0].inputs.x: the parameter 'titles' has no value. Give it one: -p titles=…");
        assertThat(folder.with("titles", "data/titles.csv").problems(file)).isEmpty();
    }

    @Test
    void aGivenParameterMustBeOneOfTheFilesAndOfItsType() {
        assertThat(folder.with("titels", "x")
                        .with("n", "many")
                        .with("on", "yes")
                        .with("list", "a,b")
                        .with("object", "{")
                        .with("api_token", "hush")
                        .problems(with(
                                "\"titles\": \"\", \"n\": 1, \"on\": true, \"list\": [], \"object\": {}, \"api_token\": 5",
                                "\"args\": []")))
                .containsExactly(
                        "-p titels: the pipeline has no parameter 'titels'. Known parameters: titles, n, on, list, object, api_token."
                                + " Did you mean 'titles'?",
                        "-p n: must be a number, as its default is, not 'many'.",
                        "-p on: must be true or false, as its default is, not 'yes'.",
                        "-p list: must be a list in JSON, as its default is, not 'a,b'. Write for example -p 'list=[\"a\", \"b\"]'.",
                        "-p object: must be an object in JSON, as its default is, not '{'.",
                        "-p api_token: must be a number, as its default is.");
    }

    @Test
    void whatParametersExpandToIsBounded() {
        StringBuilder parameters = new StringBuilder("\"p0\": \"0123456789\"");
        StringBuilder lists = new StringBuilder("\"p0\": [1, 2]");
        for (int i = 1; i < 40; i++) {
            parameters.append(", \"p%d\": \"${p%d}${p%d}\"".formatted(i, i - 1, i - 1));
            lists.append(", \"p%d\": [\"${p%d}\", \"${p%d}\"]".formatted(i, i - 1, i - 1));
        }
        String tooLarge = "steps.json: parameters: what they expand to is larger than a million characters.";

        assertThat(folder.problems(with(parameters.toString(), "\"description\": \"${p39}\"")))
                .containsExactly(tooLarge);
        assertThat(folder.problems(with(lists.toString(), "\"args\": {\"x\": \"${p39}\"}")))
                .containsExactly(tooLarge);
        assertThat(folder.problems(with(lists.toString(), "\"jars\": \"${p39}\"")))
                .contains(tooLarge);
    }

    @Test
    void aStepThatOnlyAReplacedParameterNeededIsLeftOut() {
        String file = """
                {"parameters": {"titles": {"from_step": "generate"}}, "defaults": {"script_uri": "job.py"},
                 "steps": [{"name": "seed"}, {"name": "generate", "inputs": {"seed": {"from_step": "seed"}}},
                           {"name": "counts", "inputs": {"titles": "${titles}"}}]}
                """;

        assertThat(folder.pipeline(file).steps()).extracting(Step::notRun).containsOnly("");
        List<Step> steps =
                folder.with("titles", "data/titles.csv").pipeline(file).steps();
        assertThat(steps)
                .extracting(Step::notRun)
                .containsExactly("not needed: titles is given", "not needed: titles is given", "");
        assertThat(steps.get(2).dependencies()).isEmpty();
    }

    @Test
    void aStepThatSomebodyElseNeedsStillRuns() {
        List<Step> steps =
                folder.with("titles", "data/titles.csv").pipeline("""
                        {"parameters": {"titles": {"from_step": "generate"}}, "defaults": {"script_uri": "job.py"},
                         "steps": [{"name": "seed"}, {"name": "generate", "inputs": {"seed": {"from_step": "seed"}}},
                                   {"name": "counts", "inputs": {"titles": "${titles}"}},
                                   {"name": "check", "inputs": {"all": {"from_step": "generate"}}}]}
                        """).steps();

        assertThat(steps).extracting(Step::notRun).containsOnly("");
    }

    @Test
    void aDisabledStepIsLeftOutAndWhatOnlyFollowedItWaitsForWhatItWaitedFor() {
        List<Step> steps = folder.pipeline("""
                        {"defaults": {"script_uri": "job.py"},
                         "steps": [{"name": "a"}, {"name": "b", "after": ["a"], "enabled": false}, {"name": "c", "after": ["b"]}]}
                        """).steps();

        assertThat(steps).extracting(Step::notRun).containsExactly("", "disabled", "");
        assertThat(steps.get(2).dependencies()).containsExactly(new StepName("a"));
    }

    @Test
    void aPipelineIsNamedAfterItsFileOrItsFilesDirectory() {
        String file = only("\"args\": []");
        StepsFolder named =
                new StepsFolder(directory.resolve("my words!")).file("job.py").file("other.json", file);

        assertThat(named.pipeline(file).name()).isEqualTo("my-words");
        assertThat(named.read("other.json").usable().orElseThrow().name()).isEqualTo("other");
    }
}
