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
import org.emrelay.jobs.OutputDirectory;
import org.emrelay.jobs.UserFault;
import org.emrelay.jobs.classification.models.ClassCounts;
import org.emrelay.jobs.classification.models.ModelColumns;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.jobs.classification.models.TrainingCard.Side;

/** The rows, dealt out, and how many of each class every fold has got. */
final class SplitRows {
    private final Dataset<Row> rows;
    private final Map<Integer, long[]> counts = new LinkedHashMap<>();
    private final long[] trainingIds = new long[2];

    /** @param rows as {@link RowSplit} deals them; they are kept in memory from here on */
    SplitRows(Dataset<Row> rows) {
        this.rows = rows.cache();
        this.rows
                .groupBy(RowSplit.FOLD, ModelColumns.LABEL)
                .agg(count(lit(1)), countDistinct(ModelColumns.ID))
                .collectAsList()
                .forEach(row -> {
                    int label = (int) row.getDouble(1);
                    counts.computeIfAbsent(row.getInt(0), first -> new long[2])[label] = row.getLong(2);
                    if (row.getInt(0) != RowSplit.HELD_OUT) {
                        trainingIds[label] += row.getLong(3);
                    }
                });
    }

    /** A fold without a row of one class could not be judged by. */
    void requireEnoughFor(int folds, String label) {
        int rarer = trainingIds[1] <= trainingIds[0] ? 1 : 0;
        long most = trainingIds[rarer];
        if (most < folds) {
            throw new UserFault("--folds: " + folds + " folds need as many " + (rarer == 1 ? "positive" : "negative")
                    + " rows of different ids on the training side, and '" + label + "' has " + most + "; "
                    + (most < 2 ? "a larger table is needed." : "give --folds " + most + " or fewer."));
        }
        for (int fold = 0; fold < folds; fold++) {
            long[] rows = Objects.requireNonNullElse(counts.get(fold), new long[2]);
            if (rows[0] == 0 || rows[1] == 0) {
                throw new UserFault("--folds: fold " + (fold + 1) + " of " + folds + " has no "
                        + (rows[0] == 0 ? "negative" : "positive")
                        + " row, for the ids that have them stand in other folds with all of their rows; give fewer folds or"
                        + " another --seed.");
            }
        }
    }

    Dataset<Row> training() {
        return rows.where(col(RowSplit.FOLD).notEqual(RowSplit.HELD_OUT));
    }

    Dataset<Row> heldOut() {
        return rows.where(col(RowSplit.FOLD).equalTo(RowSplit.HELD_OUT));
    }

    void write(OutputDirectory output) {
        output.below(TrainedModels.TRAINING).writeParquet(training().drop(RowSplit.FOLD));
        output.below(TrainedModels.HELD_OUT).writeParquet(heldOut().drop(RowSplit.FOLD));
    }

    Side heldOutSide() {
        long[] held = Objects.requireNonNullElse(counts.get(RowSplit.HELD_OUT), new long[2]);
        return new Side(held[0] + held[1], held[1]);
    }

    Side trainingSide() {
        ClassCounts all = without(RowSplit.HELD_OUT);
        return new Side(all.negatives() + all.positives(), all.positives());
    }

    /** Of the training rows that are not in a fold. */
    ClassCounts without(int fold) {
        long negatives = 0;
        long positives = 0;
        for (Map.Entry<Integer, long[]> entry : counts.entrySet()) {
            if (entry.getKey() != fold && entry.getKey() != RowSplit.HELD_OUT) {
                negatives += entry.getValue()[0];
                positives += entry.getValue()[1];
            }
        }
        return new ClassCounts(negatives, positives);
    }

    void forget() {
        rows.unpersist();
    }
}
