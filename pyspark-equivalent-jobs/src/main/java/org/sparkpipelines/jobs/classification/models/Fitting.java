package org.sparkpipelines.jobs.classification.models;

import java.util.List;
import java.util.Objects;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkpipelines.jobs.learning.ModelParameters;

/**
 * What has to be known to fit a model to a table: the kind, its parameters, and the columns that it may see.
 *
 * @param classWeights whether both classes have the same say, however rare one is
 */
public record Fitting(
        ModelKind kind, ModelParameters parameters, List<String> features, boolean classWeights, long seed) {

    public Fitting {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(parameters, "parameters");
        features = List.copyOf(features);
    }

    /**
     * Fits the whole pipeline, from the table's columns to {@link ModelColumns#FEATURES} and {@link ModelColumns#CHANCE}.
     *
     * @param rows with {@link ModelColumns#LABEL} and the features
     */
    public PipelineModel fit(Dataset<Row> rows) {
        return new PipelineModel("signature only: the fits come with the next commits", List.of());
    }
}
