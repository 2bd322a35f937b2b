package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.model.Pipeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is valid, but probably not meant. */
final class StepsFileWarningsTest {
    @TempDir
    Path directory;

    private StepsFileFixture fixture;

    @BeforeEach
    void setUp() {
        fixture = new StepsFileFixture(directory).file("job.py", "");
    }

    @Test
    void warnsOfAParameterThatNothingUses() {
        String steps = with(
                "\"rows\": 5, \"date\": \"d\", \"base\": \"x\", \"path\": \"${base}/y\"",
                "\"args\": { \"date\": \"${date}\" }");

        assertThat(fixture.problems(steps))
                .containsExactly(
                        "steps.json: parameters.rows: nothing uses this parameter. Remove it, or refer to it as ${rows}.",
                        "steps.json: parameters.path: nothing uses this parameter. Remove it, or refer to it as ${path}.");
        assertThat(fixture.parse(steps).value()).isNotNull();
    }

    @Test
    void findsEachUseOfAParameter() {
        Pipeline pipeline = fixture.pipeline(with("""
                "a": 1, "b": "b", "c": "c", "d": "d", "e": { "from_step": "a" }, "f": "f", "g": "2G", "h": "h", "i": "${h}"
                """, """
                "args": { "a": "${a}", "i": "${i}" }, "env": { "B": "x${b}" }, "spark_conf": { "spark.c": "${c}" },
                "description": "about ${d}", "output": { "uri": "out/${f}" }, "executor_memory": "${g}" },
                { "name": "b", "script_uri": "job.py", "inputs": { "e": "${e}" }
                """));

        assertThat(pipeline.steps()).hasSize(2);
    }

    @Test
    void doesNotWarnOfUnusedParametersBesideErrors() {
        assertThat(fixture.problems(with("\"rows\": 5", "\"args\": { \"x\": \"${row}\" }")))
                .containsExactly(
                        "steps.json: steps[0].args.x: no parameter named 'row'. Known parameters: rows. Did you mean 'rows'?");
    }

    @Test
    void warnsOfAParameterWithoutBraces() {
        assertThat(fixture.problems(with(
                        "\"date\": \"d\"", "\"args\": { \"x\": \"day=$date/$other/$$date\", \"y\": \"${date}\" }")))
                .containsExactly("steps.json: steps[0].args.x: '$date' is not replaced by the parameter 'date'. Write"
                        + " ${date} for its value.");
        assertThat(fixture.problems(with("\"date\": \"d\"", "\"output\": { \"uri\": \"out/$date\" }")))
                .containsExactly(
                        "steps.json: steps[0].output.uri: '$date' is not replaced by the parameter 'date'. Write"
                                + " ${date} for its value.");
    }

    @Test
    void warnsOfAPatternThatSparkExpands() {
        assertThat(fixture.problems(StepsFileFixture.singleStep("\"inputs\": { \"x\": \"hdfs:///logs/*.csv\" }")))
                .containsExactly(
                        "steps.json: steps[0].inputs.x: 'hdfs:///logs/*.csv' is a pattern. Spark expands it when"
                                + " the step runs, so --resume reuses the step's result although files that match were added or"
                                + " changed. Use --rerun for the step then.");
    }

    @Test
    void warnsOfAPatternThatIsNotExpanded() {
        assertThat(fixture.problems(StepsFileFixture.singleStep("\"inputs\": { \"x\": \"s3://b/day={1,2}\" }")))
                .containsExactly(
                        "steps.json: steps[0].inputs.x: 's3://b/day={1,2}' is a pattern, and a local run looks for"
                                + " an object of this name. Name a prefix: all objects below it are downloaded.");
        assertThat(fixture.problems(StepsFileFixture.singleStep("\"inputs\": { \"x\": \"data/*.csv\" }")))
                .containsExactly(
                        "steps.json: steps[0].inputs.x: file DIR/data/*.csv not found. Patterns are not expanded"
                                + " here: name the file, or its directory.");
    }

    private static String with(String parameters, String keys) {
        return "{\"parameters\": {" + parameters + "}, "
                + StepsFileFixture.singleStep(keys).substring(1);
    }
}
