package org.emrelay.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.emrelay.jobs.TableFiles.Head;
import org.jspecify.annotations.Nullable;

/** A table handed to a job, which answers for its own path and columns: what is not there is named in one sentence. */
public record InputTable(Dataset<Row> rows, String uri) {
    private static final List<String> WHOLE = List.of("tinyint", "smallint", "int", "bigint");

    public InputTable {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(uri, "uri");
    }

    /** Reads a table that a step before wrote. */
    public static InputTable readParquet(SparkSession session, String flag, String uri) {
        new TableFiles(flag, uri, session.sparkContext().hadoopConfiguration()).requireSomething();
        return parquet(session, flag, uri);
    }

    /** Reads a table from wherever it comes, in the format that is said, else in the one that its content shows. */
    public static InputTable read(SparkSession session, String flag, String uri, Optional<TableFormat> said) {
        TableFiles files = new TableFiles(flag, uri, session.sparkContext().hadoopConfiguration());
        Head head = files.head().orElseThrow(() -> new UserFault(flag + ": " + uri + " is empty."));
        TableText text = TableText.of(head, said);
        if (text.format() == TableFormat.PARQUET) {
            return parquet(session, flag, uri);
        }
        String source = text.format() == TableFormat.JSON ? "json" : "csv";
        return new InputTable(
                session.read().format(source).options(text.options()).load(uri), uri);
    }

    private static InputTable parquet(SparkSession session, String flag, String uri) {
        try {
            return new InputTable(session.read().parquet(uri), uri);
        } catch (Exception unreadable) {
            // Spark's Scala API throws its checked exceptions undeclared.
            if (unreadable instanceof AnalysisException wrong) {
                String twice = wrong.getMessageParameters().get("columnName");
                if ("COLUMN_ALREADY_EXISTS".equals(wrong.getErrorClass()) && twice != null) {
                    throw new UserFault(flag + ": " + uri + " has two columns '" + twice.replace("`", "")
                            + "' that differ in upper and lower case alone; rename one of them.");
                }
                throw new UserFault(flag + ": " + uri + " holds no parquet files with rows or columns in them.");
            }
            if (isNoParquet(unreadable)) {
                throw new UserFault(flag + ": " + uri + " holds files that are not parquet.");
            }
            throw unreadable;
        }
    }

    /** The column of that name (Spark's rule: upper and lower case are one), as it stands in the table. */
    public Column column(String flag, String name) {
        return functions.col(quoted(field(flag, name).name()));
    }

    /** The column as a whole number if it holds whole numbers, else as a double; what is no number becomes null. */
    public Column number(String flag, String name) {
        StructField field = field(flag, name);
        if (!isNumberOrText(field)) {
            throw wrongType(flag, field, "a number, or text with numbers, is needed");
        }
        boolean whole = WHOLE.contains(field.dataType().simpleString());
        // try_cast, for a cast of text that is no number fails the job when spark.sql.ansi.enabled is on.
        Column number =
                functions.expr("try_cast(" + quoted(field.name()) + " as " + (whole ? "bigint" : "double") + ")");
        return whole ? number : functions.when(functions.abs(number).lt(Double.POSITIVE_INFINITY), number);
    }

    /** The column as a year: a number, a date, or text of either such as "2004.0"; what is no year becomes null. */
    public Column year(String flag, String name) {
        StructField field = field(flag, name);
        Column column = functions.col(quoted(field.name()));
        if (List.of("date", "timestamp", "timestamp_ntz")
                .contains(field.dataType().simpleString())) {
            return functions.year(column);
        }
        if (!isNumberOrText(field)) {
            throw wrongType(flag, field, "a number, a date, or text of either is needed");
        }
        String quoted = quoted(field.name());
        Column number = functions.expr("try_cast(try_cast(" + quoted + " as double) as int)");
        return field.dataType() instanceof NumericType
                ? number
                : functions.coalesce(number, functions.year(functions.expr("try_cast(" + quoted + " as date)")));
    }

    private static boolean isNumberOrText(StructField field) {
        return field.dataType() instanceof NumericType || field.dataType() instanceof StringType;
    }

    private UserFault wrongType(String flag, StructField field, String needed) {
        return new UserFault(flag + ": column '" + field.name() + "' of " + uri + " is of type "
                + field.dataType().simpleString() + "; " + needed + ".");
    }

    private StructField field(String flag, String name) {
        StructField[] fields = rows.schema().fields();
        return Arrays.stream(fields)
                .filter(field -> field.name().equals(name))
                .findFirst()
                .or(() -> Arrays.stream(fields)
                        .filter(field -> field.name().equalsIgnoreCase(name))
                        .findFirst())
                .orElseThrow(() -> {
                    List<String> names = List.of(rows.columns());
                    return new UserFault(flag + ": " + uri + " has no column '" + name + "'. Its columns: "
                            + String.join(", ", names) + "." + Suggestion.sentence(name, names));
                });
    }

    private static boolean isNoParquet(@Nullable Throwable thrown) {
        if (thrown == null) {
            return false;
        }
        String message = thrown.getMessage();
        boolean said = message != null && message.contains("is not a Parquet file");
        return said || (thrown instanceof SparkException && isNoParquet(thrown.getCause()));
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
