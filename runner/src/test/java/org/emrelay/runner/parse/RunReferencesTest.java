package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.StepsFileFixture.singleStep;

import java.nio.file.Path;
import java.util.Map;
import org.emrelay.runner.model.Pipeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunReferencesTest {
    @TempDir
    Path directory;

    private StepsFileFixture fixture;

    @BeforeEach
    void setUp() {
        fixture = new StepsFileFixture(directory).file("job.py", "");
    }

    @Test
    void theDateIsThatOfTheRun() {
        String file = """
                {"parameters": {"day": "${run.date}"}, "steps": [{"name": "a", "script_uri": "job.py",
                 "args": ["--day=${day}", "${run.date}", "$${run.date}"], "inputs": {"x": "s3://b/${run.date}/"}}]}
                """;

        Pipeline today = fixture.pipeline(file);
        assertThat(today.steps().get(0).arguments().toString())
                .contains("[text=--day=2026-11-28]", "[text=2026-11-28]", "[text=${run.date}]");
        assertThat(today.steps().get(0).inputs().get(0).source()).hasToString("Remote[uri=s3://b/2026-11-28/]");
        assertThat(today.parameters()).isEqualTo(Map.of("run.date", "2026-11-28"));

        assertThat(fixture.withParameter("run.date", "2026-01-31")
                        .pipeline(file)
                        .parameters())
                .isEqualTo(Map.of("run.date", "2026-01-31"));
    }

    @Test
    void aFileThatDoesNotUseTheDateDoesNotDependOnIt() {
        assertThat(fixture.pipeline(singleStep("\"args\": []")).parameters()).isEmpty();
    }

    @Test
    void valuesOfTheCommandLineAreNotInterpreted() {
        assertThat(fixture.withParameter("day", "${run.date}..${run.id}")
                        .pipeline("""
                                {"parameters": {"day": "x"}, "steps": [{"name": "a", "script_uri": "job.py", "args": ["${day}"]}]}
                                """)
                        .steps()
                        .get(0)
                        .arguments()
                        .toString())
                .contains("${run.date}..${run.id}");
    }

    @Test
    void theIdOfTheRunIsReplacedWhenTheRunExists() {
        Pipeline pipeline = fixture.pipeline(singleStep("\"output\": {\"uri\": \"s3://b/${run.id}/x\"}"));

        assertThat(pipeline.steps().get(0).output().destination()).hasToString("AtUri[uri=s3://b/${run.id}/x]");
        assertThat(pipeline.steps().get(0).output().forRun("r1").destination()).hasToString("AtUri[uri=s3://b/r1/x]");
    }

    @Test
    void rejectsOtherUses() {
        assertThat(fixture.withParameter("run.date", "yesterday")
                        .withParameter("run.id", "x")
                        .problems("""
                                {"parameters": {"p": "${run.id}"}, "steps": [{"name": "a", "script_uri": "job.py",
                                 "args": ["${run.id}", "${run.time}"]}]}
                                """))
                .containsExactly(
                        "-p run.id: the id of a run cannot be set.",
                        "-p run.date: 'yesterday' is not a date. Example: -p run.date=2026-11-28.",
                        "steps.json: parameters.p: ${run.id} is only allowed in output.uri. Elsewhere, it would"
                                + " change the fingerprint with every run.",
                        "steps.json: steps[0].args[0]: ${run.id} is only allowed in output.uri. Elsewhere, it would"
                                + " change the fingerprint with every run.",
                        "steps.json: steps[0].args[1]: unknown reference ${run.time}. Known references: ${run.date}"
                                + " and, in"
                                + " output.uri, ${run.id}.");
    }
}
