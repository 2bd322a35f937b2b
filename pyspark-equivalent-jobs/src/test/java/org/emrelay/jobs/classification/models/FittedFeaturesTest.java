package org.emrelay.jobs.classification.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FittedFeaturesTest {
    @Test
    void encodesANumberWithItsMissingIndicator() {
        FeatureColumn column = fit(FeatureKind.NUMBER, 1.0, 9.0, 4.0, null, null, null, Double.NaN, null, 5.0);

        assertThat(column.slotNames()).containsExactly("it", "it is missing");
        assertThat(vector(column, 7.5)).containsExactly(7.5, 0);
        assertThat(vector(column, null)).containsExactly(4, 1);
        assertThat(vector(column, Double.POSITIVE_INFINITY)).containsExactly(4, 1);
        assertThat(column.formatTypical()).isEqualTo("4");
    }

    @Test
    void imputesFewMissingValuesWithoutIndicator() {
        FeatureColumn column = fit(FeatureKind.NUMBER, 1.0, 9.0, 4.0, null);

        assertThat(column.slotNames()).containsExactly("it");
        assertThat(vector(column, null)).containsExactly(4);
        assertThat(column.isTypical(null)).isTrue();
    }

    @Test
    void givesFrequentValuesTheirOwnSlotAndAllOthersASharedOne() {
        Object[] values = IntStream.range(0, 30)
                .mapToObj(row -> row < 12 ? "b" : row < 24 ? "a" : row < 29 ? null : "rare")
                .toArray();
        FeatureColumn column = fit(FeatureKind.CATEGORY, values);

        assertThat(column.slotNames()).containsExactly("it is 'a'", "it is 'b'", "it is any other", "it is missing");
        assertThat(vector(column, "b")).containsExactly(0, 1, 0, 0);
        assertThat(vector(column, "rare")).containsExactly(0, 0, 1, 0);
        assertThat(vector(column, "unseen")).containsExactly(0, 0, 1, 0);
        assertThat(vector(column, null)).containsExactly(0, 0, 0, 1);
        assertThat(column.formatTypical()).isEqualTo("a");
        assertThat(column.format(null)).isEqualTo("missing");
    }

    @Test
    void leavesOutUninformativeColumns() {
        assertThat(reason(FeatureKind.NUMBER, 3.0, 3.0, null)).isEqualTo("constant");
        assertThat(reason(FeatureKind.CATEGORY, "x", "x")).isEqualTo("constant");
        assertThat(reason(FeatureKind.NUMBER, null, null)).isEqualTo("no values");
        assertThat(reason(FeatureKind.CATEGORY, null, null)).isEqualTo("no values");
        assertThat(reason(FeatureKind.CATEGORY, "a", "b", "c")).isEqualTo("3 distinct values, most of them rare");
    }

    @Test
    void formatsValuesBriefly() {
        assertThat(FeatureKind.NUMBER.format(12.04)).isEqualTo("12");
        assertThat(FeatureKind.NUMBER.format(0.012349)).isEqualTo("0.0123");
        assertThat(FeatureKind.NUMBER.format(-123456.7)).isEqualTo("-123457");
        assertThat(FeatureKind.NUMBER.format(0)).isEqualTo("0");
        assertThat(FeatureKind.BOOLEAN.format(1)).isEqualTo("yes");
        assertThat(FeatureKind.DATE.format(18_262)).isEqualTo("2020-01-01");
        assertThat(FeatureKind.TIMESTAMP.format(18_262.5)).isEqualTo("2020-01-01T12:00:00Z");
    }

    private static double[] vector(FeatureColumn column, @Nullable Object value) {
        double[] vector = new double[column.size()];
        column.encode(vector, 0, value);
        return vector;
    }

    private static FeatureColumn fit(FeatureKind kind, @Nullable Object... values) {
        return FittedFeatures.fit(Map.of("it", kind), rows(values)).columns().get(0);
    }

    private static String reason(FeatureKind kind, @Nullable Object... values) {
        Map<String, String> leftOut = new LinkedHashMap<>(
                FittedFeatures.fit(Map.of("it", kind), rows(values)).leftOut());
        return leftOut.get("it");
    }

    private static List<Row> rows(@Nullable Object... values) {
        List<Row> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(RowFactory.create(new Object[] {value}));
        }
        return rows;
    }
}
