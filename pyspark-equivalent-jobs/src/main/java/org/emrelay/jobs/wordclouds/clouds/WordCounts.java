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
import org.emrelay.tables.InputTable;
import org.emrelay.tables.UserFault;
import scala.Tuple2;

/**
 * Reads the counts table as years with their most frequent words.
 *
 * <p>The words are selected on the executors, so the driver receives only what is drawn.
 */
record WordCounts(InputTable table, String flag) {
    /** Each year gets an image, a frame and a slider position: more years mean a wrong column. */
    private static final int MAX_YEARS = 1_000;

    /** More words than are drawn, so the lines of the chart need not end where a word drops out of the cloud. */
    private static final int WORDS_KEPT = 500;

    WordCounts {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(flag, "flag");
    }

    List<YearWords> years(StopWords stopWords, int drawn) {
        int maxWords = Math.max(WORDS_KEPT, drawn);
        JavaPairRDD<Integer, TopWordsAggregator> tallies = rows().mapToPair(word -> new Tuple2<>(word.year(), word))
                .aggregateByKey(
                        new TopWordsAggregator(maxWords),
                        (tally, word) -> tally.add(word, !stopWords.contains(word.text())),
                        TopWordsAggregator::merge)
                .cache();
        long years = tallies.count();
        if (years == 0) {
            throw new UserFault(
                    flag + ": " + table.uri() + " has no rows with a year, a word and a positive count to draw.");
        }
        if (years > MAX_YEARS) {
            throw new UserFault(flag + ": " + table.uri() + " has " + years + " distinct years; the maximum is "
                    + MAX_YEARS + ". Check its column 'year'.");
        }
        return tallies.collect().stream()
                .map(tally -> tally._2().result(tally._1()))
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
                // Spark orders NaN after every number.
                .where("year is not null and word <> '' and count > 0 and count < double('infinity')");
        return usable.groupBy("year", "word")
                .agg(functions.sum("count").as("count"), functions.sum("share").as("share"))
                .javaRDD()
                .map(row -> new CountedWord(row.getInt(0), row.getString(1), row.getDouble(2), row.getDouble(3)));
    }

    private Column share() {
        boolean hasShare = Arrays.stream(table.rows().columns()).anyMatch("share"::equalsIgnoreCase);
        Column noShare = functions.lit(0.0);
        if (!hasShare) {
            return noShare;
        }
        Column share = table.number(flag, "share").cast("double");
        return functions.when(share.gt(0).and(share.leq(1)), share).otherwise(noShare);
    }
}
