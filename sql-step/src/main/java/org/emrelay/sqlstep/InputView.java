package org.emrelay.sqlstep;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.UserFault;

/**
 * An input as a temporary view.
 *
 * @param uris of several, the view has the rows of all
 */
record InputView(String name, List<String> uris) {
    InputView {
        Objects.requireNonNull(name, "name");
        uris = List.copyOf(uris);
    }

    void create(SparkSession session) {
        List<InputTable> tables = uris.stream()
                .map(uri -> InputTable.readTyped(session, label(), uri))
                .toList();
        InputTable first = tables.get(0);
        Dataset<Row> rows = first.rows();
        for (InputTable table : tables.subList(1, tables.size())) {
            rows = union(first, rows, table);
        }
        rows.createOrReplaceTempView("`" + name + "`");
    }

    private Dataset<Row> union(InputTable first, Dataset<Row> rows, InputTable table) {
        if (!columns(first).equals(columns(table))) {
            throw new UserFault(label() + ": " + table.uri() + " has the columns " + columns(table) + ", but "
                    + first.uri() + " has " + columns(first) + ". One view needs the same columns everywhere.");
        }
        try {
            return rows.unionByName(table.rows());
        } catch (Exception failed) {
            // Spark's Scala API throws checked exceptions without declaring them.
            if (failed instanceof AnalysisException) {
                throw new UserFault(label() + ": the columns of " + table.uri() + " and " + first.uri()
                        + " have types that do not fit together: " + types(table) + " and " + types(first) + ".");
            }
            throw failed;
        }
    }

    private String label() {
        return "input '" + name + "'";
    }

    private static String columns(InputTable table) {
        return Arrays.stream(table.rows().columns())
                .map(column -> column.toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String types(InputTable table) {
        return table.rows().schema().toDDL();
    }
}
