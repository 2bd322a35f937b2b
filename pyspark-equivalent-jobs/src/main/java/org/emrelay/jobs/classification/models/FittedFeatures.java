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

/** The feature encodings fitted to training rows. */
public record FittedFeatures(List<FeatureColumn> columns, Map<String, String> leftOut) {
    /** A category or a missing indicator needs at least this many rows. */
    private static final int MIN_ROWS = 5;

    private static final int MAX_CATEGORIES = 100;

    /**
     * @param leftOut the reason for each column that carries no information
     */
    public FittedFeatures {
        columns = List.copyOf(columns);
        leftOut = new LinkedHashMap<>(leftOut);
    }

    public static FittedFeatures fit(Map<String, FeatureKind> kinds, List<Row> rows) {
        List<FeatureColumn> columns = new ArrayList<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        int index = 0;
        for (Map.Entry<String, FeatureKind> feature : kinds.entrySet()) {
            FitResult result = feature.getValue() == FeatureKind.CATEGORY
                    ? category(feature.getKey(), rows, index)
                    : number(feature.getKey(), feature.getValue(), rows, index);
            result.column().ifPresentOrElse(columns::add, () -> leftOut.put(feature.getKey(), result.reason()));
            index++;
        }
        return new FittedFeatures(columns, leftOut);
    }

    /** An encoding, or the reason for leaving the column out. */
    private record FitResult(Optional<FeatureColumn> column, String reason) {
        static FitResult leftOut(String reason) {
            return new FitResult(Optional.empty(), reason);
        }
    }

    private static FitResult number(String name, FeatureKind kind, List<Row> rows, int index) {
        double[] values = rows.stream()
                .mapToDouble(row -> FeatureColumn.number(row.get(index)))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (values.length == 0) {
            return FitResult.leftOut("no values");
        }
        boolean marksMissing = rows.size() - values.length >= MIN_ROWS;
        if (values[0] == values[values.length - 1] && !marksMissing) {
            return FitResult.leftOut("constant");
        }
        // The lower median, which is a value of the data.
        double median = values[(values.length - 1) / 2];
        return new FitResult(Optional.of(FeatureColumn.number(name, kind, median, marksMissing)), "");
    }

    private static FitResult category(String name, List<Row> rows, int index) {
        Map<String, Integer> counts = new TreeMap<>();
        int missing = 0;
        for (Row row : rows) {
            if (row.isNullAt(index)) {
                missing++;
            } else {
                counts.merge(row.getString(index), 1, Integer::sum);
            }
        }
        if (counts.isEmpty()) {
            return FitResult.leftOut("no values");
        }
        boolean marksMissing = missing >= MIN_ROWS;
        if (counts.size() == 1 && !marksMissing) {
            return FitResult.leftOut("constant");
        }
        List<String> frequent = counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= MIN_ROWS)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .limit(MAX_CATEGORIES)
                .toList();
        int covered = frequent.stream()
                .mapToInt(value -> Objects.requireNonNull(counts.get(value)))
                .sum();
        if (2 * covered < rows.size() - missing) {
            return FitResult.leftOut(counts.size() + " distinct values, most of them rare");
        }
        return new FitResult(Optional.of(FeatureColumn.category(name, frequent, marksMissing)), "");
    }
}
