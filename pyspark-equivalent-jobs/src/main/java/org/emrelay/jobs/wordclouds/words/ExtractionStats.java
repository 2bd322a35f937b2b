package org.emrelay.jobs.wordclouds.words;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts rows, titles and words for the summary line of the job.
 *
 * <p>It uses accumulators: Dataset.observe never delivers a result if Spark finds a plan to be empty and drops the
 * rest of it.
 */
record ExtractionStats(
        LongAccumulator rows,
        LongAccumulator withoutTitle,
        LongAccumulator withoutYear,
        LongAccumulator titles,
        LongAccumulator words) {

    static ExtractionStats create(SparkSession session) {
        SparkContext context = session.sparkContext();
        return new ExtractionStats(
                context.longAccumulator(),
                context.longAccumulator(),
                context.longAccumulator(),
                context.longAccumulator(),
                context.longAccumulator());
    }

    /** Returns a filter for rows with a title and a year that also counts the rows it sees. */
    Column countAndFilter(Column hasTitle, Column hasYear) {
        LongAccumulator allRows = rows;
        LongAccumulator rowsWithoutTitle = withoutTitle;
        LongAccumulator rowsWithoutYear = withoutYear;
        UDF1<Integer, Boolean> count = missing -> {
            allRows.add(1);
            if (missing == 1) {
                rowsWithoutTitle.add(1);
            } else if (missing == 2) {
                rowsWithoutYear.add(1);
            }
            return missing == 0;
        };
        Column missing = functions
                .when(functions.not(hasTitle), 1)
                .when(functions.not(hasYear), 2)
                .otherwise(0);
        // Nondeterministic: Spark must neither repeat nor reorder the call.
        return functions.udf(count, DataTypes.BooleanType).asNondeterministic().apply(missing);
    }

    long validRows() {
        return rows.value() - withoutTitle.value() - withoutYear.value();
    }

    String summary() {
        return "Read %,d rows; skipped %,d without a title and %,d without a year; merged %,d duplicate titles within a year; wrote %,d words from %,d titles."
                .formatted(
                        rows.value(),
                        withoutTitle.value(),
                        withoutYear.value(),
                        validRows() - titles.value(),
                        words.value(),
                        titles.value());
    }
}
