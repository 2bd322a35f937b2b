package org.emrelay.sqlstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.emrelay.tables.LocalSpark;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalSpark.class)
class SqlStepTest {
    private static final String ORDERS = """
            id,region,amount,zip,paid,day,at
            1,at,10,01234,true,2026-11-01,2026-11-01 10:00:00
            2,de,2.5,99999,false,2026-11-02,2026-11-02
            3,de,,10115,,,
            """;

    @TempDir
    private Path directory;

    @Test
    void writesTheRowsOfTheLastStatement() throws IOException {
        input("orders", ORDERS);
        input("regions", "{\"region\": \"at\", \"name\": \"Austria\"}\n{\"region\": \"de\", \"name\": \"Germany\"}\n");

        run("""
                -- Preparations come first; their rows are no output.
                SET spark.sql.shuffle.partitions = 1;
                CREATE TEMPORARY VIEW named AS
                  SELECT o.*, r.name FROM orders o JOIN regions r USING (region) WHERE o.amount > :min;
                SELECT name, sum(amount) AS total, '${x};' AS text FROM named GROUP BY name ORDER BY name;
                """, "--arg", "min=2");

        assertThat(rows()).containsExactly("[Austria,10.0,${x};]", "[Germany,2.5,${x};]");
        assertThat(directory.resolve("out/_SUCCESS")).exists();
    }

    @Test
    void aCheckAnalysesTheQueryAndWritesNothing() throws IOException {
        input("orders", ORDERS);

        run("CACHE TABLE orders; SELECT region FROM orders", "--check");
        assertThatThrownBy(() -> run("SELECT\n  regio FROM orders", "--check"))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("q.sql: line 2, column 3: ");

        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void cachesTheRowsOfAQuery() throws IOException {
        input("orders", ORDERS);

        run("CACHE TABLE paid AS SELECT id FROM orders WHERE id <= :most; SELECT * FROM paid", "--arg", "most=1");

        assertThat(rows()).containsExactly("[1]");
    }

    @Test
    void aCheckAnalysesQueriesWhoseRowsWouldBeCached() throws IOException {
        input("orders", ORDERS);

        run("CACHE TABLE paid SELECT id FROM orders; SELECT id FROM paid", "--check");
        assertThatThrownBy(() -> run("CACHE LAZY TABLE paid AS\nSELECT idd FROM orders; SELECT 1 AS one", "--check"))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("q.sql: line 2, column 8: ");
    }

    @Test
    void aCheckOnlyParsesWhileAnInputIsMissing() throws IOException {
        input("orders", ORDERS);

        run("SELECT anything FROM orders JOIN words", "--input", "words=/dev/null/words", "--check");
        assertThatThrownBy(() -> run("SELECT 1; SELECT 2", "--input", "words=/dev/null/words", "--check"))
                .isInstanceOf(UserFault.class);
    }

    @Test
    void infersTheTypesOfCsvColumns() throws IOException {
        input("orders", ORDERS);

        run("SELECT * FROM orders");

        assertThat(out().schema().toDDL())
                .isEqualTo("id INT,region STRING,amount DOUBLE,zip STRING,paid BOOLEAN,day DATE,at TIMESTAMP");
        assertThat(rows())
                .containsExactly(
                        "[1,at,10.0,01234,true,2026-11-01,2026-11-01 10:00:00.0]",
                        "[2,de,2.5,99999,false,2026-11-02,2026-11-02 00:00:00.0]",
                        "[3,de,null,10115,null,null,null]");
    }

    @Test
    void readsGzippedFilesOfADirectoryAsOneTable() throws IOException {
        Path input = Files.createDirectories(directory.resolve("orders"));
        gzip(input.resolve("1.data"), "id;code\n1;1e3\n");
        gzip(input.resolve("2.data"), "id;code\n99999999999;.5\n");

        run("SELECT sum(id) AS ids, sum(code) AS codes FROM orders");

        assertThat(rows()).containsExactly("[100000000000,1000.5]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "parquet"})
    void readsTheFoldersOfPartitionsAsColumns(String format) {
        LocalSpark.session()
                .sql("SELECT 7 AS id, '007' AS code, '2026-11-01' AS day, 5 AS size")
                .write()
                .option("header", "true")
                .partitionBy("code", "day", "size")
                .format(format)
                .save(directory.resolve("orders").toString());

        run("SELECT id, code, typeof(code), day, typeof(day), typeof(size) FROM orders");

        assertThat(rows()).containsExactly("[7,007,string,2026-11-01,date,int]");
    }

    @Test
    void readsCsvColumnsWithoutAName() throws IOException {
        input("orders", ",a,a\n0,1,2\n");

        run("SELECT * FROM orders");

        assertThat(out().schema().toDDL()).isEqualTo("_c0 INT,a1 INT,a2 INT");
        assertThat(rows()).containsExactly("[0,1,2]");
    }

    @Test
    void unitesTheFilesOfAnInputByColumnName() throws IOException {
        Path first = Files.writeString(directory.resolve("1.csv"), "id,name\n1,one\n");
        Path second = Files.writeString(directory.resolve("2.csv"), "name,ID\ntwo,2\n");

        run("SELECT * FROM numbers ORDER BY id", "--input", "numbers=" + first, "--input", "numbers=" + second);

        assertThat(rows()).containsExactly("[1,one]", "[2,two]");
    }

    @Test
    void refusesFilesOfAnInputWithOtherColumns() throws IOException {
        Path first = Files.writeString(directory.resolve("1.csv"), "id,name\n1,one\n");
        Path other = Files.writeString(directory.resolve("3.csv"), "id\n3\n");
        assertFault(
                "input 'numbers': " + other + " has the columns id, but " + first
                        + " has id, name. One view needs the same columns everywhere.",
                "SELECT 1 AS one",
                "--input",
                "numbers=" + first,
                "--input",
                "numbers=" + other);
    }

    @Test
    void passesArgumentsWithTheirTypes() {
        run(
                """
                SELECT typeof(:small), typeof(:large), typeof(:decimal), typeof(:double), typeof(:text), typeof(:yes),
                  typeof(:none), typeof(:texts), typeof(:numbers), :text AS text, array_contains(:texts, 'b') AS found
                """,
                "--arg",
                "small=5",
                "--arg",
                "large=5000000000",
                "--arg",
                "decimal=0.50",
                "--arg",
                "double=5e-1",
                "--arg",
                "text=\"it's; \\\"${x}\\\" :small\"",
                "--arg",
                "yes=true",
                "--arg",
                "none=null",
                "--arg",
                "texts=[\"a\",\"b\",null]",
                "--arg",
                "numbers=[1,2.5]",
                "--format",
                "json");

        assertThat(text("part-.*"))
                .containsExactly(
                        "{\"typeof(5)\":\"int\",\"typeof(5000000000)\":\"bigint\",\"typeof(0.50)\":\"decimal(2,2)\","
                                + "\"typeof(0.5)\":\"double\",\"typeof(it's; \\\"${x}\\\" :small)\":\"string\",\"typeof(true)\":\"boolean\","
                                + "\"typeof(NULL)\":\"void\",\"typeof(ARRAY('a', 'b', CAST(NULL AS STRING)))\":\"array<string>\","
                                + "\"typeof(ARRAY(1.0D, 2.5D))\":\"array<double>\",\"text\":\"it's; \\\"${x}\\\" :small\",\"found\":true}");
    }

    /** A function as users write them. */
    public static final class Twice implements UDF1<Integer, Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer call(Integer number) {
            return 2 * number;
        }
    }

    @Test
    void callsFunctionsOfJars() {
        String name = Twice.class.getName();
        run("CREATE TEMPORARY FUNCTION twice AS '" + name + "'; SELECT twice(21) AS answer");

        assertThat(rows()).containsExactly("[42]");
    }

    @Test
    void namesAFunctionWhoseClassIsMissing() {
        assertFault(
                "q.sql: line 1, column 1: there is no class org.example.Price. List its jar in the step's jars or packages.",
                "CREATE OR REPLACE TEMP FUNCTION price AS 'org.example.Price'; SELECT price(1) AS price");
    }

    @Test
    void writesCsvInFoldersOfItsPartitions() throws IOException {
        input("orders", ORDERS);

        run("SELECT id, region FROM orders", "--format", "csv", "--partition-by", "region");

        assertThat(text("region=at/part-.*")).containsExactly("id", "1");
        assertThat(text("region=de/part-.*")).containsExactly("id", "2", "3");
    }

    @Test
    void writesATableWithoutRows() throws IOException {
        input("orders", ORDERS);

        run("SELECT id FROM orders WHERE id > 5");

        assertThat(out().schema().toDDL()).isEqualTo("id INT");
        assertThat(rows()).isEmpty();
    }

    @Test
    void writesTheColumnsOfPartitionsWithoutRows() throws IOException {
        input("orders", ORDERS);

        run("SELECT id, region FROM orders WHERE id > 5", "--partition-by", "region");

        assertThat(out().schema().toDDL()).isEqualTo("id INT,region STRING");
        assertThat(rows()).isEmpty();
    }

    @Test
    void reportsErrorsAtTheirPlaceInTheFile() throws IOException {
        input("orders", ORDERS);

        assertFault(
                "q.sql: line 3, column 9: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `amont`"
                        + " cannot be resolved. Did you mean one of the following? [`amount`].",
                "SET a=1;\nCREATE TEMP VIEW v AS\n SELECT amont FROM (SELECT amount FROM orders); SELECT 1");
        assertFault(
                "q.sql: line 2, column 15: there is no table or view `ordrs`. The inputs: orders. Did you mean orders?",
                "SET a=1;\nSELECT 1 FROM ordrs");
        assertFault(
                "q.sql: line 2, column 28: [PARSE_SYNTAX_ERROR] Syntax error at or near 'id': extra input 'id'.",
                "SET a=1; SELECT\n1 AS one FROM orders ORDER id");
        assertFault(
                "q.sql: line 1, column 8: [AMBIGUOUS_REFERENCE] Reference `id` is ambiguous, could be: [`a`.`id`, `b`.`id`].",
                "SELECT id FROM orders a, orders b");
        assertFault(
                "q.sql: line 1, column 17: there is already a view called orders. Write CREATE OR REPLACE TEMPORARY VIEW.",
                "SET a=1;        CREATE TEMPORARY VIEW orders AS SELECT 1; SELECT 1");
    }

    @Test
    void reportsErrorsOfRowsAtTheirPlaceInTheFile() {
        assertFault(
                "q.sql: line 3, column 1: [DIVIDE_BY_ZERO] Division by zero. Use `try_divide` to tolerate divisor being 0 and"
                        + " return NULL instead. If necessary set \"spark.sql.ansi.enabled\" to \"false\" to bypass this error.",
                "SET spark.sql.ansi.enabled=true;\nSELECT id,\n1 / id AS x FROM range(3)");
    }

    @Test
    void refusesResultsThatCannotBeReadAgain() throws IOException {
        input("orders", ORDERS);

        assertFault(
                "q.sql: line 1, column 1: the query returns two columns called 'id'. Name one of them with AS.",
                "SELECT * FROM orders a JOIN orders b ON a.id = b.id");
        assertFault(
                "q.sql: line 1, column 1: the query returns the columns 'id' and 'ID', which differ only in case. Name one of"
                        + " them with AS.",
                "SELECT id, id AS ID FROM orders");
        assertFault(
                "output.partition_by: the query returns no column 'regon'. Its columns: id, region. Did you mean region?",
                "SELECT id, region FROM orders",
                "--partition-by",
                "regon");
        assertFault(
                "output.partition_by: names all columns of the query, so that the files would be empty.",
                "SELECT id FROM orders",
                "--partition-by",
                "ID");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void checksTheFileItself() {
        assertFault(
                "q.sql: line 2, column 9: the parameter :day has no value. Add it to the step's args.",
                "SELECT :a,\n        :day",
                "--arg",
                "a=1");
        assertFault(
                "args.a has no SQL type. Use a string, a number, true, false, null or a list of one of these kinds.",
                "SELECT :a",
                "--arg",
                "a={}");
    }

    @Test
    void refusesInputsWithoutATable() throws IOException {
        assertInputFault("is empty.", "");
        assertInputFault("contains lines that are not JSON objects.", "{\"a\": 1}\n{\"a\": \n");
        Files.writeString(Files.createDirectories(directory.resolve("files")).resolve("1.csv"), "a,b\n1,2\n");
        Files.writeString(directory.resolve("files/2.csv"), "b,a\n1,2\n");
        assertFault(
                "input 'files': " + directory.resolve("files")
                        + " contains CSV files with different headers, or with column names that"
                        + " are empty or repeated.",
                "SELECT * FROM files");
    }

    @Test
    void refusesRowsWithMoreValuesThanTheHeader() throws IOException {
        assertInputFault(
                "has rows with more values than the 2 names of its header, such as '3,\"x,y\",5'.",
                "a,b\n1,2\n3,\"x,y\",5\n");
    }

    @Test
    void readsRowsWithFewerValuesAndTrailingCommas() throws IOException {
        input("orders", "a,b\n1\n2,\"x,y\",\n3,z\n");

        run("SELECT * FROM orders ORDER BY a");

        assertThat(rows()).containsExactly("[1,null]", "[2,x,y]", "[3,z]");
    }

    @Test
    void refusesATableInSubdirectories() throws IOException {
        for (String content : List.of("a,b\n1,2\n", "{\"a\": 1}\n")) {
            Files.writeString(
                    Files.createDirectories(directory.resolve("files/2026")).resolve("1"), content);

            assertFault(
                    "input 'files': " + directory.resolve("files")
                            + " has its files in subdirectories. Name the directory"
                            + " that contains the files, or name subdirectories by a column: day=2026-11-01.",
                    "SELECT * FROM files");
        }
    }

    @Test
    void refusesATruncatedGzipFile() throws IOException {
        Path file = directory.resolve("orders.gz");
        gzip(file, ORDERS);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 60));

        assertFault(
                "input 'orders': " + file + " cannot be decompressed: it is incomplete.",
                "SELECT * FROM orders",
                "--input",
                "orders=" + file);
    }

    private void assertInputFault(String reason, String content) throws IOException {
        Path file = input("broken", content);
        assertFault("input 'broken': " + file + " " + reason, "SELECT * FROM broken");
        Files.delete(file);
    }

    private Path input(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static void gzip(Path file, String content) throws IOException {
        try (OutputStream stream = new GZIPOutputStream(Files.newOutputStream(file))) {
            stream.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Runs a step whose inputs are all files of the directory that the arguments do not name. */
    private void run(String sql, String... more) {
        List<String> arguments = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().matches("[a-z]+") && !file.endsWith("out"))
                    .forEach(file -> arguments.addAll(List.of("--input", file.getFileName() + "=" + file)));
            arguments.addAll(List.of(
                    "--sql",
                    Files.writeString(directory.resolve("q.sql"), sql).toString(),
                    "--output",
                    directory.resolve("out").toString()));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        arguments.addAll(Arrays.asList(more));
        // Views and settings of one test must not be seen by another.
        SparkSession session = LocalSpark.session();
        try {
            SparkSession.setActiveSession(session.newSession());
            SqlStep.main(arguments.toArray(String[]::new));
        } finally {
            SparkSession.setActiveSession(session);
        }
    }

    private void assertFault(String message, String sql, String... more) {
        assertThatThrownBy(() -> run(sql, more)).isInstanceOf(UserFault.class).hasMessage(message);
    }

    private Dataset<Row> out() {
        return LocalSpark.session().read().parquet(directory.resolve("out").toString());
    }

    private List<String> rows() {
        return out().collectAsList().stream().map(Row::toString).toList();
    }

    private List<String> text(String file) {
        try (Stream<Path> files = Files.walk(directory.resolve("out"))) {
            List<String> lines = new ArrayList<>();
            for (Path found : files.filter(path ->
                            directory.resolve("out").relativize(path).toString().matches(file))
                    .toList()) {
                lines.addAll(Files.readAllLines(found));
            }
            return lines;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
