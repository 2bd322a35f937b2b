package org.sparkpipelines.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** A parquet table handed to a job, which answers for its own path and columns: what is not there is named in one sentence. */
public record InputTable(Dataset<Row> rows, String uri) {

    public InputTable {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(uri, "uri");
    }

    public static InputTable readParquet(SparkSession session, String flag, String uri) {
        requireSomethingAt(session, flag, uri);
        try {
            return new InputTable(session.read().parquet(uri), uri);
        } catch (Exception unreadable) {
            // Spark's Scala API throws its checked exceptions undeclared.
            if (unreadable instanceof AnalysisException) {
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
        DataType type = field.dataType();
        if (!(type instanceof NumericType) && !(type instanceof StringType)) {
            throw new UserFault(flag + ": column '" + field.name() + "' of " + uri + " is of type "
                    + type.simpleString() + "; a number, or text with numbers, is needed.");
        }
        boolean whole = List.of("tinyint", "smallint", "int", "bigint").contains(type.simpleString());
        // try_cast, for a cast of text that is no number fails the job when spark.sql.ansi.enabled is on.
        return functions.expr("try_cast(" + quoted(field.name()) + " as " + (whole ? "bigint" : "double") + ")");
    }

    /** The column as a year; text such as "2004.0" counts, and what is no year becomes null. */
    public Column year(String flag, String name) {
        number(flag, name);
        String quoted = quoted(field(flag, name).name());
        return functions.expr("try_cast(try_cast(" + quoted + " as double) as int)");
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

    private static void requireSomethingAt(SparkSession session, String flag, String uri) {
        try {
            Path path = new Path(uri);
            FileStatus @Nullable [] found = path.getFileSystem(
                            session.sparkContext().hadoopConfiguration())
                    .globStatus(path);
            if (found == null || found.length == 0) {
                throw new UserFault(flag + ": there is nothing at " + uri + ".");
            }
        } catch (UnsupportedFileSystemException | IllegalArgumentException unusable) {
            throw new UserFault(flag + ": " + uri + " cannot be opened (" + unusable.getMessage() + ").");
        } catch (IOException failed) {
            throw new UncheckedIOException(flag + ": looking for " + uri + " failed", failed);
        }
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
