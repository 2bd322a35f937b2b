package org.emrelay.jobs.wordclouds.counts;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.emrelay.jobs.JobSession;
import org.emrelay.tables.Flags;
import org.emrelay.tables.InputTable;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.UserFault;

/**
 * Ranks the words of each year by count.
 *
 * <p>All work happens on the executors, and no task holds all words of a year in memory.
 */
public final class CountWords implements Job {
    private final SparkSession session;
    private final Arguments arguments;

    private CountWords(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(CountWords::create, arguments);
    }

    private static CountWords create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new CountWords(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, "--output", arguments.output());
        InputTable words = InputTable.readParquet(session, "--words", arguments.words());
        Dataset<Row> counted = counted(words);
        if (words.rows().isEmpty()) {
            throw new UserFault("--words: " + arguments.words() + " contains no words to count.");
        }
        // A few hundred rows per year fit in one sorted file.
        output.writeParquet(ranked(counted).repartition(1).sortWithinPartitions("year", "rank"));
    }

    @Override
    public void check() {
        Job.ifExists(session, arguments.words(), words -> counted(InputTable.readParquet(session, "--words", words)));
    }

    private Dataset<Row> counted(InputTable words) {
        Column year = words.year("--words", "year");
        Column word = words.column("--words", "word");
        Column weight = words.number("--words", "weight");
        Column counted = arguments.weight() == Weight.TITLES ? count(lit(1)) : sum(weight);
        return words.rows()
                .groupBy(year.as("year"), word.as("word"))
                .agg(counted.as("count"))
                // Words without reviews (count 0) are not ranked.
                .where(col("year")
                        .isNotNull()
                        .and(col("word").isNotNull())
                        .and(col("count").gt(0)));
    }

    private Dataset<Row> ranked(Dataset<Row> counted) {
        WindowSpec year = Window.partitionBy("year");
        // Ties are broken alphabetically, so equal input gives equal ranks.
        WindowSpec byCount = year.orderBy(col("count").desc(), col("word"));
        return counted.withColumn("share", col("count").divide(sum("count").over(year)))
                .withColumn("rank", row_number().over(byCount))
                .where(col("rank").leq(arguments.top()))
                .select("year", "rank", "word", "count", "share");
    }

    /** What to count: the titles that contain a word, or the reviews of those titles. */
    enum Weight {
        TITLES,
        REVIEWS
    }

    record Arguments(String words, Weight weight, int top, String output) {
        private static final List<String> KNOWN = List.of("--words", "--weight", "--top", "--output");

        Arguments {
            Objects.requireNonNull(words, "words");
            Objects.requireNonNull(weight, "weight");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            String weight = flags.choiceOr("--weight", "titles", List.of("titles", "reviews"));
            return new Arguments(
                    flags.required("--words"),
                    weight.equals("titles") ? Weight.TITLES : Weight.REVIEWS,
                    (int) flags.wholeNumberOr("--top", 300, 1, 1_000_000),
                    flags.required("--output"));
        }
    }
}
