package org.emrelay.jobs.classification.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.classification.models.FeatureColumn;
import org.emrelay.jobs.classification.models.FittedFeatures;
import org.emrelay.jobs.classification.models.TableSample;
import org.emrelay.jobs.classification.models.TableVectorizer;
import org.emrelay.jobs.classification.models.TrainingCard;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.UserFault;

/**
 * A validated and split training table. All input errors are reported before anything is written or fitted.
 *
 * @param sample a sample of the training rows
 * @param fitted the feature encodings, fitted to the training rows
 * @param leftOut the reason for each column that is not a feature
 */
record PreparedTable(
        LabelledTable table, SplitRows rows, TableSample sample, FittedFeatures fitted, Map<String, String> leftOut) {

    PreparedTable {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(sample, "sample");
        Objects.requireNonNull(fitted, "fitted");
        leftOut = new LinkedHashMap<>(leftOut);
    }

    static PreparedTable of(SparkSession session, TrainClassifiersArguments arguments) {
        InputTable source = InputTable.readParquet(session, "--table", arguments.table());
        FeatureSelection selection = selection(source, arguments);
        LabelledTable table = LabelledTable.of(source, arguments, selection.names());
        session.conf().set("spark.sql.shuffle.partitions", StratifiedSplit.partitions(table.rowCount()));
        StratifiedSplit split = new StratifiedSplit(arguments.testShare(), arguments.folds(), arguments.seed());
        SplitRows rows = new SplitRows(split.assign(table));
        rows.requireBothClasses(arguments.folds(), arguments.label());
        TableSample sample = TableSample.of(rows.training(), selection.names(), StratifiedSplit.FOLD);
        new LeakageCheck(TableSample.balanced(sample, rows.training(), StratifiedSplit.FOLD))
                .requireNoneAbove(arguments.leakAuc());
        FittedFeatures fitted = FittedFeatures.fit(sample.kinds(), sample.rows());
        Map<String, String> leftOut = new LinkedHashMap<>(selection.leftOut());
        leftOut.putAll(fitted.leftOut());
        requireFeatures(fitted.columns(), arguments, leftOut);
        return new PreparedTable(table, rows, sample, fitted, leftOut);
    }

    /** Checks the columns of the table without reading its rows. */
    static void check(SparkSession session, TrainClassifiersArguments arguments) {
        InputTable source = InputTable.readParquet(session, "--table", arguments.table());
        selection(source, arguments);
        source.column("--id", arguments.id());
        source.column("--label", arguments.label());
    }

    private static FeatureSelection selection(InputTable source, TrainClassifiersArguments arguments) {
        FeatureSelection selection = FeatureSelection.of(source, arguments);
        requireFeatures(selection.names(), arguments, selection.leftOut());
        return selection;
    }

    private static void requireFeatures(
            List<?> features, TrainClassifiersArguments arguments, Map<String, String> leftOut) {
        if (features.isEmpty()) {
            throw new UserFault("--table: " + arguments.table() + " has no usable feature column"
                    + (leftOut.isEmpty() ? "." : "; left out: " + listed(leftOut) + "."));
        }
    }

    List<String> featureNames() {
        return fitted.columns().stream().map(FeatureColumn::name).toList();
    }

    /** The number of slots of a feature vector. */
    int vectorSize() {
        return TableVectorizer.of(fitted.columns()).layout().names().size();
    }

    List<TrainingCard.Feature> features() {
        List<TrainingCard.Feature> features = new ArrayList<>();
        for (FeatureColumn column : fitted.columns()) {
            features.add(new TrainingCard.Feature(column.name(), column.kind(), column.formatTypical()));
        }
        return features;
    }

    /** A summary for the step's log. */
    String summary(String label) {
        TrainingCard.SplitSize training = rows.trainingSize();
        TrainingCard.SplitSize heldOut = rows.heldOutSize();
        return "Training on " + training.rows() + " rows (" + training.positives() + " with '" + label + "' "
                + table.positiveValue() + "), holding out " + heldOut.rows() + " (" + heldOut.positives() + "); "
                + fitted.columns().size() + " features."
                + (table.dropped() == 0 ? "" : " Dropped " + table.dropped() + " rows without id or label.")
                + (leftOut.isEmpty() ? "" : " Left out: " + listed(leftOut) + ".");
    }

    private static String listed(Map<String, String> leftOut) {
        return leftOut.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
