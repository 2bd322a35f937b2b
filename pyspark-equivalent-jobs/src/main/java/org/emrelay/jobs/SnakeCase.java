package org.emrelay.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.UserFault;

/**
 * Converts column names to snake_case.
 *
 * <p>OrderID, orderId and order_id become the same name, so jobs accept tables with any naming convention.
 */
public final class SnakeCase {
    private SnakeCase() {}

    public static String of(String name) {
        return name.strip()
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .replaceAll("^_+|_+$", "")
                .toLowerCase(Locale.ROOT);
    }

    public static InputTable renameColumns(InputTable table, String flag) {
        Dataset<Row> rows = table.rows();
        List<String> names = new ArrayList<>();
        for (String original : rows.columns()) {
            String name = of(original);
            if (names.contains(name)) {
                throw new UserFault(flag + ": two columns of " + table.uri() + " are both named '" + name
                        + "' in snake_case; rename one of them.");
            }
            names.add(name);
        }
        return new InputTable(rows.toDF(names.toArray(String[]::new)), table.uri());
    }
}
