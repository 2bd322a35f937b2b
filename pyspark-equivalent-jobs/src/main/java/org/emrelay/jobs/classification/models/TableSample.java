package org.emrelay.jobs.classification.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/**
 * The rows for feature encodings and the leakage check, collected to the driver.
 *
 * <p>Contains all rows of a small table, and a sample of a large one. Rows are sampled by hash of their values, so
 * that the sample depends neither on row order nor on partitions.
 */
public record TableSample(Map<String, FeatureKind> kinds, List<Row> rows) {
    private static final int MAX_ROWS = 50_000;
    private static final int MAX_CELLS = 4_000_000;

    public TableSample {
        kinds = new LinkedHashMap<>(kinds);
        rows = List.copyOf(rows);
    }

    /** Samples a table with {@link ModelColumns#LABEL} and the features, keeping additional columns. */
    public static TableSample of(Dataset<Row> table, List<String> features, String... additional) {
        Map<String, FeatureKind> kinds = kinds(table, features);
        Dataset<Row> selected = selectSampled(table, kinds, additional);
        int limit = maxRows(selected.columns().length);
        List<Row> rows = selected.limit(limit + 1).collectAsList();
        return new TableSample(kinds, rows.size() > limit ? hashSample(selected, limit) : rows);
    }

    private static int maxRows(int columns) {
        return Math.min(MAX_ROWS, MAX_CELLS / columns);
    }

    private static List<Row> hashSample(Dataset<Row> selected, int limit) {
        Column hash = functions.xxhash64(columns(selected.columns()).toArray(Column[]::new));
        return selected.orderBy(hash).limit(limit).collectAsList();
    }

    private static Dataset<Row> selectSampled(
            Dataset<Row> table, Map<String, FeatureKind> kinds, String... additional) {
        List<Column> columns = new ArrayList<>();
        kinds.forEach((name, kind) ->
                columns.add(functions.expr(kind.expression(name)).as(name)));
        columns.add(functions.col(ModelColumns.LABEL));
        for (String name : additional) {
            columns.add(functions.col(name));
        }
        return table.select(columns.toArray(Column[]::new));
    }

    /** A sample with equally many rows of both classes, as far as available: of a rare class every row counts. */
    public static TableSample balanced(TableSample sample, Dataset<Row> table, String... additional) {
        int limit = maxRows(sample.kinds().size() + 1 + additional.length);
        if (sample.rows().size() < limit) {
            return sample;
        }
        Dataset<Row> selected = selectSampled(table, sample.kinds(), additional);
        List<Row> rows = new ArrayList<>();
        for (double label : new double[] {0, 1}) {
            rows.addAll(
                    hashSample(selected.where(functions.col(ModelColumns.LABEL).equalTo(label)), limit / 2));
        }
        return new TableSample(sample.kinds(), rows);
    }

    private static List<Column> columns(String... names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(functions.col("`" + name.replace("`", "``") + "`"));
        }
        return columns;
    }

    private static Map<String, FeatureKind> kinds(Dataset<Row> table, List<String> features) {
        Map<String, FeatureKind> kinds = new LinkedHashMap<>();
        for (String name : features) {
            StructField field = table.schema().apply(name);
            Optional<FeatureKind> kind = FeatureKind.of(field.dataType());
            kinds.put(
                    name,
                    kind.orElseThrow(() -> new IllegalArgumentException(
                            name + " cannot be a feature: " + field.dataType().simpleString())));
        }
        return kinds;
    }

    /** The field index of the label or an additional column; features come first, in the order of {@code kinds}. */
    public int fieldIndex(String column) {
        return Objects.requireNonNull(rows.get(0).schema(), "schema").fieldIndex(column);
    }

    public boolean isPositive(Row row) {
        return row.getDouble(kinds.size()) > 0;
    }
}
