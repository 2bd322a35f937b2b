package org.emrelay.jobs.classification.models;

import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.MinMaxScaler;
import org.apache.spark.ml.feature.StandardScaler;

/** How features are scaled before a classifier. */
enum Scaling {
    NONE,
    /** To mean 0 and variance 1. */
    STANDARD {
        @Override
        List<PipelineStage> stages() {
            return List.of(new StandardScaler()
                    .setWithMean(true)
                    .setInputCol(ModelColumns.FEATURES)
                    .setOutputCol(ModelColumns.SCALED));
        }
    },
    /** From 0 to 1. */
    MIN_MAX {
        @Override
        List<PipelineStage> stages() {
            return List.of(
                    new MinMaxScaler().setInputCol(ModelColumns.FEATURES).setOutputCol(ModelColumns.SCALED),
                    ClampedMinMax.create());
        }
    };

    /** The stages from {@link ModelColumns#FEATURES} to {@link #column}. */
    List<PipelineStage> stages() {
        return List.of();
    }

    /** The column that the classifier reads. */
    String column() {
        return this == NONE ? ModelColumns.FEATURES : ModelColumns.SCALED;
    }
}
