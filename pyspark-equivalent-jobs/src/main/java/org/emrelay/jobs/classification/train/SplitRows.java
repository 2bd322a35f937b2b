package org.emrelay.jobs.classification.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.classification.models.ClassCounts;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.classification.models.TrainingCard.SplitSize;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.UserFault;

/** The rows with their fold, cached, and the class counts of each fold. */
final class SplitRows {
    private final Dataset<Row> rows;
    private final Map<Integer, long[]> counts = new LinkedHashMap<>();
    private final long[] trainingIds = new long[2];

    /** @param rows the output of {@link StratifiedSplit}, cached from here on */
    SplitRows(Dataset<Row> rows) {
        this.rows = rows.cache();
        this.rows
                .groupBy(StratifiedSplit.FOLD, ModelColumns.LABEL)
                .agg(count(lit(1)), countDistinct(ModelColumns.ID))
                .collectAsList()
                .forEach(row -> {
                    int label = (int) row.getDouble(1);
                    counts.computeIfAbsent(row.getInt(0), first -> new long[2])[label] = row.getLong(2);
                    if (row.getInt(0) != StratifiedSplit.HELD_OUT) {
                        trainingIds[label] += row.getLong(3);
                    }
                });
    }

    /** Every fold needs rows of both classes to be evaluated on. */
    void requireBothClasses(int folds, String label) {
        int minority = trainingIds[1] <= trainingIds[0] ? 1 : 0;
        long maxFolds = trainingIds[minority];
        if (maxFolds < folds) {
            throw new UserFault("--folds: " + folds + " folds need at least as many training ids with "
                    + (minority == 1 ? "positive" : "negative") + " rows; '" + label + "' has " + maxFolds + ". "
                    + (maxFolds < 2 ? "Use a larger table." : "Use --folds " + maxFolds + " or fewer."));
        }
        for (int fold = 0; fold < folds; fold++) {
            long[] rows = Objects.requireNonNullElse(counts.get(fold), new long[2]);
            if (rows[0] == 0 || rows[1] == 0) {
                throw new UserFault("--folds: fold " + (fold + 1) + " of " + folds + " has no "
                        + (rows[0] == 0 ? "negative" : "positive")
                        + " row, because all rows of an id stay in one fold. Use fewer folds or another --seed.");
            }
        }
    }

    Dataset<Row> training() {
        return rows.where(col(StratifiedSplit.FOLD).notEqual(StratifiedSplit.HELD_OUT));
    }

    Dataset<Row> heldOut() {
        return rows.where(col(StratifiedSplit.FOLD).equalTo(StratifiedSplit.HELD_OUT));
    }

    void write(OutputDirectory output) {
        output.subdirectory(TrainedModels.TRAINING).writeParquet(training().drop(StratifiedSplit.FOLD));
        output.subdirectory(TrainedModels.HELD_OUT).writeParquet(heldOut().drop(StratifiedSplit.FOLD));
    }

    SplitSize heldOutSize() {
        long[] heldOut = Objects.requireNonNullElse(counts.get(StratifiedSplit.HELD_OUT), new long[2]);
        return new SplitSize(heldOut[0] + heldOut[1], heldOut[1]);
    }

    SplitSize trainingSize() {
        ClassCounts training = countsWithout(StratifiedSplit.HELD_OUT);
        return new SplitSize(training.negatives() + training.positives(), training.positives());
    }

    /** The class counts of the training rows outside one fold. */
    ClassCounts countsWithout(int fold) {
        long negatives = 0;
        long positives = 0;
        for (Map.Entry<Integer, long[]> entry : counts.entrySet()) {
            if (entry.getKey() != fold && entry.getKey() != StratifiedSplit.HELD_OUT) {
                negatives += entry.getValue()[0];
                positives += entry.getValue()[1];
            }
        }
        return new ClassCounts(negatives, positives);
    }

    void unpersist() {
        rows.unpersist();
    }
}
