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
 * Explains each row's probability by the features that raise it most.
 *
 * <p>Works for any kind of model: one feature at a time is replaced by its typical value, a category as a whole, and
 * the row is predicted again. This costs one prediction per atypical feature. Rows stream through, one row's variants
 * at a time.
 */
public final class Attributions {
    /** The number of reasons per row; {@code reason_1} is the strongest. */
    public static final int MAX_REASONS = 3;

    public static final String REASON_PREFIX = "reason_";

    private static final String VALUES = "_values_";
    private static final String TEXT = "_text_";

    /** The row itself, followed by its variants with one feature replaced by its typical value. */
    private static final StructType VARIANTS = new StructType()
            .add(ModelColumns.ID, DataTypes.StringType)
            .add(TEXT, DataTypes.StringType)
            .add(ModelColumns.FEATURES, SQLDataTypes.VectorType());

    private Attributions() {}

    /**
     * Predicts rows and adds {@link ModelColumns#ID}, {@link ModelColumns#PROBABILITY} and the reasons, null if there
     * are fewer.
     *
     * @param model a complete model from {@link TrainedModels#model}
     * @param rows with {@link ModelColumns#ID} and the model's feature columns
     */
    public static Dataset<Row> of(String flag, SavedPipeline model, Dataset<Row> rows) {
        List<FeatureColumn> columns = TrainedModels.featureColumns(model);
        Dataset<Row> vectors = TrainedModels.vectorizerOf(model)
                .transform(flag, rows, ModelColumns.FEATURES)
                .select(
                        col(ModelColumns.ID),
                        TableVectorizer.valueStruct(columns).as(VALUES),
                        col(ModelColumns.FEATURES));
        Dataset<Row> variants =
                vectors.flatMap((FlatMapFunction<Row, Row>) row -> variants(columns, row), Encoders.row(VARIANTS));
        StructType schema = new StructType()
                .add(ModelColumns.ID, DataTypes.StringType)
                .add(ModelColumns.PROBABILITY, DataTypes.DoubleType);
        for (int reason = 1; reason <= MAX_REASONS; reason++) {
            schema = schema.add(REASON_PREFIX + reason, DataTypes.StringType);
        }
        return TrainedModels.classifierOf(model)
                .transform(flag, variants, ModelColumns.PROBABILITY)
                .select(ModelColumns.ID, TEXT, ModelColumns.PROBABILITY)
                .mapPartitions((MapPartitionsFunction<Row, Row>) RowAssembler::new, Encoders.row(schema));
    }

    private static Iterator<Row> variants(List<FeatureColumn> columns, Row row) {
        Row values = row.getStruct(1);
        double[] vector = row.<Vector>getAs(2).toArray();
        List<Supplier<Row>> variants = new ArrayList<>();
        variants.add(() -> variant(row.getString(0), null, Vectors.dense(vector)));
        int slot = 0;
        for (int index = 0; index < columns.size(); index++) {
            FeatureColumn column = columns.get(index);
            Object value = values.get(index);
            int firstSlot = slot;
            if (!column.isTypical(value)) {
                String text = column.name() + " " + column.format(value) + " (typical " + column.formatTypical() + ")";
                variants.add(() -> variant(row.getString(0), text, withTypicalValue(vector, firstSlot, column)));
            }
            slot += column.size();
        }
        return variants.stream().map(Supplier::get).iterator();
    }

    /** Attaches the schema, because XGBoost reads the row unconverted and resolves columns by name. */
    private static Row variant(String id, @Nullable String text, Vector features) {
        return new GenericRowWithSchema(new @Nullable Object[] {id, text, features}, VARIANTS);
    }

    private static Vector withTypicalValue(double[] vector, int slot, FeatureColumn column) {
        double[] changed = vector.clone();
        Arrays.fill(changed, slot, slot + column.size(), 0);
        column.encode(changed, slot, column.typicalValue());
        return Vectors.dense(changed);
    }

    /** Merges the output of {@link #variants} into one row each; prediction preserves their order. */
    private static final class RowAssembler implements Iterator<Row> {
        private final Iterator<Row> variants;
        private @Nullable Row next;

        RowAssembler(Iterator<Row> variants) {
            this.variants = variants;
            next = variants.hasNext() ? variants.next() : null;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Row next() {
            Row original = next;
            if (original == null) {
                throw new NoSuchElementException();
            }
            List<ProbabilityDrop> drops = new ArrayList<>();
            next = null;
            while (variants.hasNext() && next == null) {
                Row variant = variants.next();
                if (variant.isNullAt(1)) {
                    next = variant;
                } else {
                    drops.add(new ProbabilityDrop(variant.getString(1), original.getDouble(2) - variant.getDouble(2)));
                }
            }
            return assemble(original, drops);
        }

        private static Row assemble(Row original, List<ProbabilityDrop> drops) {
            List<String> reasons = drops.stream()
                    .filter(drop -> drop.size() > 0)
                    .sorted(Comparator.comparingDouble(ProbabilityDrop::size).reversed())
                    .limit(MAX_REASONS)
                    .map(ProbabilityDrop::text)
                    .toList();
            @Nullable Object[] values = new @Nullable Object[2 + MAX_REASONS];
            values[0] = original.getString(0);
            values[1] = original.getDouble(2);
            for (int reason = 0; reason < reasons.size(); reason++) {
                values[2 + reason] = reasons.get(reason);
            }
            return RowFactory.create(values);
        }
    }

    /** How much the probability drops if the described feature has its typical value. */
    private record ProbabilityDrop(String text, double size) implements Serializable {}
}
