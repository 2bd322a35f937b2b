package org.emrelay.jobs.classification.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.classification.models.FeatureColumn;
import org.emrelay.jobs.classification.models.FeatureLearning;
import org.emrelay.jobs.classification.models.TableSample;
import org.emrelay.jobs.classification.models.TrainingCard;

/**
 * A table that is fit to train on: whatever is wrong with it has been said before anything is written or fitted.
 *
 * @param sample of the training rows and of the features that tell something
 * @param learning from all training rows
 * @param leftOut columns that are no features, with the reason
 */
record PreparedTable(
        LabelledTable table,
        SplitRows rows,
        TableSample sample,
        FeatureLearning learning,
        Map<String, String> leftOut) {

    PreparedTable {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(sample, "sample");
        Objects.requireNonNull(learning, "learning");
        leftOut = new LinkedHashMap<>(leftOut);
    }

    static PreparedTable of(SparkSession session, TrainClassifiersArguments arguments) {
        InputTable source = InputTable.readParquet(session, "--table", arguments.table());
        FeatureChoice choice = FeatureChoice.of(source, arguments);
        requireSome(choice.names(), arguments, choice.leftOut());
        LabelledTable table = LabelledTable.of(source, arguments, choice.names());
        session.conf().set("spark.sql.shuffle.partitions", RowSplit.partitions(table.size()));
        RowSplit split = new RowSplit(arguments.testShare(), arguments.folds(), arguments.seed());
        SplitRows rows = new SplitRows(split.deal(table));
        rows.requireEnoughFor(arguments.folds(), arguments.label());
        TableSample sample = TableSample.of(rows.training(), choice.names(), RowSplit.FOLD);
        new LeakGuard(TableSample.ofBothClasses(sample, rows.training(), RowSplit.FOLD))
                .requireNoneAbove(arguments.leakAuc());
        FeatureLearning learning = FeatureLearning.of(sample.kinds(), sample.rows());
        Map<String, String> leftOut = new LinkedHashMap<>(choice.leftOut());
        leftOut.putAll(learning.leftOut());
        requireSome(learning.columns(), arguments, leftOut);
        return new PreparedTable(table, rows, sample, learning, leftOut);
    }

    private static void requireSome(List<?> features, TrainClassifiersArguments arguments, Map<String, String> leftOut) {
        if (features.isEmpty()) {
            throw new UserFault("--table: " + arguments.table() + " has no column that a model could learn from"
                    + (leftOut.isEmpty() ? "." : "; left out: " + listed(leftOut) + "."));
        }
    }

    List<String> featureNames() {
        return learning.columns().stream().map(FeatureColumn::name).toList();
    }

    List<TrainingCard.Feature> features() {
        List<TrainingCard.Feature> features = new ArrayList<>();
        for (FeatureColumn column : learning.columns()) {
            features.add(new TrainingCard.Feature(column.name(), column.kind(), column.typicalText()));
        }
        return features;
    }

    /** For people. */
    String described(String label) {
        TrainingCard.Side training = rows.trainingSide();
        TrainingCard.Side heldOut = rows.heldOutSide();
        return "Training on " + training.rows() + " rows (" + training.positives() + " with '" + label + "' "
                + table.positive() + "), keeping back " + heldOut.rows() + " (" + heldOut.positives() + "); "
                + learning.columns().size() + " features."
                + (table.dropped() == 0 ? "" : " Dropped " + table.dropped() + " rows without id or label.")
                + (leftOut.isEmpty() ? "" : " Left out: " + listed(leftOut) + ".");
    }

    private static String listed(Map<String, String> leftOut) {
        return leftOut.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
