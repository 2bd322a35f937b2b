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
 * The rows from which medians, categories and leaks are told: all of a table that a driver can hold, else as many, drawn by a hash
 * of what they hold, so that neither order nor partitions have a say.
 */
public record TableSample(Map<String, FeatureKind> kinds, List<Row> rows) {
    private static final int MOST_ROWS = 50_000;
    private static final int MOST_CELLS = 4_000_000;

    public TableSample {
        kinds = new LinkedHashMap<>(kinds);
        rows = List.copyOf(rows);
    }

    /** Of a table with {@link ModelColumns#LABEL} and the features; further columns are kept whose names are given. */
    public static TableSample of(Dataset<Row> table, List<String> features, String... further) {
        Map<String, FeatureKind> kinds = kinds(table, features);
        Dataset<Row> wanted = wanted(table, kinds, further);
        int most = most(wanted.columns().length);
        List<Row> rows = wanted.limit(most + 1).collectAsList();
        return new TableSample(kinds, rows.size() > most ? drawn(wanted, most) : rows);
    }

    private static int most(int columns) {
        return Math.min(MOST_ROWS, MOST_CELLS / columns);
    }

    private static List<Row> drawn(Dataset<Row> wanted, int most) {
        Column hash = functions.xxhash64(columns(wanted.columns()).toArray(Column[]::new));
        return wanted.orderBy(hash).limit(most).collectAsList();
    }

    private static Dataset<Row> wanted(Dataset<Row> table, Map<String, FeatureKind> kinds, String... further) {
        List<Column> columns = new ArrayList<>();
        kinds.forEach((name, kind) ->
                columns.add(functions.expr(kind.expression(name)).as(name)));
        columns.add(functions.col(ModelColumns.LABEL));
        for (String name : further) {
            columns.add(functions.col(name));
        }
        return table.select(columns.toArray(Column[]::new));
    }

    /** As many rows of the one class as of the other, as far as there are: by few positive rows among very many all is told. */
    public static TableSample ofBothClasses(TableSample sample, Dataset<Row> table, String... further) {
        int most = most(sample.kinds().size() + 1 + further.length);
        if (sample.rows().size() < most) {
            return sample;
        }
        Dataset<Row> wanted = wanted(table, sample.kinds(), further);
        List<Row> rows = new ArrayList<>();
        for (double label : new double[] {0, 1}) {
            rows.addAll(drawn(wanted.where(functions.col(ModelColumns.LABEL).equalTo(label)), most / 2));
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

    /** Where a further column, or the label, lies in the rows; the features lie in the order of their kinds. */
    public int place(String column) {
        return Objects.requireNonNull(rows.get(0).schema(), "schema").fieldIndex(column);
    }

    public boolean isPositive(Row row) {
        return row.getDouble(kinds.size()) > 0;
    }
}
