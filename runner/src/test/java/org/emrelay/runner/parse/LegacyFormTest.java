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
import org.emrelay.runner.json.JsonSyntaxException;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.FailurePolicy;
import org.emrelay.runner.model.FailurePolicy.OnFailure;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Input;
import org.emrelay.runner.model.MemorySize;
import org.emrelay.runner.model.Output;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Source;
import org.emrelay.runner.model.SparkSettings.DeployMode;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.model.Template;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LegacyFormTest {
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

    private StepsFolder folder;

    @BeforeEach
    void layOut() {
        folder = new StepsFolder(directory)
                .file("scripts/shelve.py")
                .file("scripts/draw.py")
                .file("pictures/frame.png");
    }

    @Test
    void itsStepsBecomeStepsOfTheOneModel() {
        List<Step> steps = folder.pipeline(TWO_STEPS).steps();

        Step shelve = steps.get(0);
        assertThat(shelve.program())
                .isEqualTo(new Program.Python(new FileRef.Local(directory.resolve("scripts/shelve.py"))));
        assertThat(shelve.inputs())
                .containsExactly(new Input("input_data", new Source.External("s3://library/rows"), ""));
        assertThat(shelve.output())
                .isEqualTo(new Output(
                        new Output.InWorkspace("output/output_shelve_7.parquet"), "output_uri", "parquet", true));
        assertThat(shelve.settings().deployMode()).isEqualTo(DeployMode.CLUSTER);
        assertThat(shelve.settings().executorMemory())
                .isEqualTo(MemorySize.parse("4G").orElseThrow());
        assertThat(shelve.settings().executorCores()).isEqualTo(2);
        assertThat(shelve.failurePolicy()).isEqualTo(new FailurePolicy(OnFailure.TERMINATE_CLUSTER, 0, null));
        assertThat(shelve.after()).isEmpty();

        Step draw = steps.get(1);
        assertThat(draw.inputs())
                .containsExactly(
                        new Input("local_input", new Source.Local(directory.resolve("pictures/frame.png"), true), ""),
                        new Input("input_data", new Source.FromStep(new StepName("shelve"), ""), ""));
        assertThat(draw.output())
                .isEqualTo(new Output(new Output.InWorkspace("output/drawing.png"), "output_uri", "png", true));
        assertThat(draw.failurePolicy()).isEqualTo(new FailurePolicy(OnFailure.CONTINUE, 0, null));
        assertThat(draw.after()).isEqualTo(Set.of(new StepName("shelve")));
    }

    @Test
    void itsScriptsGetTheTenArgumentsOfTheOriginal() {
        List<Step> steps = folder.pipeline(TWO_STEPS).steps();

        assertThat(words(steps.get(0)))
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
        assertThat(words(steps.get(1)))
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
    void aFileOfThePublishedFormIsReadAndPassesOnWhatWasReallySent() throws IOException, JsonSyntaxException {
        String data = System.getProperty("real.data", "");
        assumeTrue(!data.isBlank(), "skipped: -Dreal.data names no directory with compat/steps-original.json");
        Path compat = Path.of(data, "compat");
        folder.file("pyspark/pyspark_preprocessing_text.py")
                .file("pyspark/pyspark_grouping_words.py")
                .file("pyspark/generate_clouds.py")
                .file("data/usa.png");

        Pipeline pipeline = folder.pipeline(Files.readString(compat.resolve("steps-original.json")));

        JsonValue sent = JsonReader.read(Files.readString(compat.resolve("steps-original-as-submitted.json")));
        List<List<String>> expected = new ArrayList<>();
        for (JsonValue step : ((JsonArray) sent).values()) {
            List<String> words = new ArrayList<>();
            for (JsonValue word : ((JsonArray) ((JsonObject) step).get("args")).values()) {
                words.add(((JsonString) word).text());
            }
            expected.add(words.subList(words.indexOf("--auto_generate_output"), words.size()));
        }
        assertThat(pipeline.steps().stream().map(LegacyFormTest::words).toList())
                .hasSize(3)
                .isEqualTo(expected);
    }

    /** As the plan would render them for a bucket named BUCKET. */
    private static List<String> words(Step step) {
        return ((Arguments.Verbatim) step.arguments())
                .words().stream()
                        .map(word -> word.parts().stream()
                                .map(part -> text(part, step))
                                .reduce("", String::concat))
                        .toList();
    }

    private static String text(Template.Part part, Step step) {
        if (part instanceof Template.Literal literal) {
            return literal.text();
        } else if (part instanceof Template.InputUri input) {
            return step.inputs().stream()
                    .filter(other -> other.name().equals(input.input()))
                    .map(other -> ((Source.External) other.source()).uri())
                    .findFirst()
                    .orElseThrow();
        }
        return part instanceof Template.WorkspaceName ? "BUCKET" : part.toString();
    }

    @Test
    void aStepMayReadAFileThatItBringsAlong() {
        Step step = folder.pipeline(step("\"input_data\": \"frame.png\", \"local_input\": \"pictures/frame.png\""))
                .steps()
                .get(0);

        assertThat(words(step)).containsSequence("--input_data", "frame.png");
    }

    @Test
    void itsFlagsMayBeNumbersAndWhatIsAbsentIsNone() {
        Step step = folder.pipeline("""
                        {"steps": [{"name": "a", "script_uri": "scripts/draw.py",
                          "script_args": {"auto_generate_output": 0, "output_uri": "x", "external_input": true, "input_data": "s3://b/x"}}]}
                        """).steps().get(0);

        assertThat(words(step))
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
    void anOutputElsewhereIsPassedOnAsItStands() {
        Step step = folder.pipeline(
                        "{\"steps\": [{\"name\": \"a\", \"script_uri\": \"scripts/draw.py\", \"script_args\": {\"output_uri\": \"s3://b/x\"}}]}")
                .steps()
                .get(0);

        assertThat(step.output()).isEqualTo(new Output(new Output.At("s3://b/x"), "output_uri", "", false));
        assertThat(words(step)).containsSequence("--output_uri", "s3://b/x");
    }

    /** A step of the original form with these further arguments. */
    private static String step(String arguments) {
        return "{\"steps\": [{\"name\": \"a\", \"guiid\": \"1\", \"script_uri\": \"scripts/draw.py\", \"script_args\": {\"auto_generate_output\": \"1\", "
                + arguments + "}}]}";
    }

    @Test
    void contradictionsAreProblems() {
        assertThat(
                        folder.problems(
                                step(
                                        "\"external_input\": \"1\", \"input_dependency_from_output_step\": \"1\", \"from_step\": \"b\"")))
                .containsExactly(
                        "steps.json: steps[0].script_args.external_input: the input has two sources: external_input and"
                                + " input_dependency_from_output_step are both \"1\". Write \"0\" for one of them.",
                        "steps.json: steps[0].script_args.from_step: no step named 'b'. Known steps: a.");
        assertThat(folder.problems(
                        step("\"external_input\": \"1\", \"from_step\": \"a\", \"input_data\": \"s3://b/x\"")))
                .containsExactly("steps.json: steps[0].script_args.from_step: a step is named, but"
                        + " input_dependency_from_output_step is not \"1\". Write \"None\" here, or \"1\" there.");
        assertThat(folder.problems(step("\"input_dependency_from_output_step\": \"1\", \"from_step\": \"None\"")))
                .containsExactly("steps.json: steps[0].script_args.from_step: no step is named, but"
                        + " input_dependency_from_output_step is \"1\". Name the step whose output is read.");
        assertThat(folder.problems(step("\"external_input\": \"1\", \"input_data\": \"None\"")))
                .containsExactly(
                        "steps.json: steps[0].script_args.input_data: nothing is named, but external_input is \"1\"."
                                + " Write where the input lies.");
        assertThat(folder.problems(step("\"output_uri\": \"x\"")))
                .containsExactly(
                        "steps.json: steps[0].script_args.output_uri: an output is named, but auto_generate_output is"
                                + " \"1\". Write \"None\" here, or \"0\" there.");
        assertThat(folder.problems(step("\"external_input\": \"yes\"")))
                .containsExactly(
                        "steps.json: steps[0].script_args.external_input: must be \"0\" or \"1\", not the string 'yes'.");
    }

    @Test
    void aStepThatReadsAnotherAndNamesDataHasTwoSources() {
        assertThat(folder.problems(TWO_STEPS.replace("\"input_data\": \"None\"", "\"input_data\": \"s3://b/x\"")))
                .containsExactly(
                        "steps.json: steps[1].script_args.input_data: the input has two sources: input_data is given, and"
                                + " input_dependency_from_output_step is \"1\". Write \"None\" here, or \"0\" there.");
    }

    @Test
    void whatTheOutputIsNamedAfterMustBeThere() {
        assertThat(folder.problems(TWO_STEPS.replace("\"guiid\": \"7\",", "")))
                .containsExactly("steps.json: steps[0].guiid: this key is missing. The output is named after it.");
        assertThat(folder.problems(TWO_STEPS.replace("\"drawing.png\"", "\"None\"")))
                .containsExactly(
                        "steps.json: steps[1].script_args.output_uri: no output is named, and auto_generate_output is not"
                                + " \"1\". Name one, or write \"1\" there.");
        assertThat(folder.problems(TWO_STEPS.replace("\"drawing.png\"", "\"../drawing.png\"")))
                .containsExactly(
                        "steps.json: steps[1].script_args.output_uri: '../drawing.png' is no place below the workspace's"
                                + " output folder. Write for example words.parquet.");
        assertThat(folder.problems(TWO_STEPS.replace("\"drawing.png\"", "\"output_shelve_7.parquet\"")))
                .containsExactly(
                        "steps.json: steps[1].script_args.output_uri: the step writes to the same place as step 'shelve'."
                                + " Give each a place of its own.");
    }

    @Test
    void itsOtherKeysAreCheckedToo() {
        assertThat(folder.problems(TWO_STEPS
                        .replace("TERMINATE_CLUSTER", "TERMINATE")
                        .replace("\"executor_memory\": \"4G\"", "\"executor_memory\": \"4\"")
                        .replace("shelve.py", "shelf.py")
                        .replace("pictures/frame.png", "picture/frame.png")))
                .containsExactly(
                        "steps.json: steps[0].ActionOnFailure: must be CANCEL_AND_WAIT or CONTINUE or TERMINATE_CLUSTER or"
                                + " TERMINATE_JOB_FLOW, not 'TERMINATE'.",
                        "steps.json: steps[0].executor_memory: '4' has no unit: write 4G or 4M.",
                        "steps.json: steps[0].script_uri: there is no file DIR/scripts/shelf.py. Did you mean 'shelve.py'?",
                        "steps.json: steps[1].script_args.local_input: there is no file DIR/picture/frame.png. There is no"
                                + " directory DIR/picture either.",
                        "steps.json: steps[1].executor_memory: '4' has no unit: write 4G or 4M.");
        assertThat(folder.problems(TWO_STEPS.replace("local_input", "local_inputs")))
                .contains(
                        "steps.json: steps[0].script_args.local_inputs: unknown key 'local_inputs'. Did you mean 'local_input'?");
    }

    @Test
    void twoLocalInputsOfOneNameAreAProblem() {
        folder.file("other/frame.png");

        assertThat(folder.problems(TWO_STEPS.replace("\"local_input\": \"\"", "\"local_input\": \"other/frame.png\"")))
                .containsExactly("steps.json: steps[1].script_args.local_input: the file would take the place of"
                        + " DIR/other/frame.png: both become input/frame.png. Rename one of the two.");
    }

    @Test
    void twoStepsOfOneNameAreOneProblem() {
        assertThat(folder.problems("""
                        {"steps": [
                          {"name": "a", "script_uri": "scripts/draw.py", "script_args": {"output_uri": "x"}},
                          {"name": "a", "script_uri": "scripts/draw.py", "script_args": {"output_uri": "y"}}]}
                        """))
                .containsExactly(
                        "steps.json: steps[1].name: two steps are named 'a': this one and steps[0]. Rename one of the two.");
    }

    @Test
    void bothFormsMayStandInOneFile() {
        List<Step> steps = folder.pipeline("""
                        {"steps": [
                          {"name": "old", "script_uri": "scripts/draw.py", "script_args": {"output_uri": "drawing.png"}},
                          {"name": "new", "script_uri": "scripts/draw.py", "inputs": {"drawing": {"from_step": "old"}}},
                          {"name": "last", "script_uri": "scripts/draw.py", "script_args": {"output_uri": "other.png"}}]}
                        """).steps();

        assertThat(steps.get(1).dependencies()).containsExactly(new StepName("old"));
        assertThat(steps.get(2).dependencies()).containsExactly(new StepName("new"));
    }

    @Test
    void aScriptOfTheOriginalFormCannotReadAnOutputOfTodays() {
        assertThat(folder.problems("""
                        {"steps": [
                          {"name": "new", "script_uri": "scripts/draw.py"},
                          {"name": "old", "script_uri": "scripts/draw.py", "script_args": {"output_uri": "drawing.png",
                            "input_dependency_from_output_step": "1", "from_step": "new"}}]}
                        """))
                .containsExactly(
                        "steps.json: steps[1].script_args.from_step: step 'new' has no script_args, and a script of the"
                                + " original form does not find its output. Write both steps in the same form.");
    }
}
