package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Argument.UriResolver;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Program;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.plan.FileHashes;
import org.emrelay.runner.plan.PlannedStep;
import org.emrelay.runner.plan.Planner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlParserTest {
    private static final UriResolver URIS = new UriResolver() {
        @Override
        public String uploadedUri(String path) {
            return "s3://w/" + path;
        }

        @Override
        public String outputUri(StepName step) {
            return "s3://w/output/" + step;
        }

        @Override
        public String workspaceName() {
            return "w";
        }
    };

    @TempDir
    Path directory;

    private StepsFileFixture fixture;

    @BeforeEach
    void createFiles() {
        fixture = new StepsFileFixture(directory)
                .file("q.sql", "SELECT 1 AS one")
                .file("day.sql", "SELECT * FROM orders\nWHERE day = :day AND region = :region")
                .file("job.py")
                .file("lib.py")
                .file("orders.csv", "day\n")
                .file("sql-step.jar");
    }

    @Test
    void anInputIsAViewAndAnArgumentIsAParameter() {
        PlannedStep step = planned("""
                {"parameters": {"day": "2026-11-01"},
                 "defaults": {"script_uri": "job.py", "py_files": ["lib.py"], "executor_memory": "2G"},
                 "steps": [
                  {"name": "a", "sql": "day.sql", "inputs": {"orders": "orders.csv"},
                   "output": {"format": "csv", "partition_by": ["region", "day"]},
                   "args": {"day": "${day}", "region": ["a\\"t", "${day}", null]}}]}
                """);

        assertThat(step.sparkSubmit().command().stream().map(argument -> argument.resolve(URIS)))
                .containsExactly(
                        "spark-submit",
                        "--deploy-mode",
                        "cluster",
                        "--class",
                        "org.emrelay.sqlstep.SqlStep",
                        "--executor-memory",
                        "2G",
                        "s3://w/scripts/hash/sql-step.jar",
                        "--sql",
                        "s3://w/scripts/hash/day.sql",
                        "--input",
                        "orders=s3://w/input/hash/orders.csv",
                        "--output",
                        "s3://w/output/a",
                        "--format",
                        "csv",
                        "--partition-by",
                        "region",
                        "--partition-by",
                        "day",
                        "--arg",
                        "day=\"2026-11-01\"",
                        "--arg",
                        "region=[\"a\\\\\"t\",\"2026-11-01\",null]");
        assertThat(step.fingerprint().components())
                .isEqualTo(Map.of(
                        "sql", "day.sql@hash",
                        "the program of SQL steps", "sql-step.jar@hash",
                        "deploy_mode", "cluster",
                        "executor_memory", "2G",
                        "inputs.orders", "orders.csv@hash",
                        "args.day", "\"2026-11-01\"",
                        "args.region", "[\"a\\\"t\",\"2026-11-01\",null]",
                        "output", "automatic by --output",
                        "output.format", "csv",
                        "output.partition_by", "region,day"));
    }

    @Test
    void theTypeOfAnArgumentIsThatOfItsParameter() {
        fixture.file("q.sql", "SELECT :number, :yes, :nothing").withParameter("number", "7");
        PlannedStep step = planned("""
                {"parameters": {"number": 5},
                 "steps": [{"name": "a", "sql": "q.sql", "args": {"number": "${number}", "yes": true, "nothing": null}}]}
                """);

        assertThat(step.sparkSubmit().arguments().stream().map(argument -> argument.resolve(URIS)))
                .contains("number=7", "yes=true", "nothing=null", "parquet");
    }

    @Test
    void reportsMistakesOfTheFileAtOnce() {
        fixture.file("two.sql", "SELECT 1;\n SELECT :day, ?")
                .file("writes.sql", "INSERT INTO t SELECT 1")
                .file("latin.sql", "SELECT 'Ä'".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(fixture.problems("""
                        {"steps": [
                          {"name": "a", "sql": "two.sql"},
                          {"name": "b", "sql": "writes.sql"},
                          {"name": "c", "sql": "latin.sql"},
                          {"name": "d", "sql": "wo.sql"},
                          {"name": "e", "sql": "SELECT 1"},
                          {"name": "f", "sql": "day.sql", "args": {"dya": 1}}]}
                        """))
                .containsExactly(
                        "steps.json: steps[0].sql: two.sql: line 1, column 1: the rows of this query would be lost:"
                                + " only those"
                                + " of the last statement are the output. Make it a view (CREATE TEMPORARY VIEW name"
                                + " AS …), or"
                                + " a step of its own.",
                        "steps.json: steps[0].sql: two.sql: line 2, column 15: positional parameters ('?') are not"
                                + " supported. Use a named one, such as :day, and set it in args.",
                        "steps.json: steps[1].sql: writes.sql: line 1, column 1: INSERT writes somewhere other than"
                                + " the output. A SQL step returns rows, which Emrelay writes to the output: end the file with a"
                                + " query, such as SELECT.",
                        "steps.json: steps[2].sql: DIR/latin.sql is not UTF-8 text. Save it as UTF-8.",
                        "steps.json: steps[3].sql: file DIR/wo.sql not found. Did you mean 'two.sql'?",
                        "steps.json: steps[4].sql: must be a .sql file, not 'SELECT 1'.",
                        "steps.json: steps[5].sql: day.sql: line 2, column 13: the parameter :day has no value. Add"
                                + " it to the"
                                + " step's args.",
                        "steps.json: steps[5].sql: day.sql: line 2, column 31: the parameter :region has no value."
                                + " Add it to"
                                + " the step's args.",
                        "steps.json: steps[5].args.dya: day.sql does not use :dya. Its parameters: :day, :region."
                                + " Did you mean"
                                + " 'day'?");
    }

    @Test
    void reportsKeysWithoutAMeaning() {
        assertThat(fixture.problems("""
                        {"steps": [
                          {"name": "a", "sql": "q.sql", "script_uri": "job.py", "main_class": "A", "py_files": ["lib.py"],
                           "inputs": {"my-orders": "orders.csv", "x": "orders.csv", "X": "orders.csv"},
                           "output": {"flag": "out", "format": "png", "partition_by": ["a", "A"]}},
                          {"name": "b", "script_uri": "job.py", "output": {"partition_by": ["a"]}}]}
                        """))
                .containsExactly(
                        "steps.json: steps[0].script_uri: cannot be combined with 'sql'. Remove one of them.",
                        "steps.json: steps[0].main_class: cannot be combined with 'sql'. Remove one of them.",
                        "steps.json: steps[0].py_files: cannot be combined with 'sql'. Remove one of them.",
                        "steps.json: steps[0].output.flag: cannot be combined with 'sql'. Remove one of them.",
                        "steps.json: steps[0].inputs.my-orders: 'my-orders' is not a valid view name, and each input"
                                + " of a SQL step is a view. Use letters, digits and '_', starting with a letter.",
                        "steps.json: steps[0].inputs.X: 'X' differs only in case from 'x', and both are views."
                                + " Rename one of"
                                + " them.",
                        "steps.json: steps[0].output.format: must be one of parquet, csv, json, not 'png'.",
                        "steps.json: steps[0].output.partition_by[1]: 'A' is listed twice.",
                        "steps.json: steps[1].output.partition_by: is only allowed with 'sql': other programs"
                                + " partition their"
                                + " output themselves. Remove it.");
    }

    @Test
    void argumentsHaveATypeInSql() {
        fixture.file("q.sql", "SELECT :a, :b, :c, :d");

        assertThat(fixture.problems("""
                        {"steps": [{"name": "a", "sql": "q.sql",
                          "args": {"a": {}, "b": [1, "x"], "c": [[]], "d": 1, "e-f": 1}},
                          {"name": "b", "sql": "day.sql", "args": ["x"]}]}
                        """))
                .containsExactly(
                        "steps.json: steps[0].args.a: an object has no SQL type. Use a string, a number, true,"
                                + " false, null or a"
                                + " list of one of these kinds.",
                        "steps.json: steps[0].args.b: the list has values of different types. Use a string, a"
                                + " number, true,"
                                + " false, null or a list of one of these kinds.",
                        "steps.json: steps[0].args.c[0]: a list in a list has no SQL type. Use a string, a number,"
                                + " true, false,"
                                + " null or a list of one of these kinds.",
                        "steps.json: steps[0].args.e-f: 'e-f' is not a valid parameter name in SQL. Use letters,"
                                + " digits and"
                                + " '_', starting with a letter or '_'.",
                        "steps.json: steps[1].args: must be an object with the values of the SQL file's parameters,"
                                + " not a list.");
    }

    @Test
    void aFileInS3IsCheckedByTheStep() {
        Pipeline pipeline = fixture.pipeline("""
                {"steps": [{"name": "a", "sql": "s3://b/q.sql", "args": {"day": 1}}]}
                """);

        assertThat(pipeline.steps())
                .extracting(Step::program)
                .containsExactly(new Program.Sql(
                        new FileRef.Local(directory.resolve("sql-step.jar")),
                        new FileRef.Remote("s3://b/q.sql"),
                        "parquet",
                        List.of()));
    }

    private PlannedStep planned(String json) {
        Pipeline pipeline = fixture.pipeline(json);
        Map<Path, String> hashes = new HashMap<>();
        FileHashes.filesOf(pipeline).forEach(file -> hashes.put(file, "hash"));
        return Planner.plan(pipeline, new FileHashes(hashes)).steps().get(0);
    }
}
