package org.emrelay.jobs.classification.models;

import java.util.EnumMap;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.emrelay.jobs.classification.inmemory.InMemoryFits;

/** The weighted feature vectors that classifiers of all kinds are fitted to, scaled once for each {@link Scaling}. */
public final class TrainingVectors implements AutoCloseable {
    /** Label metadata, which saves each fit a pass over the data to count the classes. */
    private static final Metadata TWO_CLASSES = NominalAttribute.defaultAttr()
            .withName(ModelColumns.LABEL)
            .withValues("0", "1")
            .toMetadata();

    private final Dataset<Row> rows;
    private final Dataset<Row> validation;
    private final long count;
    private final Map<Scaling, Scaled> scaled = new EnumMap<>(Scaling.class);

    private TrainingVectors(Dataset<Row> rows, Dataset<Row> validation, long count) {
        this.rows = rows;
        this.validation = validation;
        this.count = count;
    }

    /**
     * All rows, without validation rows.
     *
     * @param vectors {@link ModelColumns#LABEL} and {@link ModelColumns#FEATURES}
     * @param classWeights whether rows are weighted so that both classes have equal total weight
     */
    public static TrainingVectors of(Dataset<Row> vectors, ClassCounts counts, boolean classWeights) {
        return split(vectors, functions.lit(true), counts, classWeights);
    }

    /**
     * The rows of a fold.
     *
     * @param training selects the training rows; the others are validation rows
     * @param counts of the training rows
     */
    public static TrainingVectors split(
            Dataset<Row> vectors, Column training, ClassCounts counts, boolean classWeights) {
        Column[] columns = {
            functions.col(ModelColumns.LABEL).as(ModelColumns.LABEL, TWO_CLASSES),
            (classWeights ? counts.balancedWeight() : functions.lit(1.0)).as(ModelColumns.WEIGHT),
            functions.col(ModelColumns.FEATURES)
        };
        return new TrainingVectors(
                vectors.where(training).select(columns),
                vectors.where(functions.not(training)).select(columns),
                counts.negatives() + counts.positives());
    }

    synchronized Scaled scaled(Scaling scaling) {
        return scaled.computeIfAbsent(scaling, this::scale);
    }

    private Scaled scale(Scaling scaling) {
        PipelineModel scalers = new Pipeline()
                .setStages(scaling.stages().toArray(PipelineStage[]::new))
                .fit(rows);
        Dataset<Row> scaledRows = select(scalers.transform(rows), scaling);
        Dataset<Row> scaledValidation = select(scalers.transform(validation), scaling);
        return new Scaled(scalers, scaledRows, scaledValidation, new InMemoryFits(scaledRows, count, scaledValidation));
    }

    private static Dataset<Row> select(Dataset<Row> rows, Scaling scaling) {
        return rows.select(ModelColumns.LABEL, ModelColumns.WEIGHT, scaling.column());
    }

    /**
     * The vectors with one scaling.
     *
     * @param scalers the fitted stages
     */
    record Scaled(PipelineModel scalers, Dataset<Row> rows, Dataset<Row> validation, InMemoryFits inMemory) {}

    @Override
    public synchronized void close() {
        scaled.values().forEach(vectors -> vectors.inMemory().close());
    }
}
