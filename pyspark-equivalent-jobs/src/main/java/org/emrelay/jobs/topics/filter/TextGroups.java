package org.emrelay.jobs.topics.filter;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Finds the earliest of the posts with the same words.
 *
 * <p>Reposts sort after all other posts, so an untruncated repost is matched with its original even if that one is later. Spark sorts
 * each group and can spill it to disk, so a text that is repeated a million times needs no more memory.
 */
final class TextGroups {
    private static final int PARTITIONS_PER_INPUT = 4;
    private static final int TASKS_PER_CORE = 2;

    private TextGroups() {}

    /** Adds {@link FilterColumns#ORIGINAL}, and the rule for repeated texts. */
    static Dataset<Row> label(Dataset<Row> classified) {
        int partitions = classified.rdd().getNumPartitions();
        int cores = classified.sparkSession().sparkContext().defaultParallelism();
        WindowSpec group = Window.partitionBy(FilterColumns.GROUP)
                .orderBy(FilterColumns.REPOST, FilterColumns.TIME, FilterColumns.ID);
        Column head = first(FilterColumns.ID).over(group);
        Column isHeadRepost = first(FilterColumns.REPOST).over(group);
        Column repeats = head.notEqual(col(FilterColumns.ID)).and(not(isHeadRepost));
        return classified
                .repartition(
                        Math.max(PARTITIONS_PER_INPUT * partitions, TASKS_PER_CORE * cores), col(FilterColumns.GROUP))
                .withColumn(FilterColumns.ORIGINAL, when(repeats, head))
                .withColumn(
                        FilterColumns.RULE,
                        when(
                                        col(FilterColumns.RULE)
                                                .isNull()
                                                .and(col(FilterColumns.ORIGINAL).isNotNull()),
                                        lit(FilterRule.SAME_TEXT.id()))
                                .otherwise(col(FilterColumns.RULE)))
                .drop(FilterColumns.GROUP);
    }
}
