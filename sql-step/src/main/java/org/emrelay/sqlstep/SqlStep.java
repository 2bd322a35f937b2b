package org.emrelay.sqlstep;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.sqlscript.SqlFault;
import org.emrelay.sqlscript.SqlScript;
import org.emrelay.sqlscript.SqlStatement;
import org.emrelay.sqlscript.SqlStatement.ViewDefinition;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.TextFile;
import org.emrelay.tables.UserFault;

/**
 * Runs a SQL file: the inputs are temporary views, and the rows of its last statement are the output.
 *
 * <p>Values come as named parameters: Spark replaces no <code>${…}</code> in the text.
 */
public final class SqlStep {
    private final SparkSession session;
    private final SqlStepArguments arguments;

    private SqlStep(SparkSession session, SqlStepArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String... args) {
        SqlStepArguments arguments = SqlStepArguments.parse(args);
        new SqlStep(SparkSession.builder().getOrCreate(), arguments).run();
    }

    private void run() {
        session.conf().set("spark.sql.variable.substitute", "false");
        SqlScript script = script();
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        arguments.inputs().forEach((name, uris) -> new InputView(name, uris).create(session));
        SparkFaults faults =
                new SparkFaults(arguments.file(), script, arguments.inputs().keySet());
        for (SqlStatement statement : script.statements()) {
            faults.translate(statement, () -> {
                if (statement == script.query()) {
                    Dataset<Row> rows = session.sql(statement.inPlace(), arguments.values());
                    new QueryResult(arguments, rows, statement.position()).write(output);
                } else {
                    prepare(statement);
                }
            });
        }
    }

    private SqlScript script() {
        SqlScript script = SqlScript.parse(TextFile.read(session, "--sql", arguments.sql()));
        List<SqlFault> faults = new ArrayList<>(script.faults());
        faults.addAll(script.missingValues(arguments.values().keySet()));
        if (!faults.isEmpty()) {
            throw new UserFault(faults.get(0).in(arguments.file()));
        }
        return script;
    }

    private void prepare(SqlStatement statement) {
        ViewDefinition view = statement.temporaryView().orElse(null);
        if (view == null) {
            session.sql(statement.inPlace(), arguments.values());
            return;
        }
        Dataset<Row> rows = session.sql(view.query(), arguments.values());
        try {
            if (view.replaces()) {
                rows.createOrReplaceTempView(quoted(view.name()));
            } else {
                rows.createTempView(quoted(view.name()));
            }
        } catch (AnalysisException exists) {
            throw new UserFault(new SqlFault(
                            statement.position(),
                            "there is already a view called " + view.name()
                                    + ". Write CREATE OR REPLACE TEMPORARY VIEW.")
                    .in(arguments.file()));
        }
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }
}
