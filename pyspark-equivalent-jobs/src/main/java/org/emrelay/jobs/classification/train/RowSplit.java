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
 * Deals ids out to the held-out side and to the folds, each with its share of both classes. By a hash of the id alone: neither the
 * order of the rows nor their partitions have a say, and all rows of an id stay together.
 */
final class RowSplit {
    static final String FOLD = "_fold_";

    /** In place of a fold, for rows that nothing may learn from. */
    static final int HELD_OUT = -1;

    private static final int ROWS_A_PARTITION = 20_000;
    private static final String CLASS = "_class_";
    private static final String RANK = "_rank_";
    private static final String ALL = "_all_";

    private final double testShare;
    private final int folds;
    private final long seed;

    RowSplit(double testShare, int folds, long seed) {
        this.testShare = testShare;
        this.folds = folds;
        this.seed = seed;
    }

    /** The rows with their {@link #FOLD}, always in the same order. */
    Dataset<Row> deal(LabelledTable table) {
        Column hash = xxhash64(lit(seed), col(ModelColumns.ID));
        WindowSpec ofAClass = Window.partitionBy(CLASS);
        Column heldOut = greatest(lit(1), least(col(ALL).minus(1), round(col(ALL).multiply(testShare))));
        Dataset<Row> dealt = table.rows()
                .groupBy(ModelColumns.ID)
                .agg(max(ModelColumns.LABEL).as(CLASS))
                .withColumn(RANK, row_number().over(ofAClass.orderBy(hash, col(ModelColumns.ID))))
                .withColumn(ALL, count(lit(1)).over(ofAClass))
                .select(
                        col(ModelColumns.ID),
                        when(col(RANK).leq(heldOut), HELD_OUT)
                                .otherwise(pmod(col(RANK).minus(heldOut).minus(1), lit(folds)))
                                .cast("int")
                                .as(FOLD));
        Column[] all = Arrays.stream(table.rows().columns())
                .map(name -> col("`" + name.replace("`", "``") + "`"))
                .toArray(Column[]::new);
        return table.rows()
                .join(dealt, ModelColumns.ID)
                .repartition(partitions(table.size()), col(ModelColumns.ID))
                .sortWithinPartitions(col(ModelColumns.ID), functions.xxhash64(all));
    }

    /** Few: on a small table the start of a task costs more than its work. */
    static int partitions(long rows) {
        return (int) Math.max(1, rows / ROWS_A_PARTITION);
    }
}
