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
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.learning.FeatureNames;
import org.emrelay.jobs.learning.SavedPipeline;

/** From prepared orders to one vector each: learnt from training orders once, used as it is for all others. */
public final class FeaturePipeline {
    private static final String FLAG = "--pipeline-model";

    /** How the names begin of what is known only after a delivery. */
    private static final List<String> KNOWN_AFTERWARDS = List.of("actual", "on_time", "ontime", "late");

    private FeaturePipeline() {}

    static PipelineModel fit(Dataset<Row> orders, double rareShare) {
        String[] groups = named(DerivedColumns.GROUP);
        String[] numbers = named("_index");
        String[] flags = named(DeliveryFeatureColumns.IS);
        PipelineStage[] stages = {
            new DerivedColumns(orders, rareShare).learn(),
            // A value that training never had gets a place of its own: the order is kept.
            new StringIndexer().setInputCols(groups).setOutputCols(numbers).setHandleInvalid("keep"),
            new OneHotEncoder().setInputCols(numbers).setOutputCols(flags).setDropLast(false),
            new VectorAssembler()
                    .setInputCols(Stream.concat(DeliveryFeatureColumns.NUMBERS.stream(), Stream.of(flags))
                            .toArray(String[]::new))
                    .setOutputCol(DeliveryFeatureColumns.FEATURES)
        };
        return new Pipeline().setStages(stages).fit(orders);
    }

    /** The vectors that a pipeline makes of orders; whatever pipeline was handed in, none may look into the future. */
    public static Dataset<Row> apply(SavedPipeline pipeline, Dataset<Row> orders) {
        Dataset<Row> transformed = pipeline.transform(FLAG, orders, DeliveryFeatureColumns.FEATURES);
        for (String name : FeatureNames.of(transformed, DeliveryFeatureColumns.FEATURES)) {
            if (KNOWN_AFTERWARDS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith)) {
                throw new UserFault(FLAG + ": " + pipeline.uri() + " makes a feature of '" + name
                        + "', which is known only after the delivery; fit another.");
            }
        }
        return DeliveryFeatureColumns.select(transformed);
    }

    public static SavedPipeline load(String uri) {
        return SavedPipeline.load(FLAG, uri);
    }

    private static String[] named(String end) {
        return DeliveryFeatureColumns.CATEGORIES.stream().map(name -> name + end).toArray(String[]::new);
    }
}
