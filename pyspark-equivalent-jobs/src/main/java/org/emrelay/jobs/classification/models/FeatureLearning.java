package org.emrelay.jobs.classification.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** What the columns of a table look like on some of its rows: on those that train, and on no others. */
public record FeatureLearning(List<FeatureColumn> columns, Map<String, String> leftOut) {
    /** Of fewer rows nothing is learnt: neither what a rare value means nor what a missing one does. */
    private static final int FEW_ROWS = 5;

    private static final int MOST_VALUES = 100;

    /**
     * What was found.
     *
     * @param leftOut columns that tell nothing, with the reason
     */
    public FeatureLearning {
        columns = List.copyOf(columns);
        leftOut = new LinkedHashMap<>(leftOut);
    }

    public static FeatureLearning of(Map<String, FeatureKind> kinds, List<Row> rows) {
        List<FeatureColumn> columns = new ArrayList<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        int place = 0;
        for (Map.Entry<String, FeatureKind> feature : kinds.entrySet()) {
            Learnt learnt = feature.getValue() == FeatureKind.CATEGORY
                    ? category(feature.getKey(), rows, place)
                    : number(feature.getKey(), feature.getValue(), rows, place);
            learnt.column().ifPresentOrElse(columns::add, () -> leftOut.put(feature.getKey(), learnt.reason()));
            place++;
        }
        return new FeatureLearning(columns, leftOut);
    }

    /** A column, or the reason why it is none. */
    private record Learnt(Optional<FeatureColumn> column, String reason) {
        static Learnt nothing(String reason) {
            return new Learnt(Optional.empty(), reason);
        }
    }

    private static Learnt number(String name, FeatureKind kind, List<Row> rows, int place) {
        double[] values = rows.stream()
                .mapToDouble(row -> FeatureColumn.number(row.get(place)))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (values.length == 0) {
            return Learnt.nothing("no value in any row");
        }
        boolean marksMissing = rows.size() - values.length >= FEW_ROWS;
        if (values[0] == values[values.length - 1] && !marksMissing) {
            return Learnt.nothing("the same in every row");
        }
        // The lower one of two: a value that there is.
        double median = values[(values.length - 1) / 2];
        return new Learnt(Optional.of(FeatureColumn.number(name, kind, median, marksMissing)), "");
    }

    private static Learnt category(String name, List<Row> rows, int place) {
        Map<String, Integer> counts = new TreeMap<>();
        int missing = 0;
        for (Row row : rows) {
            if (row.isNullAt(place)) {
                missing++;
            } else {
                counts.merge(row.getString(place), 1, Integer::sum);
            }
        }
        if (counts.isEmpty()) {
            return Learnt.nothing("no value in any row");
        }
        boolean marksMissing = missing >= FEW_ROWS;
        if (counts.size() == 1 && !marksMissing) {
            return Learnt.nothing("the same in every row");
        }
        List<String> frequent = counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= FEW_ROWS)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .limit(MOST_VALUES)
                .toList();
        int covered = frequent.stream()
                .mapToInt(value -> Objects.requireNonNull(counts.get(value)))
                .sum();
        if (2 * covered < rows.size() - missing) {
            return Learnt.nothing(counts.size() + " values, most of them in hardly any row");
        }
        return new Learnt(Optional.of(FeatureColumn.category(name, frequent, marksMissing)), "");
    }
}
