package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.StepsFileFixture.singleStep;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoopTest {
    @TempDir
    Path directory;

    private StepsFileFixture fixture;

    @BeforeEach
    void setUp() {
        fixture = new StepsFileFixture(directory).file("job.py", "");
    }

    @Test
    void makesOneStepForEachValue() {
        Pipeline pipeline = fixture.pipeline(steps("""
                {"name": "sums", "for_each": {"region": ["at", "de"]},
                 "inputs": {"sales": "s3://b/sales/${each.region}/"}, "args": {"region": "${each.region}"},
                 "output": {"uri": "s3://b/out/${each.region}"}, "description": "Sales of ${each.region}"}
                """));

        assertThat(names(pipeline)).containsExactly("sums[region=at]", "sums[region=de]");
        Step second = pipeline.steps().get(1);
        assertThat(second.description()).isEqualTo("Sales of de");
        assertThat(second.inputs().get(0).source()).hasToString("Remote[uri=s3://b/sales/de/]");
        assertThat(second.output().destination()).hasToString("AtUri[uri=s3://b/out/de]");
        assertThat(((Arguments.Flags) second.arguments()).flags())
                .containsExactly(new Arguments.Flag("region", List.of(Argument.literal("de"))));
        assertThat(second.name().folder()).isEqualTo("sums.region=de");
    }

    @Test
    void twoKeysMakeTheProduct() {
        assertThat(names(fixture.pipeline(steps("""
                        {"name": "sums", "for_each": {"region": ["at", "de"], "year": [2025, 2026]},
                         "args": ["${each.region}", "${each.year}"]}
                        """))))
                .containsExactly(
                        "sums[region=at,year=2025]",
                        "sums[region=at,year=2026]",
                        "sums[region=de,year=2025]",
                        "sums[region=de,year=2026]");
    }

    @Test
    void aStepReadsAllInstancesAsAList() {
        Step all = step(fixture.pipeline(steps(LOOP + """
                        , {"name": "all", "inputs": {"sums": {"from_step": "sums", "path": "part"}}}
                        """)), "all");

        assertThat(all.inputs().get(0).source())
                .hasToString("FromInstances[stepOutputs=[FromStep[step=sums[region=at], path=part],"
                        + " FromStep[step=sums[region=de], path=part]]]");
        assertThat(all.dependencies())
                .extracting(StepName::value)
                .containsExactly("sums[region=at]", "sums[region=de]");
    }

    @Test
    void aStepWithTheSameLoopReadsOneInstanceEach() {
        Pipeline pipeline = fixture.pipeline(steps(LOOP + """
                , {"name": "top", "for_each": {"region": ["de", "at"]}, "inputs": {"sums": {"from_step": "sums"}}}
                """));

        assertThat(step(pipeline, "top[region=de]").inputs().get(0).source())
                .hasToString("FromStep[step=sums[region=de], path=]");
        assertThat(step(pipeline, "top[region=at]").dependencies())
                .extracting(StepName::value)
                .containsExactly("sums[region=at]");
    }

    @Test
    void loopsAreMatchedByTheKeysThatBothHave() {
        Pipeline pipeline = fixture.pipeline(steps("""
                {"name": "months", "for_each": {"region": ["at", "de"], "month": [1, 2]}, "args": ["${each.region}", "${each.month}"]},
                {"name": "years", "for_each": {"region": ["at", "de"]}, "inputs": {"months": {"from_step": "months"}}},
                {"name": "shares", "for_each": {"month": [1, 2], "region": ["at", "de"]}, "after": ["years"],
                 "inputs": {"year": {"from_step": "years"}, "month": {"from_step": "months"}}}
                """));

        assertThat(step(pipeline, "years[region=de]").dependencies())
                .extracting(StepName::value)
                .containsExactly("months[region=de,month=1]", "months[region=de,month=2]");
        assertThat(step(pipeline, "shares[month=2,region=at]").inputs())
                .extracting(input -> input.source().toString())
                .containsExactly(
                        "FromStep[step=years[region=at], path=]", "FromStep[step=months[region=at,month=2], path=]");
    }

    @Test
    void aStepReadsOneInstanceByItsName() {
        assertThat(step(fixture.pipeline(steps(LOOP + """
                                        , {"name": "home", "inputs": {"sums": {"from_step": "sums[region=at]"}}}
                                        """)), "home")
                        .inputs()
                        .get(0)
                        .source())
                .hasToString("FromStep[step=sums[region=at], path=]");
    }

    @Test
    void valuesKeepTheirTypes() {
        Pipeline pipeline = fixture.pipeline(singleStep("""
                "for_each": {"cores": [1, 2], "on": [true, false]}, "executor_cores": "${each.cores}",
                "args": {"fast": "${each.on}"}
                """));

        Step last = pipeline.steps().get(3);
        assertThat(last.settings().get(SparkOption.EXECUTOR_CORES)).isEqualTo(2);
        assertThat(((Arguments.Flags) last.arguments()).flags()).isEmpty();
        assertThat(((Arguments.Flags) pipeline.steps().get(2).arguments()).flags())
                .containsExactly(new Arguments.Flag("fast", List.of()));
    }

    @Test
    void valuesComeFromParameters() {
        String file = """
                {"parameters": {"regions": ["at", "de"]}, "steps": [{"name": "a", "script_uri": "job.py",
                 "for_each": {"region": "${regions}"}, "args": ["${each.region}"]}]}
                """;

        assertThat(names(fixture.pipeline(file))).containsExactly("a[region=at]", "a[region=de]");
        assertThat(names(fixture.withParameter("regions", "[\"ch\"]").pipeline(file)))
                .containsExactly("a[region=ch]");
    }

    @ParameterizedTest
    @CsvSource({
        "at, at",
        "2026-11-01, 2026-11-01",
        "New York, New_York-815eca",
        "New_York, New_York",
        "s3://b/x, s3___b_x-28b175",
        "'[a,b]', _a_b_-c48798",
        "Österreich, _sterreich-b1b763",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, aaaaaaaaaaaaaaaaaaaaaaaaa-6bd5e5"
    })
    void namesHaveOnlyCharactersThatAreSafeInFolders(String value, String name) {
        assertThat(LoopInstance.nameOf(value)).isEqualTo(name);
    }

    @Test
    void aProblemOfAllInstancesIsReportedOnce() {
        assertThat(fixture.problems(singleStep("""
                "for_each": {"region": ["at", "de"]}, "args": ["${each.regoin}"], "executor_cores": 0,
                "inputs": {"x": "data/${each.region}.csv"}, "env": {"X": "${each.region}"}
                """)))
                .containsExactly(
                        "steps.json: steps[0][region=at].inputs.x: file DIR/data/at.csv not found. Directory"
                                + " DIR/data does not"
                                + " exist either.",
                        "steps.json: steps[0].args[0]: the loop has no key 'regoin'. Known keys: region. Did you mean"
                                + " 'region'?",
                        "steps.json: steps[0].executor_cores: must be between 1 and 1000, not 0.",
                        "steps.json: steps[0][region=de].inputs.x: file DIR/data/de.csv not found. Directory"
                                + " DIR/data does not"
                                + " exist either.");
    }

    @Test
    void rejectsReferencesOutsideLoops() {
        assertThat(fixture.problems("""
                {"parameters": {"in": "s3://b/${each.region}"}, "defaults": {"script_uri": "job.py", "env": {"R": "${each.r}"}},
                 "steps": [{"name": "a", "args": ["${each.region}"]},
                           {"name": "b", "for_each": {"region": ["at"]}, "inputs": {"x": "${in}"}}]}
                """))
                .containsExactly(
                        "steps.json: parameters.in: ${each.region} is only allowed in a step with 'for_each'.",
                        "steps.json: defaults.env.R: ${each.r} is only allowed in a step with 'for_each'.",
                        "steps.json: steps[0].args[0]: ${each.region} is only allowed in a step with 'for_each'.");
    }

    @Test
    void rejectsInvalidLoops() {
        assertThat(fixture.problems(steps("""
                {"name": "a", "for_each": {}},
                {"name": "b", "for_each": {"region": []}},
                {"name": "c", "for_each": ["at"]},
                {"name": "d", "for_each": {"region": "at"}},
                {"name": "e", "for_each": {"my-key": ["x"], "api_token": ["x"]}},
                {"name": "f", "for_each": {"x": ["a", "a", "A", "", {}, null]}},
                {"name": "g", "script_args": {}, "for_each": {"x": ["a"]}}
                """)))
                .contains(
                        "steps.json: steps[0].for_each: the loop has no key. Example: {\"region\": [\"at\", \"de\"]}.",
                        "steps.json: steps[1].for_each.region: the loop has no values. List at least one, or set"
                                + " \"enabled\": false.",
                        "steps.json: steps[2].for_each: must be an object, such as {\"region\": [\"at\", \"de\"]}, not"
                                + " a list.",
                        "steps.json: steps[3].for_each.region: must be a list of values, not the string 'at'.",
                        "steps.json: steps[4].for_each.my-key: 'my-key' is not a valid loop key. Use letters, digits and"
                                + " '_', starting with a letter or '_'.",
                        "steps.json: steps[4].for_each.api_token: the values of a loop are part of step names, so they"
                                + " must not be secret. Rename the key, or list it in 'not_secret'.",
                        "steps.json: steps[5].for_each.x[1]: 'a' is listed twice. Remove one of them.",
                        "steps.json: steps[5].for_each.x[2]: 'A' differs only in case from 'a'. Both name a folder, and"
                                + " some file systems are case-insensitive.",
                        "steps.json: steps[5].for_each.x[3]: the value is empty. It is part of the step's name.",
                        "steps.json: steps[5].for_each.x[4]: must be a string, a number or true or false, not an"
                                + " object.",
                        "steps.json: steps[5].for_each.x[5]: must be a string, a number or true or false, not null.");
    }

    @Test
    void rejectsALoopOverTooManyValues() {
        String values = IntStream.range(0, 10_000).mapToObj(String::valueOf).collect(Collectors.joining(", "));

        assertThat(fixture.problems(singleStep("\"args\": [], \"for_each\": {\"x\": [" + values + "]}")))
                .containsExactly(
                        "steps.json: steps[0].for_each: the loop expands to 10,000 steps; at most 1,000 are allowed."
                                + " Let one step process many values, or split the pipeline.");
    }

    @Test
    void rejectsReferencesToMissingInstances() {
        assertThat(fixture.problems(steps(LOOP + """
                , {"name": "top", "for_each": {"region": ["at", "ch"]}, "inputs": {"sums": {"from_step": "sums"}}},
                  {"name": "one", "inputs": {"sums": {"from_step": "sums[region=ch]"}}},
                  {"name": "typo", "inputs": {"sums": {"from_step": "sum"}}}
                """)))
                .containsExactly(
                        "steps.json: steps[3].inputs.sums.from_step: no step named 'sum'. Known steps: sums, top,"
                                + " one, typo."
                                + " Did you mean 'sums'?",
                        "steps.json: steps[1][region=ch].inputs.sums.from_step: no instance sums for {region=ch}. Known"
                                + " instances: sums[region=at], sums[region=de]. Use the same values in both loops.",
                        "steps.json: steps[2].inputs.sums.from_step: no instance sums[region=ch]. Known instances:"
                                + " sums[region=at], sums[region=de]. Use the same values in both loops.");
    }

    @Test
    void rejectsAListInsideAnArgument() {
        assertThat(fixture.problems(steps(LOOP + """
                , {"name": "all", "inputs": {"sums": {"from_step": "sums"}}, "args": ["--in=${inputs.sums}"]}
                """)))
                .containsExactly(
                        "steps.json: steps[1].args: input 'sums' is a list of outputs, which cannot be part of a"
                                + " string. Pass ${inputs.sums} as a separate argument.");
    }

    @Test
    void rejectsInstancesThatWriteToOneLocation() {
        assertThat(fixture.problems(singleStep("""
                "for_each": {"region": ["at", "de"]}, "args": ["${each.region}"], "output": {"uri": "s3://b/out"}
                """)))
                .containsExactly(
                        "steps.json: steps[0][region=de].output.uri: the step writes to the same location as step"
                                + " 'a[region=at]'. Put ${each.region} into it.");
    }

    @Test
    void rejectsNamesWithLoopValuesAndNamesThatVary() {
        assertThat(fixture.problems(steps("""
                {"name": "a[region=at]"},
                {"name": "b-${each.region}", "for_each": {"region": ["at", "de"]}}
                """)))
                .containsExactly(
                        "steps.json: steps[1].name: the instances of a loop share one name. Remove ${each…}: the"
                                + " values are appended to the name.",
                        "steps.json: steps[0].name: 'a[region=at]' is not a valid step name. Use at most 64 letters,"
                                + " digits,"
                                + " '_', '-' and '.', starting with a letter or digit.");
    }

    @Test
    void rejectsTooLongNames() {
        String key = "k".repeat(60);
        assertThat(fixture.problems(singleStep(("\"for_each\": {\"%sa\": [\"x\"], \"%sb\": [\"y\"], \"%sc\": [1]},"
                                + " \"args\": [\"${each.%sa}${each.%sb}${each.%sc}\"]")
                        .formatted(key, key, key, key, key, key))))
                .containsExactly("steps.json: steps[0][%sa=x,%sb=y,%sc=1].name: the name of this instance has 194"
                                .formatted(key, key, key)
                        + " characters; at most 180 are allowed. Shorten the name, the keys or the values of"
                        + " the loop.");
    }

    @Test
    void warnsOfALoopThatChangesNothing() {
        assertThat(fixture.problems(singleStep("\"args\": [], \"for_each\": {\"region\": [\"at\", \"de\"]}")))
                .containsExactly(
                        "steps.json: steps[0].for_each.region: the step does not use ${each.region}. All of its"
                                + " instances do the same.");
    }

    @Test
    void aParameterInPlaceOfALoopSkipsAllInstances() {
        fixture.file("my.csv");
        String file = """
                {"parameters": {"sums": {"from_step": "sums"}}, "defaults": {"script_uri": "job.py"},
                 "steps": [%s, {"name": "all", "inputs": {"sums": "${sums}"}}]}
                """.formatted(LOOP);

        assertThat(fixture.withParameter("sums", "my.csv").pipeline(file).steps())
                .extracting(Step::skipReason)
                .containsExactly("not needed: parameter 'sums' is set", "not needed: parameter 'sums' is set", "");
    }

    @Test
    void skipsTheReadersOfADisabledStep() {
        Pipeline pipeline = fixture.pipeline(steps("""
                {"name": "c", "inputs": {"b": {"from_step": "b"}}}, {"name": "d", "after": ["a"]},
                {"name": "a", "enabled": false}, {"name": "b", "inputs": {"a": {"from_step": "a"}}}
                """));

        assertThat(pipeline.steps())
                .extracting(Step::skipReason)
                .containsExactly("needs 'a', which is disabled", "", "disabled", "needs 'a', which is disabled");
    }

    private static final String LOOP = """
            {"name": "sums", "for_each": {"region": ["at", "de"]}, "args": {"region": "${each.region}"}}""";

    private static String steps(String steps) {
        return "{\"defaults\": {\"script_uri\": \"job.py\"}, \"steps\": [" + steps + "]}";
    }

    private static List<String> names(Pipeline pipeline) {
        return pipeline.steps().stream().map(step -> step.name().value()).toList();
    }

    private static Step step(Pipeline pipeline, String name) {
        return pipeline.steps().stream()
                .filter(step -> step.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
