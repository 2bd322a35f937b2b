package org.emrelay.jobs.wordclouds.words;

import java.lang.ref.Reference;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** Annotators broadcast to every executor until closed. */
final class BroadcastAnnotators implements AutoCloseable {
    private final AnnotatorChain annotators;
    private final Broadcast<SerializedWordFinder> finder;

    private BroadcastAnnotators(AnnotatorChain annotators, Broadcast<SerializedWordFinder> finder) {
        this.annotators = annotators;
        this.finder = finder;
    }

    static BroadcastAnnotators broadcast(SparkSession session, AnnotatorChain annotators) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Objects.requireNonNull(annotators, "annotators");
        return new BroadcastAnnotators(annotators, context.broadcast(SerializedWordFinder.of(annotators)));
    }

    /** Converts (year, title, weight) rows to (year, word, weight) rows. */
    Dataset<Row> words(Dataset<Row> titles, ExtractionStats stats) {
        Broadcast<SerializedWordFinder> finderBroadcast = finder;
        LongAccumulator titlesSeen = stats.titles();
        LongAccumulator wordsFound = stats.words();
        StructType schema = new StructType()
                .add("year", DataTypes.IntegerType)
                .add("word", DataTypes.StringType)
                .add("weight", titles.schema().apply("weight").dataType());
        return titles.mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows ->
                        new WordRowIterator(rows, finderBroadcast.value().finder(), titlesSeen, wordsFound),
                Encoders.row(schema));
    }

    @Override
    public void close() {
        try {
            finder.destroy();
        } finally {
            // Spark removes the dictionary from the executors once the model that broadcast it becomes unreachable
            // on the driver.
            Reference.reachabilityFence(annotators);
        }
    }
}
