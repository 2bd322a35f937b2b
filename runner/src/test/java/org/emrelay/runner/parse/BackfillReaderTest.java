package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Backfill;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackfillReaderTest {
    @TempDir
    Path directory;

    private StepsFileFixture fixture;

    @BeforeEach
    void setUp() {
        fixture = new StepsFileFixture(directory).file("job.py", "").withBackfill(days("date", "2026-11-02"));
    }

    private static Backfill days(String parameter, String last) {
        return new Backfill(parameter, LocalDate.parse("2026-11-01"), LocalDate.parse(last), 2);
    }

    private static String file(String steps) {
        return "{\"parameters\": {\"date\": null, \"rows\": 1}, \"defaults\": {\"script_uri\": \"job.py\"}, \"steps\": ["
                + steps + "]}";
    }

    @Test
    void joinsOnePipelineForEachDay() {
        Pipeline pipeline = fixture.withParameter("rows", "7").pipeline(file("""
                {"name": "a", "args": {"date": "${date}", "rows": "${rows}"}, "output": {"uri": "s3://b/out/${date}"}},
                {"name": "b", "inputs": {"a": {"from_step": "a", "path": "x"}}},
                {"name": "c", "for_each": {"region": ["at", "de"]}, "after": ["b"], "args": ["${each.region}"]},
                {"name": "d", "inputs": {"c": {"from_step": "c"}}}
                """));

        assertThat(pipeline.steps())
                .extracting(step -> step.name().value())
                .containsExactly(
                        "a[date=2026-11-01]",
                        "b[date=2026-11-01]",
                        "c[date=2026-11-01,region=at]",
                        "c[date=2026-11-01,region=de]",
                        "d[date=2026-11-01]",
                        "a[date=2026-11-02]",
                        "b[date=2026-11-02]",
                        "c[date=2026-11-02,region=at]",
                        "c[date=2026-11-02,region=de]",
                        "d[date=2026-11-02]");
        Step second = pipeline.steps().get(5);
        assertThat(((Arguments.Flags) second.arguments()).flags().get(0).values())
                .containsExactly(Argument.literal("2026-11-02"));
        assertThat(second.output().destination()).hasToString("AtUri[uri=s3://b/out/2026-11-02]");
        assertThat(pipeline.steps().get(6).inputs().get(0).source())
                .hasToString("FromStep[step=a[date=2026-11-02], path=x]");
        assertThat(pipeline.steps().get(7).after()).containsExactly(new StepName("b[date=2026-11-02]"));
        assertThat(pipeline.steps().get(9).dependencies())
                .extracting(StepName::value)
                .containsExactly("c[date=2026-11-02,region=at]", "c[date=2026-11-02,region=de]");
        assertThat(pipeline.parameters()).isEqualTo(Map.of("date", "2026-11-01..2026-11-02", "rows", "7"));
        assertThat(pipeline.backfill()).isEqualTo(days("date", "2026-11-02"));
        assertThat(pipeline.paths().get(new StepName("c[date=2026-11-02,region=de]")))
                .isEqualTo("steps[2][date=2026-11-02,region=de]");
    }

    @Test
    void runsOnceForEachRunDate() {
        Pipeline pipeline = fixture.withBackfill(days("run.date", "2026-11-02")).pipeline("""
                {"steps": [{"name": "a", "script_uri": "job.py", "args": ["${run.date}"]}]}
                """);

        assertThat(pipeline.steps())
                .extracting(step -> step.name().value() + " " + step.arguments())
                .containsExactly(
                        "a[run_date=2026-11-01] Verbatim[arguments=[Argument[parts=[Literal[text=2026-11-01]]]],"
                                + " legacy=false]",
                        "a[run_date=2026-11-02] Verbatim[arguments=[Argument[parts=[Literal[text=2026-11-02]]]],"
                                + " legacy=false]");
    }

    @Test
    void reportsAProblemOfAllDaysOnce() {
        assertThat(fixture.problems(file("""
                {"name": "a", "args": ["${date}", "${rows}"], "executor_cores": 0, "inputs": {"x": "data/${date}.csv"}}
                """)))
                .containsExactly(
                        "steps.json: steps[0].inputs.x: file DIR/data/2026-11-01.csv not found. Directory DIR/data"
                                + " does not"
                                + " exist either.",
                        "steps.json: steps[0].executor_cores: must be between 1 and 1000, not 0.",
                        "steps.json: steps[0].inputs.x: file DIR/data/2026-11-02.csv not found. Directory DIR/data"
                                + " does not"
                                + " exist either.");
    }

    @Test
    void rejectsUnknownAndUnsuitableParameters() {
        assertThat(fixture.withBackfill(days("dat", "2026-11-02"))
                        .problems(file("{\"name\": \"a\", \"args\": [\"${rows}\"]}")))
                .contains("--backfill: no parameter named 'dat'. Known parameters: date, rows. Did you mean 'date'?");
        assertThat(fixture.withBackfill(days("rows", "2026-11-02"))
                        .problems(file("{\"name\": \"a\", \"args\": [\"${rows}\", \"${rows}\"]}")))
                .contains("--backfill: must be a number, like its default, not '2026-11-01'.");
        assertThat(fixture.withBackfill(days("date", "2026-11-02"))
                        .withParameter("date", "x")
                        .problems(file("{\"name\": \"a\", \"args\": [\"${date}\", \"${rows}\"]}")))
                .containsExactly("--backfill: -p sets the parameter 'date' too. Remove it.");
    }

    @Test
    void rejectsOneLocationForAllDays() {
        assertThat(fixture.problems(file("""
                {"name": "a", "args": ["${date}", "${rows}"], "output": {"uri": "s3://b/out"}},
                {"name": "b", "output": {"uri": "s3://b/${run.id}"}}
                """)))
                .containsExactly(
                        "steps.json: steps[0].output.uri: all days of the backfill write to the same location. Put"
                                + " ${date}"
                                + " into it.",
                        "steps.json: steps[1].output.uri: all days of the backfill write to the same location. Put"
                                + " ${date}"
                                + " into it.");
    }

    @Test
    void rejectsTooManySteps() {
        assertThat(fixture.withBackfill(days("date", "2028-11-02")).problems(file("""
                {"name": "a", "args": ["${date}", "${rows}"]}, {"name": "b"}, {"name": "c"}, {"name": "d"}
                """)))
                .containsExactly("--backfill: the backfill expands to more than 2,000 steps. Use a shorter range.");
    }
}
