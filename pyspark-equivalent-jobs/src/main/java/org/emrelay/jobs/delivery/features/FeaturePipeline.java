package org.emrelay.jobs.delivery.features;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.learning.FeatureNames;
import org.emrelay.jobs.learning.SavedPipeline;
import org.emrelay.tables.UserFault;

/** The pipeline from prepared orders to feature vectors, fitted to training orders only. */
public final class FeaturePipeline {
    private static final String FLAG = "--pipeline-model";

    /** Name prefixes of columns that are known only after delivery. */
    private static final List<String> KNOWN_AFTER_DELIVERY = List.of("actual", "on_time", "ontime", "late");

    private FeaturePipeline() {}

    static PipelineModel fit(Dataset<Row> orders, double rareShare) {
        String[] groups = withSuffix(DerivedColumns.GROUP);
        String[] indices = withSuffix("_index");
        String[] oneHot = withSuffix(DeliveryFeatureColumns.VALUE_SEPARATOR);
        PipelineStage[] stages = {
            new DerivedColumns(orders, rareShare).fit(),
            // "keep" gives unseen values a slot of their own instead of dropping the order.
            new StringIndexer().setInputCols(groups).setOutputCols(indices).setHandleInvalid("keep"),
            new OneHotEncoder().setInputCols(indices).setOutputCols(oneHot).setDropLast(false),
            new VectorAssembler()
                    .setInputCols(Stream.concat(DeliveryFeatureColumns.NUMBERS.stream(), Stream.of(oneHot))
                            .toArray(String[]::new))
                    .setOutputCol(DeliveryFeatureColumns.FEATURES)
        };
        return new Pipeline().setStages(stages).fit(orders);
    }

    /** Transforms orders and rejects pipelines with features that leak the outcome. */
    public static Dataset<Row> transform(SavedPipeline pipeline, Dataset<Row> orders) {
        Dataset<Row> transformed = pipeline.transform(FLAG, orders, DeliveryFeatureColumns.FEATURES);
        for (String name : FeatureNames.of(transformed, DeliveryFeatureColumns.FEATURES)) {
            if (KNOWN_AFTER_DELIVERY.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith)) {
                throw new UserFault(FLAG + ": " + pipeline.uri() + " uses '" + name
                        + "' as a feature, which is known only after delivery. Fit a pipeline without it.");
            }
        }
        return DeliveryFeatureColumns.select(transformed);
    }

    public static SavedPipeline load(String uri) {
        return SavedPipeline.load(FLAG, uri);
    }

    private static String[] withSuffix(String suffix) {
        return DeliveryFeatureColumns.CATEGORIES.stream()
                .map(name -> name + suffix)
                .toArray(String[]::new);
    }
}
