package org.emrelay.sqlstep;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.emrelay.sqlscript.SqlFault;
import org.emrelay.sqlscript.SqlPosition;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.Suggestion;
import org.emrelay.tables.UserFault;

/**
 * The rows of a query, which become the output.
 *
 * @param position where the query begins
 */
record QueryResult(SqlStepArguments arguments, Dataset<Row> rows, SqlPosition position) {
    QueryResult {
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(position, "position");
    }

    void check() {
        checkColumns();
        checkPartitionColumns();
    }

    void write(OutputDirectory output) {
        check();
        if (arguments.partitionBy().isEmpty()) {
            writer(rows).save(output.path().toString());
            return;
        }
        writer(rows)
                .partitionBy(arguments.partitionBy().toArray(String[]::new))
                .save(output.path().toString());
        if (output.hasNoData()) {
            // Without rows there are no partitions: a file without rows has the columns, so that the output can be
            // read.
            writer(rows.limit(0)).save(output.path().toString());
        }
    }

    private DataFrameWriter<Row> writer(Dataset<Row> written) {
        return written.write()
                // The directory may exist and be empty, which Spark's default save mode rejects.
                .mode(SaveMode.Append)
                .format(arguments.format().toString())
                .options(arguments.format().options());
    }

    /** Spark writes what no program can read again, such as two columns of one name. */
    private void checkColumns() {
        if (rows.columns().length == 0) {
            throw fault("the query returns no columns.");
        }
        Map<String, String> seen = new HashMap<>();
        for (String column : rows.columns()) {
            String other = seen.putIfAbsent(column.toLowerCase(Locale.ROOT), column);
            if (other != null && other.equals(column)) {
                throw fault("the query returns two columns called '" + column + "'. Name one of them with AS.");
            } else if (other != null) {
                throw fault("the query returns the columns '" + other + "' and '" + column
                        + "', which differ only in case. Name one of them with AS.");
            }
        }
    }

    private void checkPartitionColumns() {
        List<String> columns = List.of(rows.columns());
        for (String partition : arguments.partitionBy()) {
            if (columns.stream().noneMatch(partition::equalsIgnoreCase)) {
                throw new UserFault(
                        "output.partition_by: the query returns no column '" + partition + "'. Its columns: "
                                + String.join(", ", columns) + "." + Suggestion.didYouMean(partition, columns));
            }
        }
        if (Arrays.stream(rows.columns())
                .allMatch(column -> arguments.partitionBy().stream().anyMatch(column::equalsIgnoreCase))) {
            throw new UserFault(
                    "output.partition_by: names all columns of the query, so that the files would be empty.");
        }
    }

    private UserFault fault(String message) {
        return new UserFault(new SqlFault(position, message).in(arguments.file()));
    }
}
