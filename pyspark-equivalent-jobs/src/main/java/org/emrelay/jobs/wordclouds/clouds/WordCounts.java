package org.emrelay.jobs.wordclouds.clouds;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.emrelay.jobs.InputTable;
import org.emrelay.jobs.UserFault;
import scala.Tuple2;

/** The counts table as years with their heaviest words: picked out on the executors, so that the driver only gets what is drawn. */
record WordCounts(InputTable table, String flag) {
    /** A picture, a frame and a slider's stop each: more is no evolution but a mistaken column. */
    private static final int MOST_YEARS = 1_000;

    /** Beyond what is drawn, so that a line in the chart need not end where a word is not among a year's heaviest. */
    private static final int KEPT = 500;

    WordCounts {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(flag, "flag");
    }

    List<YearWords> years(StopWords stopWords, int drawn) {
        int most = Math.max(KEPT, drawn);
        JavaPairRDD<Integer, YearTally> tallies = rows().mapToPair(word -> new Tuple2<>(word.year(), word))
                .aggregateByKey(
                        new YearTally(most),
                        (tally, word) -> tally.add(word, !stopWords.contain(word.text())),
                        YearTally::addAll)
                .cache();
        long years = tallies.count();
        if (years == 0) {
            throw new UserFault(flag + ": " + table.uri()
                    + " has no row with a year, a word and a count above zero: there is nothing to draw.");
        }
        if (years > MOST_YEARS) {
            throw new UserFault(flag + ": " + table.uri() + " has " + years + " years, and a picture is drawn of each; "
                    + MOST_YEARS + " are the most: is its column 'year' really one of years?");
        }
        return tallies.collect().stream()
                .map(tally -> tally._2().of(tally._1()))
                .sorted(Comparator.comparingInt(YearWords::year))
                .toList();
    }

    private JavaRDD<CountedWord> rows() {
        Column count = table.number(flag, "count").cast("double");
        Dataset<Row> usable = table.rows()
                .select(
                        table.year(flag, "year").as("year"),
                        functions
                                .trim(table.column(flag, "word").cast("string"))
                                .as("word"),
                        count.as("count"),
                        share().as("share"))
                // NaN is greater than any number to Spark.
                .where("year is not null and word <> '' and count > 0 and count < double('infinity')");
        return usable.groupBy("year", "word")
                .agg(functions.sum("count").as("count"), functions.sum("share").as("share"))
                .javaRDD()
                .map(row -> new CountedWord(row.getInt(0), row.getString(1), row.getDouble(2), row.getDouble(3)));
    }

    private Column share() {
        boolean said = Arrays.stream(table.rows().columns()).anyMatch("share"::equalsIgnoreCase);
        Column none = functions.lit(0.0);
        if (!said) {
            return none;
        }
        Column share = table.number(flag, "share").cast("double");
        return functions.when(share.gt(0).and(share.leq(1)), share).otherwise(none);
    }
}
