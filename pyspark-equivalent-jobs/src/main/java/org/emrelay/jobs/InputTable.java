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

/** An input table of a job, with the URI and column names for its error messages. */
public record InputTable(Dataset<Row> rows, String uri) {
    private static final List<String> INTEGRAL_TYPES = List.of("tinyint", "smallint", "int", "bigint");

    public InputTable {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(uri, "uri");
    }

    /** Reads a Parquet table written by an earlier step. */
    public static InputTable readParquet(SparkSession session, String flag, String uri) {
        new TableFiles(flag, uri, session.sparkContext().hadoopConfiguration()).requireExists();
        return parquet(session, flag, uri);
    }

    /** Reads a table in its declared format, or in the format detected from its content. */
    public static InputTable read(SparkSession session, String flag, String uri, Optional<TableFormat> declaredFormat) {
        TableFiles files = new TableFiles(flag, uri, session.sparkContext().hadoopConfiguration());
        Head head = files.head().orElseThrow(() -> new UserFault(flag + ": " + uri + " is empty."));
        DetectedFormat detected = DetectedFormat.of(head, declaredFormat);
        if (detected.format() == TableFormat.PARQUET) {
            return parquet(session, flag, uri);
        }
        String source = detected.format() == TableFormat.JSON ? "json" : "csv";
        return new InputTable(
                session.read().format(source).options(detected.options()).load(uri), uri);
    }

    private static InputTable parquet(SparkSession session, String flag, String uri) {
        try {
            return new InputTable(session.read().parquet(uri), uri);
        } catch (Exception failed) {
            // Spark's Scala API throws checked exceptions without declaring them.
            if (failed instanceof AnalysisException analysis) {
                String duplicate = analysis.getMessageParameters().get("columnName");
                if ("COLUMN_ALREADY_EXISTS".equals(analysis.getErrorClass()) && duplicate != null) {
                    throw new UserFault(flag + ": " + uri + " has two columns named '" + duplicate.replace("`", "")
                            + "' that differ only in case; rename one of them.");
                }
                throw new UserFault(flag + ": " + uri + " contains no Parquet files with rows or columns.");
            }
            if (isNotParquet(failed)) {
                throw new UserFault(flag + ": " + uri + " contains files that are not Parquet.");
            }
            throw failed;
        }
    }

    /** Returns the column with this name; case-insensitive, as in Spark. */
    public Column column(String flag, String name) {
        return functions.col(quoted(field(flag, name).name()));
    }

    /** Returns the column as a bigint or a double; values that are not numbers become null. */
    public Column number(String flag, String name) {
        StructField field = field(flag, name);
        if (!isNumberOrText(field)) {
            throw wrongType(flag, field, "a number, or a string that contains one");
        }
        boolean isIntegral = INTEGRAL_TYPES.contains(field.dataType().simpleString());
        // With spark.sql.ansi.enabled a plain cast of text that is not a number fails the job.
        Column number =
                functions.expr("try_cast(" + quoted(field.name()) + " as " + (isIntegral ? "bigint" : "double") + ")");
        return isIntegral ? number : functions.when(functions.abs(number).lt(Double.POSITIVE_INFINITY), number);
    }

    /** Returns the column as a year: a number, a date, or a string such as "2004.0"; anything else becomes null. */
    public Column year(String flag, String name) {
        StructField field = field(flag, name);
        Column column = functions.col(quoted(field.name()));
        if (List.of("date", "timestamp", "timestamp_ntz")
                .contains(field.dataType().simpleString())) {
            return functions.year(column);
        }
        if (!isNumberOrText(field)) {
            throw wrongType(flag, field, "a number, a date, or a string that contains either");
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

    private UserFault wrongType(String flag, StructField field, String expected) {
        return new UserFault(flag + ": column '" + field.name() + "' of " + uri + " has type "
                + field.dataType().simpleString() + "; expected " + expected + ".");
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
                            + String.join(", ", names) + "." + Suggestion.didYouMean(name, names));
                });
    }

    private static boolean isNotParquet(@Nullable Throwable failure) {
        if (failure == null) {
            return false;
        }
        String message = failure.getMessage();
        boolean isNotParquetMessage = message != null && message.contains("is not a Parquet file");
        return isNotParquetMessage || (failure instanceof SparkException && isNotParquet(failure.getCause()));
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
