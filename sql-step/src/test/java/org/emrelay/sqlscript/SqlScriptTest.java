package org.emrelay.sqlscript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {
    private static final String WRITES =
            " writes somewhere other than the output. A SQL step returns rows, which Emrelay"
                    + " writes to the output: end the file with a query, such as SELECT.";

    @Test
    void splitsAtSemicolonsOutsideOfStringsNamesAndComments() {
        SqlScript script = SqlScript.parse("""
                SET a = 'b;c';
                -- not; here, \\
                nor; here
                /* nor /* nested; */ here; */
                CREATE TEMP VIEW `v;w` AS SELECT "x;\\";" AS x, r'\\' AS y;
                SELECT /*+ BROADCAST(v) */ * FROM `v;w` WHERE x <> 'it''s;';
                ;
                """);

        assertThat(script.faults()).isEmpty();
        assertThat(script.statements().stream()
                        .map(statement -> statement.inPlace().strip()))
                .containsExactly(
                        "SET a = 'b;c'",
                        "CREATE TEMP VIEW `v;w` AS SELECT \"x;\\\";\" AS x, r'\\' AS y",
                        "SELECT /*+ BROADCAST(v) */ * FROM `v;w` WHERE x <> 'it''s;'");
    }

    @Test
    void leavesEachStatementInItsPlace() {
        SqlScript script = SqlScript.parse("SET a=1;\r\n  SELECT 1; -- end");

        assertThat(script.query().inPlace()).isEqualTo("        \r\n  SELECT 1        ");
        assertThat(script.query().position()).isEqualTo(new SqlPosition(2, 3));
    }

    @Test
    void doesNotCountTheByteOrderMark() {
        assertThat(SqlScript.parse("\uFEFFSELECT 1").query().position()).isEqualTo(new SqlPosition(1, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "select 1;",
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "WITH insert AS (SELECT 1), update AS (SELECT 2) TABLE insert",
                "WITH a AS (SELECT 1) (SELECT * FROM a)",
                "(SELECT 1) UNION (SELECT 2)",
                "VALUES (1), (2)",
                "TABLE orders",
                "FROM orders SELECT id",
                "SET a=b; RESET a; CACHE TABLE t; USE sales; CREATE OR REPLACE TEMPORARY VIEW v AS SELECT 1; SELECT 1",
                "CREATE GLOBAL TEMP VIEW v AS SELECT 1; CREATE TEMPORARY FUNCTION f AS 'org.example.F'; SELECT 1"
            })
    void acceptsPreparationsAndOneQuery(String file) {
        assertThat(faults(file)).isEmpty();
    }

    @Test
    void refusesASecondQuery() {
        assertThat(faults("SELECT 1;\n\n SELECT 2;"))
                .containsExactly("q.sql: line 1, column 1: the rows of this query would be lost: only those of the last"
                        + " statement are the output. Make it a view (CREATE TEMPORARY VIEW name AS …), or a"
                        + " step of its own.");
    }

    @Test
    void refusesAFileWithoutQuery() {
        assertThat(faults(" -- nothing\n"))
                .containsExactly(
                        "q.sql: line 1, column 1: the file has no statement. Write a query, such as SELECT, whose rows"
                                + " are the output.");
        assertThat(faults("SET a=1;\nCREATE TEMPORARY VIEW v AS SELECT 1"))
                .containsExactly(
                        "q.sql: line 2, column 1: the last statement must be a query, such as SELECT, whose rows are"
                                + " the output; this is CREATE.");
    }

    @Test
    void refusesStatementsThatWriteElsewhere() {
        assertThat(faults("INSERT INTO t SELECT 1")).containsExactly("q.sql: line 1, column 1: INSERT" + WRITES);
        assertThat(faults("SET a=1;\nDROP TABLE t; LOAD DATA INPATH 'x' INTO TABLE t; SELECT 1"))
                .containsExactly("q.sql: line 2, column 1: DROP" + WRITES, "q.sql: line 2, column 15: LOAD" + WRITES);
        assertThat(faults("WITH a AS (SELECT 1)\nINSERT OVERWRITE t SELECT * FROM a"))
                .containsExactly("q.sql: line 2, column 1: INSERT" + WRITES);
        assertThat(faults("FROM a INSERT INTO b SELECT 1 INSERT INTO c SELECT 2"))
                .containsExactly("q.sql: line 1, column 8: INSERT" + WRITES);
        assertThat(faults("CREATE TABLE t AS SELECT 1"))
                .containsExactly("q.sql: line 1, column 1: CREATE TABLE" + WRITES);
        assertThat(faults("CREATE OR REPLACE VIEW v AS SELECT 1"))
                .containsExactly(
                        "q.sql: line 1, column 1: CREATE VIEW would outlive the step. Use CREATE TEMPORARY VIEW.");
        assertThat(faults("CREATE TEMPORARY TABLE t USING csv"))
                .containsExactly(
                        "q.sql: line 1, column 1: Use CREATE TEMPORARY VIEW in place of CREATE TEMPORARY TABLE.");
    }

    @Test
    void refusesStatementsWithoutAnOutput() {
        assertThat(faults("EXPLAIN SELECT 1"))
                .containsExactly(
                        "q.sql: line 1, column 1: EXPLAIN shows a plan. The output of a SQL step is the rows of a"
                                + " query: remove EXPLAIN.");
        assertThat(faults("ADD JAR s3://b/x.jar; SELECT 1"))
                .containsExactly(
                        "q.sql: line 1, column 1: ADD is not supported. List the files in the step's jars, files"
                                + " or archives.");
        assertThat(faults("SELCT 1"))
                .containsExactly(
                        "q.sql: line 1, column 1: 'SELCT' does not begin a SQL statement. Did you mean SELECT?");
        assertThat(faults("SELETC 1"))
                .containsExactly(
                        "q.sql: line 1, column 1: 'SELETC' does not begin a SQL statement. Did you mean SELECT?");
        assertThat(faults("hello")).containsExactly("q.sql: line 1, column 1: 'hello' does not begin a SQL statement.");
    }

    @Test
    void reportsWhatIsNeverClosed() {
        assertThat(faults("SELECT\n 'a; SELECT 2"))
                .containsExactly("q.sql: line 2, column 2: this string is never closed. Add '.");
        assertThat(faults("SELECT `a")).containsExactly("q.sql: line 1, column 8: this name is never closed. Add `.");
        assertThat(faults("SELECT 1 /* /* */"))
                .containsExactly("q.sql: line 1, column 10: this comment is never closed. Add */.");
    }

    @Test
    void findsNamedParameters() {
        SqlScript script = SqlScript.parse("""
                SET x = a:b;
                SELECT CAST(NULL AS STRUCT<a: INT, b :ARRAY<STRUCT<c:INT>>>), ':no', -- :no
                  : a, x[:i], :`b`, :a
                """);

        assertThat(script.parameterNames()).containsExactly("a", "i", "b");
        assertThat(script.missingValues(Set.of("i")).stream().map(fault -> fault.in("q.sql")))
                .containsExactly(
                        "q.sql: line 3, column 3: the parameter :a has no value. Add it to the step's args.",
                        "q.sql: line 3, column 15: the parameter :b has no value. Add it to the step's args.");
    }

    @Test
    void refusesPositionalParameters() {
        assertThat(faults("SELECT ?, '?'"))
                .containsExactly(
                        "q.sql: line 1, column 8: positional parameters ('?') are not supported. Use a named one,"
                                + " such as :day, and set it in args.");
    }

    @Test
    void recognizesViewsThatNeedNoMoreThanTheirName() {
        SqlScript script = SqlScript.parse("""
                CREATE OR REPLACE TEMP VIEW a AS SELECT 1;
                CREATE TEMPORARY VIEW `b c` AS WITH x AS (SELECT 1) TABLE x;
                CREATE TEMPORARY VIEW c (n) AS SELECT 1;
                CREATE GLOBAL TEMPORARY VIEW d AS SELECT 1;
                CREATE TEMPORARY VIEW e USING csv OPTIONS (path 'x');
                SELECT 1
                """);

        assertThat(script.statements().stream()
                        .flatMap(statement -> statement.temporaryView().stream())
                        .map(view -> view.name() + " " + view.replaces() + " "
                                + view.query().strip()))
                .containsExactly("a true SELECT 1", "b c false WITH x AS (SELECT 1) TABLE x");
    }

    private static List<String> faults(String file) {
        return SqlScript.parse(file).faults().stream()
                .map(fault -> fault.in("q.sql"))
                .toList();
    }
}
