package org.emrelay.jobs.wordclouds.words;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts rows, titles and words in passing, for the job's last line. Accumulators rather than Dataset.observe, whose
 * result never comes where Spark finds out that nothing is left and drops the rest of the plan.
 */
record Tally(
        LongAccumulator rows,
        LongAccumulator withoutTitle,
        LongAccumulator withoutYear,
        LongAccumulator titles,
        LongAccumulator words) {

    static Tally in(SparkSession session) {
        SparkContext context = session.sparkContext();
        return new Tally(
                context.longAccumulator(),
                context.longAccumulator(),
                context.longAccumulator(),
                context.longAccumulator(),
                context.longAccumulator());
    }

    /** True for a row with a title and a year; every row that is asked about is counted. */
    Column counted(Column hasTitle, Column hasYear) {
        LongAccumulator all = rows;
        LongAccumulator untitled = withoutTitle;
        LongAccumulator undated = withoutYear;
        UDF1<Integer, Boolean> count = lacking -> {
            all.add(1);
            if (lacking == 1) {
                untitled.add(1);
            } else if (lacking == 2) {
                undated.add(1);
            }
            return lacking == 0;
        };
        Column lacking = functions
                .when(functions.not(hasTitle), 1)
                .when(functions.not(hasYear), 2)
                .otherwise(0);
        // Spark may neither ask twice nor before or after it is told to.
        return functions.udf(count, DataTypes.BooleanType).asNondeterministic().apply(lacking);
    }

    long valid() {
        return rows.value() - withoutTitle.value() - withoutYear.value();
    }

    String sentence() {
        return "Read %,d rows; left out %,d without a title and %,d without a year; folded %,d that repeat a title of their year; wrote %,d words of %,d titles."
                .formatted(
                        rows.value(),
                        withoutTitle.value(),
                        withoutYear.value(),
                        valid() - titles.value(),
                        words.value(),
                        titles.value());
    }
}
