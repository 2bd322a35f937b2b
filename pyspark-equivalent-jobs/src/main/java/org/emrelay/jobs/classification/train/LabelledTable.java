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
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.classification.models.ModelColumns;

/**
 * A table to learn from: an id, a label that is 1 or 0 whatever it was before, and the features as they came.
 *
 * @param positive the value that became 1
 * @param size how many rows there are, without those that have no id or no label
 * @param dropped rows that have none
 */
record LabelledTable(Dataset<Row> rows, String positive, long size, long dropped) {
    private static final List<String> YES = List.of("1", "true", "yes", "y");
    private static final int SHOWN_VALUES = 5;

    LabelledTable {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(positive, "positive");
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
                .limit(SHOWN_VALUES)
                .collectAsList()
                .forEach(row -> counts.put(row.isNullAt(0) ? "" : row.getString(0), row.getLong(1)));
        long dropped = Objects.requireNonNullElse(counts.remove(""), 0L);
        String what = "--label: '" + arguments.label() + "' of " + table.uri();
        requireTwo(what, counts);
        String positive =
                arguments.positive().map(given -> given(what, given, counts)).orElseGet(() -> positive(counts));
        Column[] columns = new Column[features.size() + 2];
        columns[0] = id.as(ModelColumns.ID);
        columns[1] = label.equalTo(positive).cast("double").as(ModelColumns.LABEL);
        for (int next = 0; next < features.size(); next++) {
            columns[next + 2] = table.column("--features", features.get(next));
        }
        long size = counts.values().stream().mapToLong(Long::longValue).sum();
        return new LabelledTable(table.rows().where(isUsable).select(columns), shown(positive), size, dropped);
    }

    private static void requireTwo(String what, Map<String, Long> counts) {
        if (counts.isEmpty()) {
            throw new UserFault(what + " has no value in any row with an id: there is nothing to learn from.");
        }
        if (counts.size() == 1) {
            Map.Entry<String, Long> only = counts.entrySet().iterator().next();
            throw new UserFault(
                    what + " is " + shown(only.getKey()) + " in all " + only.getValue() + " rows: there is no "
                            + (isYes(only.getKey())
                                    ? "negative row (of users: nobody who stays)"
                                    : "positive row (of users: no churner)")
                            + ", so there is nothing to tell apart.");
        }
        if (counts.size() > 2) {
            throw new UserFault(what + " has more than two values: "
                    + counts.keySet().stream()
                            .map(LabelledTable::shown)
                            .sorted()
                            .collect(Collectors.joining(", ")) + (counts.size() < SHOWN_VALUES ? "" : ", …")
                    + "; make it two classes.");
        }
    }

    private static String given(String what, String given, Map<String, Long> counts) {
        return counts.keySet().stream()
                .filter(value -> isSame(value, given))
                .findFirst()
                .orElseThrow(() -> new UserFault("--positive: " + what.substring("--label: ".length()) + " is never '"
                        + given + "'. Its values: "
                        + counts.keySet().stream()
                                .map(LabelledTable::shown)
                                .sorted()
                                .collect(Collectors.joining(", ")) + "."));
    }

    private static boolean isSame(String value, String given) {
        Optional<Double> number = number(value);
        return value.equalsIgnoreCase(given) || (number.isPresent() && number.equals(number(given)));
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** What reads like a yes, else the rarer one, which is why somebody looks for it. */
    private static String positive(Map<String, Long> counts) {
        List<String> theMostFrequentFirst = List.copyOf(counts.keySet());
        return theMostFrequentFirst.stream()
                .filter(LabelledTable::isYes)
                .findFirst()
                .orElse(theMostFrequentFirst.get(1));
    }

    private static boolean isYes(String value) {
        return YES.stream().anyMatch(yes -> isSame(value, yes));
    }

    /** A label that is a double or a decimal reads like a whole number. */
    private static String shown(String value) {
        return value.replaceFirst("^(-?\\d+)\\.0+$", "$1");
    }
}
