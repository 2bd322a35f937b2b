package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.StepsFileFixture.singleStep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs that are invalid, or that would overwrite what the pipeline needs. */
final class OutputProblemsTest {
    private StepsFileFixture fixture;

    @BeforeEach
    void createFiles(@TempDir Path directory) {
        fixture = new StepsFileFixture(directory).file("job.py").file("data/mask.png");
    }

    @Test
    void rejectsConflictingOutputLocations() {
        assertThat(fixture.problems("""
                        {"defaults": {"script_uri": "job.py"}, "steps": [
                          {"name": "a", "output": {"uri": "s3://bucket/x/"}},
                          {"name": "b", "output": {"uri": "s3a://bucket/x"}},
                          {"name": "c", "output": {"uri": "s3://bucket/x/y"}},
                          {"name": "d", "output": {"uri": "out"}, "inputs": {"self": "data"}},
                          {"name": "e", "output": {"uri": "data"}, "inputs": {"x": "s3://bucket/z"}},
                          {"name": "f", "output": {"uri": "s3://bucket/z"}},
                          {"name": "g", "output": {"uri": "s3://bucket/own", "overwrite": true}, "inputs": {"x": "s3://bucket/own/part"}}]}
                        """))
                .containsExactly(
                        "steps.json: steps[1].output.uri: the step writes to the same location as step 'a'. Use a"
                                + " separate location for each step.",
                        "steps.json: steps[2].output.uri: the step writes inside the output location of step 'a'. Use a"
                                + " separate location for each step.",
                        "steps.json: steps[4].output.uri: this location is also read by step 'd' as input 'self'. Use"
                                + " {\"from_step\": \"e\"} for that input.",
                        "steps.json: steps[5].output.uri: this location is also read by step 'e' as input 'x'. Use"
                                + " {\"from_step\": \"f\"} for that input.",
                        "steps.json: steps[6].output.uri: this location is also read by the step itself as input 'x'."
                                + " Use a different location.");
    }

    @Test
    void rejectsOutputsInWhatThePipelineNeeds() throws IOException {
        fixture.file("src/job.py").file("lib/a.jar").file("in/titles.csv");
        Files.createDirectories(fixture.resolve("repository/.git"));

        String cleared = " Use a folder of its own for the output: it is cleared.";

        assertThat(fixture.problems("""
                        {"defaults": {"script_uri": "src/job.py", "jars": ["lib/*.jar"]}, "steps": [
                          {"name": "b", "output": {"uri": "src", "overwrite": "any"}},
                          {"name": "c", "output": {"uri": "lib"}},
                          {"name": "d", "output": {"uri": "lib/out"}},
                          {"name": "e", "output": {"uri": "in/out"}, "inputs": {"x": "in"}},
                          {"name": "f", "output": {"uri": "repository"}},
                          {"name": "g", "output": {"uri": "repository/.git/out"}},
                          {"name": "h", "output": {"uri": "s3://bucket/in/day=1"}, "inputs": {"x": "s3://bucket/in/*.csv"}},
                          {"name": "i", "output": {"uri": "fine", "overwrite": "all"}}]}
                        """))
                .containsExactlyInAnyOrder(
                        "steps.json: steps[6].inputs.x: 's3://bucket/in/*.csv' is a pattern, and a local run looks for an"
                                + " object of this name. Name a prefix: all objects below it are downloaded.",
                        "steps.json: steps[4].output.uri: 'DIR/repository' is, contains or is in a .git directory, which would"
                                + " be cleared. Use a folder of its own for the output.",
                        "steps.json: steps[5].output.uri: 'DIR/repository/.git/out' is, contains or is in a .git directory,"
                                + " which would be cleared. Use a folder of its own for the output.",
                        "steps.json: steps[7].output.overwrite: must be true, false or \"any\", not the string 'all'.",
                        "steps.json: steps[2].output.uri: the step writes inside the output location of step 'c'. Use a"
                                + " separate location for each step.",
                        "steps.json: steps[5].output.uri: the step writes inside the output location of step 'f'. Use a"
                                + " separate location for each step.",
                        "steps.json: steps[0].output.uri: this location contains a program." + cleared,
                        "steps.json: steps[1].output.uri: this location contains a file in 'jars'." + cleared,
                        "steps.json: steps[3].output.uri: this location is part of input 'x' of step 'e'." + cleared,
                        "steps.json: steps[6].output.uri: this location is part of input 'x' of step 'h'." + cleared);
        assertThat(fixture.problems(singleStep("\"output\": {\"uri\": \".\"}")))
                .containsExactly(
                        "steps.json: steps[0].output.uri: this location contains the steps file." + cleared,
                        "steps.json: steps[0].output.uri: this location contains a program." + cleared);
    }

    /** The only copy of what a link leads to would be deleted. */
    @Test
    void rejectsOutputsThatAreReachedThroughLinks() throws IOException {
        fixture.file("real/job.py").file("data/titles.csv");
        Files.createSymbolicLink(fixture.resolve("programs"), fixture.resolve("real"));
        Files.createSymbolicLink(fixture.resolve("titles.csv"), fixture.resolve("data/titles.csv"));
        Files.createSymbolicLink(fixture.resolve("link"), fixture.resolve("data"));

        assertThat(fixture.problems("""
                        {"defaults": {"script_uri": "programs/job.py"}, "steps": [
                          {"name": "a", "output": {"uri": "real", "overwrite": "any"}},
                          {"name": "b", "inputs": {"x": "titles.csv"}, "output": {"uri": "data", "overwrite": "any"}},
                          {"name": "c", "inputs": {"x": "data"}, "output": {"uri": "link/out"}}]}
                        """))
                .contains(
                        "steps.json: steps[0].output.uri: this location contains a program."
                                + " Use a folder of its own for the output: it is cleared.",
                        "steps.json: steps[1].output.uri: this location is also read by the step itself as input 'x'."
                                + " Use a different location.",
                        "steps.json: steps[2].output.uri: this location is part of input 'x' of step 'c'."
                                + " Use a folder of its own for the output: it is cleared.");
    }

    /** The output would be one folder higher. */
    @Test
    void rejectsAnEmptyParameterThatIsAFolder() {
        assertThat(fixture.problems("""
                        {"parameters": {"day": ""}, "defaults": {"script_uri": "job.py"}, "steps": [
                          {"name": "a", "output": {"uri": "base/${day}"}},
                          {"name": "b", "output": {"uri": "s3://bucket/${day}/out"}},
                          {"name": "c", "output": {"uri": "base2/day=${day}"}},
                          {"name": "d", "output": {"uri": "base3/"}},
                          {"name": "e", "output": {"uri": "~/out"}}]}
                        """))
                .containsExactly(
                        "steps.json: steps[0].output.uri: 'base/' has a folder without a name: a parameter is empty."
                                + " Give it a value, or remove it.",
                        "steps.json: steps[1].output.uri: 's3://bucket//out' has a folder without a name: a parameter is"
                                + " empty. Give it a value, or remove it.",
                        "steps.json: steps[4].output.uri: '~/out': no shell expands '~' here. Use ${env.HOME}.");
    }

    @Test
    void reportsInvalidOutputs() {
        assertThat(fixture.problems(singleStep(
                        "\"output\": {\"overwrite\": true, \"format\": \"a/b\", \"flag\": \"\", \"url\": \"x\"}")))
                .containsExactly(
                        "steps.json: steps[0].output.url: unknown key 'url'. Did you mean 'uri'?",
                        "steps.json: steps[0].output.flag: '' is not a valid flag name. Do not use whitespace, quotes,"
                                + " braces, '=', '$' or backslashes.",
                        "steps.json: steps[0].output.format: 'a/b' is not a valid format. Examples: parquet, csv, png.",
                        "steps.json: steps[0].output.overwrite: is only allowed with 'uri': a location that the runner"
                                + " chooses is always empty. Remove it.");
    }
}
