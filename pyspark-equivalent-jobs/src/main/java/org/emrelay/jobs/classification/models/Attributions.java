package org.emrelay.jobs.classification.models;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.learning.SavedPipeline;
import org.jspecify.annotations.Nullable;

/**
 * Says of each row what pushes its chance up, with any kind of model: one feature after the other, a category as a whole, is set to
 * what it typically is, and the chance asked for again. Costs a prediction for each feature that is not typical; a row's are made and
 * forgotten before the next row's.
 */
public final class Attributions {
    /** How many are named: {@code reason_1} is the weightiest. */
    public static final int MOST = 3;

    public static final String REASON = "reason_";

    private static final String VALUES = "_values_";
    private static final String TEXT = "_text_";

    /** A row itself, and after it the same row with one feature after the other made typical. */
    private static final StructType VARIANTS = new StructType()
            .add(ModelColumns.ID, DataTypes.StringType)
            .add(TEXT, DataTypes.StringType)
            .add(ModelColumns.FEATURES, SQLDataTypes.VectorType());

    private Attributions() {}

    /**
     * {@link ModelColumns#ID}, {@link ModelColumns#CHANCE}, and the reasons, null where there are fewer.
     *
     * @param model the whole, as {@link TrainedModels#model} gives it
     * @param rows with {@link ModelColumns#ID} and the columns that the model knows
     */
    public static Dataset<Row> of(String flag, SavedPipeline model, Dataset<Row> rows) {
        List<FeatureColumn> columns = TrainedModels.columns(model);
        Dataset<Row> vectors = TrainedModels.toVectors(model)
                .transform(flag, rows, ModelColumns.FEATURES)
                .select(col(ModelColumns.ID), TableVectors.values(columns).as(VALUES), col(ModelColumns.FEATURES));
        Dataset<Row> variants =
                vectors.flatMap((FlatMapFunction<Row, Row>) row -> variants(columns, row), Encoders.row(VARIANTS));
        StructType schema = new StructType()
                .add(ModelColumns.ID, DataTypes.StringType)
                .add(ModelColumns.CHANCE, DataTypes.DoubleType);
        for (int reason = 1; reason <= MOST; reason++) {
            schema = schema.add(REASON + reason, DataTypes.StringType);
        }
        return TrainedModels.onVectors(model)
                .transform(flag, variants, ModelColumns.CHANCE)
                .select(ModelColumns.ID, TEXT, ModelColumns.CHANCE)
                .mapPartitions((MapPartitionsFunction<Row, Row>) Gathered::new, Encoders.row(schema));
    }

    private static Iterator<Row> variants(List<FeatureColumn> columns, Row row) {
        Row values = row.getStruct(1);
        double[] own = row.<Vector>getAs(2).toArray();
        List<Supplier<Row>> variants = new ArrayList<>();
        variants.add(() -> variant(row.getString(0), null, Vectors.dense(own)));
        int from = 0;
        for (int place = 0; place < columns.size(); place++) {
            FeatureColumn column = columns.get(place);
            Object value = values.get(place);
            int start = from;
            if (!column.isTypical(value)) {
                String text = column.name() + " " + column.text(value) + " (typical " + column.typicalText() + ")";
                variants.add(() -> variant(row.getString(0), text, typical(own, start, column)));
            }
            from += column.size();
        }
        return variants.stream().map(Supplier::get).iterator();
    }

    /** With its schema: Spark hands it as it is to XGBoost, which looks for columns by their names. */
    private static Row variant(String id, @Nullable String text, Vector features) {
        return new GenericRowWithSchema(new @Nullable Object[] {id, text, features}, VARIANTS);
    }

    private static Vector typical(double[] own, int from, FeatureColumn column) {
        double[] changed = own.clone();
        Arrays.fill(changed, from, from + column.size(), 0);
        column.put(changed, from, column.typicalValue());
        return Vectors.dense(changed);
    }

    /** Puts together again what {@link #variants} made of a row; nothing between has changed the order. */
    private static final class Gathered implements Iterator<Row> {
        private final Iterator<Row> variants;
        private @Nullable Row next;

        Gathered(Iterator<Row> variants) {
            this.variants = variants;
            next = variants.hasNext() ? variants.next() : null;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Row next() {
            Row own = next;
            if (own == null) {
                throw new NoSuchElementException();
            }
            List<Drop> drops = new ArrayList<>();
            next = null;
            while (variants.hasNext() && next == null) {
                Row variant = variants.next();
                if (variant.isNullAt(1)) {
                    next = variant;
                } else {
                    drops.add(new Drop(variant.getString(1), own.getDouble(2) - variant.getDouble(2)));
                }
            }
            return gathered(own, drops);
        }

        private static Row gathered(Row own, List<Drop> drops) {
            List<String> reasons = drops.stream()
                    .filter(drop -> drop.size() > 0)
                    .sorted(Comparator.comparingDouble(Drop::size).reversed())
                    .limit(MOST)
                    .map(Drop::text)
                    .toList();
            @Nullable Object[] values = new @Nullable Object[2 + MOST];
            values[0] = own.getString(0);
            values[1] = own.getDouble(2);
            for (int reason = 0; reason < reasons.size(); reason++) {
                values[2 + reason] = reasons.get(reason);
            }
            return RowFactory.create(values);
        }
    }

    /** By how much the chance falls without what the text says. */
    private record Drop(String text, double size) implements Serializable {}
}
