package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Output.Overwrite;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.SparkOption;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LegacyStepParserTest {
    private static final String TWO_STEPS = """
            {"steps": [
                {"executor_memory": "4G", "executor_cores": "2", "description": "Rows to shelves", "name": "shelve", "guiid": "7",
                 "ActionOnFailure": "TERMINATE_CLUSTER", "script_uri": "scripts/shelve.py",
                 "script_args": {"auto_generate_output": "1", "output_uri": "None", "format_output": ".parquet",
                     "external_input": "1", "input_dependency_from_output_step": "0", "from_step": "None",
                     "input_data": "s3://library/rows", "local_input": ""}},
                {"executor_memory": "4G", "executor_cores": "2", "description": "Shelves to a drawing", "name": "draw", "guiid": "8",
                 "ActionOnFailure": "CONTINUE", "script_uri": "scripts/draw.py",
                 "script_args": {"auto_generate_output": "0", "output_uri": "drawing.png", "format_output": ".png",
                     "external_input": "0", "input_dependency_from_output_step": "1", "from_step": "shelve",
                     "input_data": "None", "local_input": "pictures/frame.png"}}]}
            """;

    @TempDir
    Path directory;

    private StepsFileFixture fixture;

    @BeforeEach
    void createFiles() {
        fixture = new StepsFileFixture(directory)
                .file("scripts/shelve.py")
                .file("scripts/draw.py")
                .file("pictures/frame.png");
    }

    @Test
    void legacyStepsBecomeModelSteps() {
        List<Step> steps = fixture.pipeline(TWO_STEPS).steps();

        Step shelve = steps.get(0);
        assertThat(shelve.program())
                .isEqualTo(new Program.Python(new FileRef.Local(directory.resolve("scripts/shelve.py"))));
        assertThat(shelve.inputs())
                .containsExactly(new Input("input_data", new FileRef.Remote("s3://library/rows"), ""));
        assertThat(shelve.output())
                .isEqualTo(new Output(
                        new Output.WorkspacePath("output/output_shelve_7.parquet"),
                        "output_uri",
                        "parquet",
                        Overwrite.RESULTS));
        assertThat(shelve.settings().get(SparkOption.DEPLOY_MODE)).isEqualTo(DeployMode.CLUSTER);
        assertThat(shelve.settings().get(SparkOption.EXECUTOR_MEMORY))
                .isEqualTo(MemorySize.parse("4G").orElseThrow());
        assertThat(shelve.settings().get(SparkOption.EXECUTOR_CORES)).isEqualTo(2);
        assertThat(shelve.failurePolicy()).isEqualTo(new FailurePolicy(OnFailure.TERMINATE_CLUSTER, 0, null));
        assertThat(shelve.after()).isEmpty();

        Step draw = steps.get(1);
        assertThat(draw.inputs())
                .containsExactly(
                        new Input("local_input", new FileRef.Local(directory.resolve("pictures/frame.png")), "", true),
                        new Input("input_data", new Source.FromStep(new StepName("shelve"), ""), ""));
        assertThat(draw.output())
                .isEqualTo(new Output(
                        new Output.WorkspacePath("output/drawing.png"), "output_uri", "png", Overwrite.RESULTS));
        assertThat(draw.failurePolicy()).isEqualTo(new FailurePolicy(OnFailure.CONTINUE, 0, null));
        assertThat(draw.after()).isEqualTo(Set.of(new StepName("shelve")));
    }

    @Test
    void scriptsReceiveTheTenLegacyArguments() {
        List<Step> steps = fixture.pipeline(TWO_STEPS).steps();

        assertThat(argumentsOf(steps.get(0)))
                .containsExactly(
                        "--auto_generate_output",
                        "1",
                        "--output_uri",
                        "output_shelve_7.parquet",
                        "--format_output",
                        ".parquet",
                        "--external_input",
                        "1",
                        "--input_dependency_from_output_step",
                        "0",
                        "--from_step",
                        "None",
                        "--input_data",
                        "s3://library/rows",
                        "--name_step",
                        "shelve",
                        "--description",
                        "Rows to shelves",
                        "--prefix_name",
                        "BUCKET");
        assertThat(argumentsOf(steps.get(1)))
                .containsExactly(
                        "--auto_generate_output",
                        "0",
                        "--output_uri",
                        "drawing.png",
                        "--format_output",
                        ".png",
                        "--external_input",
                        "0",
                        "--input_dependency_from_output_step",
                        "1",
                        "--from_step",
                        "shelve",
                        "--input_data",
                        "output_shelve_7.parquet",
                        "--name_step",
                        "draw",
                        "--description",
                        "Shelves to a drawing",
                        "--prefix_name",
                        "BUCKET");
    }

    @Test
    void publishedFileYieldsTheRecordedArguments() throws IOException, MalformedJsonException {
        String data = System.getProperty("real.data", "");
        assumeTrue(!data.isBlank(), "skipped: -Dreal.data does not contain compat/steps-original.json");
        Path compat = Path.of(data, "compat");
        fixture.file("pyspark/pyspark_preprocessing_text.py")
                .file("pyspark/pyspark_grouping_words.py")
                .file("pyspark/generate_clouds.py")
                .file("data/usa.png");

        Pipeline pipeline = fixture.pipeline(Files.readString(compat.resolve("steps-original.json")));

        JsonValue sent = JsonReader.read(Files.readString(compat.resolve("steps-original-as-submitted.json")));
        List<List<String>> expected = new ArrayList<>();
        for (JsonValue step : ((JsonArray) sent).values()) {
            List<String> arguments = new ArrayList<>();
            for (JsonValue argument : ((JsonArray) ((JsonObject) step).get("args")).values()) {
                arguments.add(((JsonString) argument).text());
            }
            expected.add(arguments.subList(arguments.indexOf("--auto_generate_output"), arguments.size()));
        }
        assertThat(pipeline.steps().stream()
                        .map(LegacyStepParserTest::argumentsOf)
                        .toList())
                .hasSize(3)
                .isEqualTo(expected);
    }

    /** Renders the arguments as the plan does for a bucket named BUCKET. */
    private static List<String> argumentsOf(Step step) {
        return ((Arguments.Verbatim) step.arguments())
                .arguments().stream()
                        .map(argument -> argument.parts().stream()
                                .map(part -> text(part, step))
                                .reduce("", String::concat))
                        .toList();
    }

    private static String text(Argument.Part part, Step step) {
        if (part instanceof Argument.Literal literal) {
            return literal.text();
        } else if (part instanceof Argument.InputUri input) {
            return step.inputs().stream()
                    .filter(other -> other.name().equals(input.input()))
                    .map(other -> ((FileRef.Remote) other.source()).uri())
                    .findFirst()
                    .orElseThrow();
        }
        return part instanceof Argument.WorkspaceName ? "BUCKET" : part.toString();
    }

    @Test
    void stepCanReadItsLocalInput() {
        Step step = fixture.pipeline(step("\"input_data\": \"frame.png\", \"local_input\": \"pictures/frame.png\""))
                .steps()
                .get(0);

        assertThat(argumentsOf(step)).containsSequence("--input_data", "frame.png");
    }

    @Test
    void flagsCanBeNumbersAndMissingValuesAreNone() {
        Step step = fixture.pipeline("""
                        {"steps": [{"name": "a", "script_uri": "scripts/draw.py",
                          "script_args": {"auto_generate_output": 0, "output_uri": "x", "external_input": true, "input_data": "s3://b/x"}}]}
                        """).steps().get(0);

        assertThat(argumentsOf(step))
                .containsExactly(
                        "--auto_generate_output",
                        "0",
                        "--output_uri",
                        "x",
                        "--format_output",
                        "None",
                        "--external_input",
                        "1",
                        "--input_dependency_from_output_step",
                        "0",
                        "--from_step",
                        "None",
                        "--input_data",
                        "s3://b/x",
                        "--name_step",
                        "a",
                        "--description",
                        "",
                        "--prefix_name",
                        "BUCKET");
    }

    @Test
    void outputUriIsPassedUnchanged() {
        Step step = fixture.pipeline(
                        "{\"steps\": [{\"name\": \"a\", \"script_uri\": \"scripts/draw.py\", \"script_args\": {\"output_uri\": \"s3://b/x\"}}]}")
                .steps()
                .get(0);

        assertThat(step.output()).isEqualTo(new Output(new Output.AtUri("s3://b/x"), "output_uri", "", Overwrite.NONE));
        assertThat(argumentsOf(step)).containsSequence("--output_uri", "s3://b/x");
    }

    /** A legacy step with these additional arguments. */
    private static String step(String arguments) {
        return "{\"steps\": [{\"name\": \"a\", \"guiid\": \"1\", \"script_uri\": \"scripts/draw.py\", \"script_args\": {\"auto_generate_output\": \"1\", "
                + arguments + "}}]}";
    }

    @Test
    void reportsContradictoryKeys() {
        assertThat(
                        fixture.problems(
                                step(
                                        "\"external_input\": \"1\", \"input_dependency_from_output_step\": \"1\", \"from_step\": \"b\"")))
                .containsExactly(
                        "steps.json: steps[0].script_args.external_input: the input has two sources: external_input and"
                                + " input_dependency_from_output_step are both \"1\". Set one of them to \"0\".",
                        "steps.json: steps[0].script_args.from_step: no step named 'b'. Known steps: a.");
        assertThat(fixture.problems(
                        step("\"external_input\": \"1\", \"from_step\": \"a\", \"input_data\": \"s3://b/x\"")))
                .containsExactly("steps.json: steps[0].script_args.from_step: from_step is set, but"
                        + " input_dependency_from_output_step is not \"1\". Set from_step to \"None\" or"
                        + " input_dependency_from_output_step to \"1\".");
        assertThat(fixture.problems(step("\"input_dependency_from_output_step\": \"1\", \"from_step\": \"None\"")))
                .containsExactly("steps.json: steps[0].script_args.from_step: from_step is not set, but"
                        + " input_dependency_from_output_step is \"1\". Set from_step to the step whose output is"
                        + " read.");
        assertThat(fixture.problems(step("\"external_input\": \"1\", \"input_data\": \"None\"")))
                .containsExactly(
                        "steps.json: steps[0].script_args.input_data: input_data is not set, but external_input is"
                                + " \"1\". Set input_data to a URI or path.");
        assertThat(fixture.problems(step("\"output_uri\": \"x\"")))
                .containsExactly(
                        "steps.json: steps[0].script_args.output_uri: output_uri is set, but auto_generate_output is"
                                + " \"1\". Set output_uri to \"None\" or auto_generate_output to \"0\".");
        assertThat(fixture.problems(step("\"external_input\": \"yes\"")))
                .containsExactly(
                        "steps.json: steps[0].script_args.external_input: must be \"0\" or \"1\", not the string 'yes'.");
    }

    @Test
    void reportsFromStepCombinedWithInputData() {
        assertThat(fixture.problems(TWO_STEPS.replace("\"input_data\": \"None\"", "\"input_data\": \"s3://b/x\"")))
                .containsExactly(
                        "steps.json: steps[1].script_args.input_data: the input has two sources: input_data is set, and"
                                + " input_dependency_from_output_step is \"1\". Set input_data to \"None\" or"
                                + " input_dependency_from_output_step to \"0\".");
    }

    @Test
    void reportsMissingOutputName() {
        assertThat(fixture.problems(TWO_STEPS.replace("\"guiid\": \"7\",", "")))
                .containsExactly("steps.json: steps[0].guiid: required key is missing. The output name is derived from"
                        + " it.");
        assertThat(fixture.problems(TWO_STEPS.replace("\"drawing.png\"", "\"None\"")))
                .containsExactly(
                        "steps.json: steps[1].script_args.output_uri: output_uri is not set, and auto_generate_output"
                                + " is not \"1\". Set output_uri, or set auto_generate_output to \"1\".");
        assertThat(fixture.problems(TWO_STEPS.replace("\"drawing.png\"", "\"../drawing.png\"")))
                .containsExactly(
                        "steps.json: steps[1].script_args.output_uri: '../drawing.png' is not a path inside the"
                                + " workspace's output folder. Example: words.parquet.");
        assertThat(fixture.problems(TWO_STEPS.replace("\"drawing.png\"", "\"output_shelve_7.parquet\"")))
                .containsExactly(
                        "steps.json: steps[1].script_args.output_uri: the step writes to the same location as step"
                                + " 'shelve'. Use a separate location for each step.");
    }

    @Test
    void checksOtherKeys() {
        assertThat(fixture.problems(TWO_STEPS
                        .replace("TERMINATE_CLUSTER", "TERMINATE")
                        .replace("\"executor_memory\": \"4G\"", "\"executor_memory\": \"4\"")
                        .replace("shelve.py", "shelf.py")
                        .replace("pictures/frame.png", "picture/frame.png")))
                .containsExactly(
                        "steps.json: steps[0].ActionOnFailure: must be one of CANCEL_AND_WAIT, CONTINUE,"
                                + " TERMINATE_CLUSTER, TERMINATE_JOB_FLOW, not 'TERMINATE'.",
                        "steps.json: steps[0].executor_memory: '4' has no unit: use 4G or 4M.",
                        "steps.json: steps[0].script_uri: file DIR/scripts/shelf.py not found. Did you mean"
                                + " 'shelve.py'?",
                        "steps.json: steps[1].script_args.local_input: file DIR/picture/frame.png not found. Directory"
                                + " DIR/picture does not exist either.",
                        "steps.json: steps[1].executor_memory: '4' has no unit: use 4G or 4M.");
        assertThat(fixture.problems(TWO_STEPS.replace("local_input", "local_inputs")))
                .contains(
                        "steps.json: steps[0].script_args.local_inputs: unknown key 'local_inputs'. Did you mean 'local_input'?");
    }

    @Test
    void reportsLocalInputsWithSameName() {
        fixture.file("other/frame.png");

        assertThat(fixture.problems(TWO_STEPS.replace("\"local_input\": \"\"", "\"local_input\": \"other/frame.png\"")))
                .containsExactly("steps.json: steps[1].script_args.local_input: name conflict with DIR/other/frame.png:"
                        + " both are uploaded as input/frame.png. Rename one of them.");
    }

    @Test
    void reportsDuplicateStepNameOnce() {
        assertThat(fixture.problems("""
                        {"steps": [
                          {"name": "a", "script_uri": "scripts/draw.py", "script_args": {"output_uri": "x"}},
                          {"name": "a", "script_uri": "scripts/draw.py", "script_args": {"output_uri": "y"}}]}
                        """))
                .containsExactly(
                        "steps.json: steps[1].name: duplicate step name 'a', already used by steps[0]. Rename one of"
                                + " them.");
    }

    @Test
    void fileCanMixBothForms() {
        List<Step> steps = fixture.pipeline("""
                        {"steps": [
                          {"name": "old", "script_uri": "scripts/draw.py", "script_args": {"output_uri": "drawing.png"}},
                          {"name": "new", "script_uri": "scripts/draw.py", "inputs": {"drawing": {"from_step": "old"}}},
                          {"name": "last", "script_uri": "scripts/draw.py", "script_args": {"output_uri": "other.png"}}]}
                        """).steps();

        assertThat(steps.get(1).dependencies()).containsExactly(new StepName("old"));
        assertThat(steps.get(2).dependencies()).containsExactly(new StepName("new"));
    }

    @Test
    void legacyStepCannotReadOutputOfCurrentStep() {
        assertThat(fixture.problems("""
                        {"steps": [
                          {"name": "new", "script_uri": "scripts/draw.py"},
                          {"name": "old", "script_uri": "scripts/draw.py", "script_args": {"output_uri": "drawing.png",
                            "input_dependency_from_output_step": "1", "from_step": "new"}}]}
                        """))
                .containsExactly(
                        "steps.json: steps[1].script_args.from_step: step 'new' has no script_args: scripts in the"
                                + " legacy form cannot read its output. Write both steps in the same form.");
    }
}
