package org.emrelay.tables;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Infers the types of text columns from all their values, in one pass.
 *
 * <p>Spark's own inference makes 1234 of 01234. Here numbers with leading zeros and those that no bigint holds are text, because
 * they are codes.
 */
final class ColumnTypes {
    private static final int INT = 1;
    private static final int BIGINT = 2;
    private static final int DOUBLE = 4;
    private static final int BOOLEAN = 8;
    private static final int DATE = 16;
    private static final int TIMESTAMP = 32;
    private static final int TEXT = 64;

    private static final String WHOLE = "^[+-]?(0|[1-9][0-9]{0,17})$";
    private static final String EXPONENT = "[eE][+-]?[0-9]+";
    private static final String FRACTION =
            "^[+-]?((0|[1-9][0-9]*)([.][0-9]*(" + EXPONENT + ")?|" + EXPONENT + ")|[.][0-9]+(" + EXPONENT + ")?)$";
    private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String TIME =
            "^" + DAY + "[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?$";

    private ColumnTypes() {}

    /**
     * Casts text columns to the narrowest types that hold all their values; a column without values stays text.
     *
     * @param names the columns; the others stay as they are
     */
    static Dataset<Row> inferred(Dataset<Row> rows, List<String> names) {
        return cast(rows, names, rows.select(kinds(names)).head());
    }

    /** The kinds of the columns' values, for {@link #cast}, as aggregates. */
    static Column[] kinds(List<String> names) {
        return names.stream()
                .map(name -> functions.bit_or(kind(InputTable.quoted(name))))
                .toArray(Column[]::new);
    }

    /** @param kinds the values of {@link #kinds}, and perhaps others after them */
    static Dataset<Row> cast(Dataset<Row> rows, List<String> names, Row kinds) {
        return rows.select(Stream.of(rows.columns())
                .map(name -> typed(name, names.indexOf(name), kinds))
                .toArray(Column[]::new));
    }

    private static Column typed(String name, int index, Row kinds) {
        String quoted = InputTable.quoted(name);
        String type = index < 0 || kinds.isNullAt(index) ? "string" : type(kinds.getInt(index));
        return (type.equals("string") ? functions.col(quoted) : cast(quoted, type)).as(name);
    }

    /** Null for a missing value. */
    private static Column kind(String name) {
        Column text = functions.col(name);
        return functions
                .when(text.isNull().or(text.equalTo("")), null)
                .when(
                        text.rlike(WHOLE),
                        functions.when(cast(name, "int").isNotNull(), INT).otherwise(BIGINT))
                .when(text.rlike(FRACTION), DOUBLE)
                .when(functions.lower(text).isin("true", "false"), BOOLEAN)
                .when(text.rlike("^" + DAY + "$").and(cast(name, "date").isNotNull()), DATE)
                .when(text.rlike(TIME).and(cast(name, "timestamp").isNotNull()), TIMESTAMP)
                .otherwise(TEXT);
    }

    /** With spark.sql.ansi.enabled, a plain cast of text that does not fit fails the job. */
    private static Column cast(String name, String type) {
        return functions.expr("try_cast(" + name + " as " + type + ")");
    }

    private static String type(int kinds) {
        if (kinds == INT) {
            return "int";
        } else if (isAmong(kinds, INT | BIGINT)) {
            return "bigint";
        } else if (isAmong(kinds, INT | BIGINT | DOUBLE)) {
            return "double";
        } else if (kinds == BOOLEAN) {
            return "boolean";
        } else if (kinds == DATE) {
            return "date";
        }
        return isAmong(kinds, DATE | TIMESTAMP) ? "timestamp" : "string";
    }

    private static boolean isAmong(int kinds, int allowed) {
        return (kinds | allowed) == allowed;
    }
}
