package org.emrelay.sqlstep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.sqlscript.SqlFault;
import org.emrelay.sqlscript.SqlScript;
import org.emrelay.sqlscript.SqlStatement;
import org.emrelay.sqlscript.SqlStatement.FunctionDefinition;
import org.emrelay.sqlscript.SqlStatement.ViewDefinition;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.TextFile;
import org.emrelay.tables.UserFault;

/**
 * Runs a SQL file: the inputs are temporary views, and the rows of its last statement are the output.
 *
 * <p>Values come as named parameters: Spark replaces no <code>${…}</code> in the text.
 */
public final class SqlStep implements Job {
    private final SparkSession session;
    private final SqlStepArguments arguments;

    private SqlStep(SparkSession session, SqlStepArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String... arguments) {
        Job.main(SqlStep::create, arguments);
    }

    private static SqlStep create(String... arguments) {
        SqlStepArguments parsed = SqlStepArguments.parse(arguments);
        return new SqlStep(SparkSession.builder().getOrCreate(), parsed);
    }

    @Override
    public void run() {
        SqlScript script = script();
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        execute(script, this::prepare, result -> result.write(output));
    }

    /** Analyses the statements if all inputs exist, and otherwise only parses them. */
    @Override
    public void check() {
        SqlScript script = script();
        List<String> missing = new ArrayList<>();
        arguments.inputs().values().forEach(uris -> missing.addAll(uris));
        arguments.inputs().values().forEach(uris -> uris.forEach(uri -> Job.ifExists(session, uri, missing::remove)));
        if (missing.isEmpty()) {
            execute(script, this::prepareForCheck, QueryResult::check);
        }
    }

    private void execute(SqlScript script, Consumer<SqlStatement> prepare, Consumer<QueryResult> result) {
        session.conf().set("spark.sql.variable.substitute", "false");
        arguments.inputs().forEach((name, uris) -> new InputView(name, uris).create(session));
        SparkFaults faults =
                new SparkFaults(arguments.file(), script, arguments.inputs().keySet());
        for (SqlStatement statement : script.statements()) {
            faults.translate(statement, () -> {
                if (statement == script.query()) {
                    Dataset<Row> rows = session.sql(statement.inPlace(), arguments.values());
                    result.accept(new QueryResult(arguments, rows, statement.position()));
                } else {
                    prepare.accept(statement);
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

    /** Reads no rows. */
    private void prepareForCheck(SqlStatement statement) {
        if (statement.isCache()) {
            statement.cachedView().ifPresent(view -> createView(statement, view));
        } else {
            prepare(statement);
        }
    }

    private void prepare(SqlStatement statement) {
        ViewDefinition view = statement.temporaryView().orElse(null);
        ViewDefinition cached = statement.cachedView().orElse(null);
        FunctionDefinition function = statement.temporaryFunction().orElse(null);
        if (view != null) {
            createView(statement, view);
        } else if (cached != null) {
            createView(statement, cached);
            session.catalog().cacheTable(quoted(cached.name()));
            if (!statement.isLazyCache()) {
                session.table(quoted(cached.name())).count();
            }
        } else if (function != null && isJavaUdf(function.className(), statement)) {
            // Without Hive, Spark's own CREATE TEMPORARY FUNCTION takes aggregate functions only.
            session.udf().registerJava(function.name(), function.className(), null);
        } else {
            session.sql(statement.inPlace(), arguments.values());
        }
    }

    private boolean isJavaUdf(String className, SqlStatement statement) {
        try {
            Class<?> type =
                    Class.forName(className, false, Thread.currentThread().getContextClassLoader());
            return Arrays.stream(type.getInterfaces())
                    .anyMatch(implemented ->
                            implemented.getName().matches("org\\.apache\\.spark\\.sql\\.api\\.java\\.UDF[0-9]+"));
        } catch (ClassNotFoundException missing) {
            throw new UserFault(new SqlFault(
                            statement.position(),
                            "there is no class " + className + ". List its jar in the step's jars or packages.")
                    .in(arguments.file()));
        }
    }

    private void createView(SqlStatement statement, ViewDefinition view) {
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
