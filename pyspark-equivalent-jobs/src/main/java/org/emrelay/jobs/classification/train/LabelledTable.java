package org.emrelay.jobs.classification.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.UserFault;

/**
 * A training table: id, label converted to 1 or 0, and the unencoded features.
 *
 * @param positiveValue the original label value that became 1
 * @param rowCount the number of rows with id and label
 * @param dropped the number of rows without id or label
 */
record LabelledTable(Dataset<Row> rows, String positiveValue, long rowCount, long dropped) {
    private static final List<String> POSITIVE_VALUES = List.of("1", "true", "yes", "y");
    private static final int MAX_LISTED_VALUES = 5;

    LabelledTable {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(positiveValue, "positiveValue");
    }

    static LabelledTable of(InputTable table, TrainClassifiersArguments arguments, List<String> features) {
        Column id = table.column("--id", arguments.id()).cast("string");
        Column label = table.column("--label", arguments.label()).cast("string");
        Column isUsable = id.isNotNull().and(label.notEqual(""));
        Map<String, Long> counts = new LinkedHashMap<>();
        table.rows()
                .groupBy(when(isUsable, label).as(ModelColumns.LABEL))
                .agg(count(lit(1)).as("rows"))
                .orderBy(col("rows").desc(), col(ModelColumns.LABEL))
                .limit(MAX_LISTED_VALUES)
                .collectAsList()
                .forEach(row -> counts.put(row.isNullAt(0) ? "" : row.getString(0), row.getLong(1)));
        long dropped = Objects.requireNonNullElse(counts.remove(""), 0L);
        String column = "--label: '" + arguments.label() + "' of " + table.uri();
        requireTwoClasses(column, counts);
        String positive = arguments
                .positive()
                .map(requested -> requestedPositive(column, requested, counts))
                .orElseGet(() -> positiveValue(counts));
        Column[] columns = new Column[features.size() + 2];
        columns[0] = id.as(ModelColumns.ID);
        columns[1] = label.equalTo(positive).cast("double").as(ModelColumns.LABEL);
        for (int feature = 0; feature < features.size(); feature++) {
            columns[feature + 2] = table.column("--features", features.get(feature));
        }
        long size = counts.values().stream().mapToLong(Long::longValue).sum();
        return new LabelledTable(table.rows().where(isUsable).select(columns), display(positive), size, dropped);
    }

    private static void requireTwoClasses(String column, Map<String, Long> counts) {
        if (counts.isEmpty()) {
            throw new UserFault(column + " is empty in all rows with an id. Training needs labels.");
        }
        if (counts.size() == 1) {
            Map.Entry<String, Long> only = counts.entrySet().iterator().next();
            throw new UserFault(
                    column + " is " + display(only.getKey()) + " in all " + only.getValue() + " rows: there is no "
                            + (isPositiveValue(only.getKey()) ? "negative" : "positive")
                            + " row. Training needs rows of both classes.");
        }
        if (counts.size() > 2) {
            throw new UserFault(column + " has more than two values: "
                    + counts.keySet().stream()
                            .map(LabelledTable::display)
                            .sorted()
                            .collect(Collectors.joining(", ")) + (counts.size() < MAX_LISTED_VALUES ? "" : ", …")
                    + ". Binary classification needs exactly two.");
        }
    }

    private static String requestedPositive(String column, String requested, Map<String, Long> counts) {
        return counts.keySet().stream()
                .filter(value -> isSame(value, requested))
                .findFirst()
                .orElseThrow(
                        () -> new UserFault("--positive: " + column.substring("--label: ".length()) + " has no value '"
                                + requested + "'. Values: "
                                + counts.keySet().stream()
                                        .map(LabelledTable::display)
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private static boolean isSame(String value, String requested) {
        Optional<Double> number = number(value);
        return value.equalsIgnoreCase(requested) || (number.isPresent() && number.equals(number(requested)));
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** The value that reads like a yes, otherwise the rarer one. */
    private static String positiveValue(Map<String, Long> counts) {
        List<String> byFrequency = List.copyOf(counts.keySet());
        return byFrequency.stream()
                .filter(LabelledTable::isPositiveValue)
                .findFirst()
                .orElse(byFrequency.get(1));
    }

    private static boolean isPositiveValue(String value) {
        return POSITIVE_VALUES.stream().anyMatch(yes -> isSame(value, yes));
    }

    /** Formats a double or decimal label as an integer. */
    private static String display(String value) {
        return value.replaceFirst("^(-?\\d+)\\.0+$", "$1");
    }
}
