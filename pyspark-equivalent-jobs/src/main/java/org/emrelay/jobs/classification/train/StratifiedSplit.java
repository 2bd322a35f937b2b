package org.emrelay.jobs.classification.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.emrelay.jobs.classification.models.ModelColumns;

/**
 * Assigns ids to the held-out set and to stratified cross-validation folds.
 *
 * <p>Ids are ordered by hash, so the assignment depends neither on row order nor on partitions. All rows of an id stay
 * together.
 */
final class StratifiedSplit {
    static final String FOLD = "_fold_";

    /** The fold number of held-out rows. */
    static final int HELD_OUT = -1;

    private static final int ROWS_PER_PARTITION = 20_000;
    private static final String CLASS = "_class_";
    private static final String RANK = "_rank_";
    private static final String CLASS_SIZE = "_class_size_";

    private final double testShare;
    private final int folds;
    private final long seed;

    StratifiedSplit(double testShare, int folds, long seed) {
        this.testShare = testShare;
        this.folds = folds;
        this.seed = seed;
    }

    /** Adds {@link #FOLD} to the rows, in a deterministic order. */
    Dataset<Row> assign(LabelledTable table) {
        Column hash = xxhash64(lit(seed), col(ModelColumns.ID));
        WindowSpec byClass = Window.partitionBy(CLASS);
        Column heldOutCount = greatest(
                lit(1), least(col(CLASS_SIZE).minus(1), round(col(CLASS_SIZE).multiply(testShare))));
        Dataset<Row> assignment = table.rows()
                .groupBy(ModelColumns.ID)
                .agg(max(ModelColumns.LABEL).as(CLASS))
                .withColumn(RANK, row_number().over(byClass.orderBy(hash, col(ModelColumns.ID))))
                .withColumn(CLASS_SIZE, count(lit(1)).over(byClass))
                .select(
                        col(ModelColumns.ID),
                        when(col(RANK).leq(heldOutCount), HELD_OUT)
                                .otherwise(pmod(col(RANK).minus(heldOutCount).minus(1), lit(folds)))
                                .cast("int")
                                .as(FOLD));
        Column[] all = Arrays.stream(table.rows().columns())
                .map(name -> col("`" + name.replace("`", "``") + "`"))
                .toArray(Column[]::new);
        return table.rows()
                .join(assignment, ModelColumns.ID)
                .repartition(partitions(table.rowCount()), col(ModelColumns.ID))
                .sortWithinPartitions(col(ModelColumns.ID), functions.xxhash64(all));
    }

    /** Few partitions: on a small table, starting a task costs more than its work. */
    static int partitions(long rows) {
        return (int) Math.max(1, rows / ROWS_PER_PARTITION);
    }
}
