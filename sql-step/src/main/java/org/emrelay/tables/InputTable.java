package org.emrelay.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.emrelay.tables.TableFiles.Head;

/** An input table of a job, with the URI and column names for its error messages. */
public record InputTable(Dataset<Row> rows, String uri) {
    private static final String PARTITION_TYPES = "spark.sql.sources.partitionColumnTypeInference.enabled";
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

    /**
     * Reads a table in the format detected from its content, with the types of its values: those of CSV and of the folders of partitions
     * are inferred.
     */
    public static InputTable readTyped(SparkSession session, String flag, String uri) {
        TableFiles files = new TableFiles(flag, uri, session.sparkContext().hadoopConfiguration());
        Head head = files.head().orElseThrow(() -> new UserFault(flag + ": " + uri + " is empty."));
        DetectedFormat detected = DetectedFormat.of(head, Optional.empty());
        String inference = session.conf().get(PARTITION_TYPES);
        // Spark's own inference makes 7 of a folder code=007.
        session.conf().set(PARTITION_TYPES, "false");
        try {
            return switch (detected.format()) {
                case PARQUET -> withPartitionTypes(parquet(session, flag, uri));
                case JSON ->
                    withPartitionTypes(new InputTable(
                            session.read()
                                    .options(detected.options())
                                    .option("mode", "FAILFAST")
                                    .json(uri),
                            uri));
                case CSV, TSV -> new InputTable(CsvTable.read(session, flag, detected, uri), uri);
            };
        } catch (Exception failed) {
            // Spark's Scala API throws checked exceptions without declaring them.
            UnreadableTable.find(failed).ifPresent(reason -> {
                throw new UserFault(flag + ": " + uri + " " + reason);
            });
            if (failed instanceof AnalysisException analysis
                    && "UNABLE_TO_INFER_SCHEMA".equals(analysis.getErrorClass())) {
                throw new UserFault(
                        flag + ": " + uri + " has its files in subdirectories. Name the directory that contains"
                                + " the files, or name subdirectories by a column: day=2026-11-01.");
            }
            throw failed;
        } finally {
            session.conf().set(PARTITION_TYPES, inference);
        }
    }

    private static InputTable withPartitionTypes(InputTable table) {
        List<String> partitions = PartitionColumns.of(table.rows);
        return partitions.isEmpty() ? table : new InputTable(ColumnTypes.inferred(table.rows, partitions), table.uri);
    }

    private static InputTable parquet(SparkSession session, String flag, String uri) {
        try {
            return new InputTable(session.read().parquet(uri), uri);
        } catch (Exception failed) {
            // Spark's Scala API throws checked exceptions without declaring them.
            UnreadableTable.find(failed).ifPresent(reason -> {
                throw new UserFault(flag + ": " + uri + " " + reason);
            });
            if (failed instanceof AnalysisException) {
                throw new UserFault(flag + ": " + uri + " contains no Parquet files with rows or columns.");
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

    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
