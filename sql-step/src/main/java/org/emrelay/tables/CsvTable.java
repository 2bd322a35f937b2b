package org.emrelay.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Reads CSV files with a header; types and faults are found in one pass over all rows. */
final class CsvTable {
    /** Spark puts a row here if its number of values differs from the header's. */
    private static final String MALFORMED = "_malformed_";

    private CsvTable() {}

    static Dataset<Row> read(SparkSession session, String flag, DetectedFormat detected, String uri) {
        DataFrameReader reader = session.read().options(detected.options());
        Dataset<Row> header = reader.csv(uri);
        if (header.inputFiles().length > 1) {
            // Columns of another file in another order would get the wrong names.
            reader.option("enforceSchema", "false");
        }
        List<String> names = List.of(header.columns());
        Dataset<Row> rows = reader.schema(header.schema().add(MALFORMED, DataTypes.StringType))
                .option("columnNameOfCorruptRecord", MALFORMED)
                .csv(uri);
        int values = names.size() - PartitionColumns.of(header).size();
        List<Column> aggregates = new ArrayList<>(Arrays.asList(ColumnTypes.kinds(names)));
        aggregates.add(functions.min(functions.when(isLonger(detected, values), functions.col(MALFORMED))));
        Row found = rows.select(aggregates.toArray(Column[]::new)).head();
        if (!found.isNullAt(names.size())) {
            throw new UserFault(flag + ": " + uri + " has rows with more values than the " + values
                    + " names of its header, such as '" + found.getString(names.size()) + "'.");
        }
        return ColumnTypes.cast(rows.drop(MALFORMED), names, found);
    }

    /** Whether Spark would drop a value of a row. A row with fewer values has nulls instead. */
    private static Column isLonger(DetectedFormat detected, int values) {
        String columns = IntStream.rangeClosed(0, values)
                .mapToObj(index -> "c" + index + " string")
                .collect(Collectors.joining(", "));
        return functions
                .from_csv(functions.col(MALFORMED), functions.lit(columns), detected.options())
                .getField("c" + values)
                .isNotNull();
    }
}
