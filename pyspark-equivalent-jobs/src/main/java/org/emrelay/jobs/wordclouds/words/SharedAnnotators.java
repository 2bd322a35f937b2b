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

/** Annotators that every executor has, until this is closed. */
final class SharedAnnotators implements AutoCloseable {
    private final Annotators annotators;
    private final Broadcast<PackedFinder> finder;

    private SharedAnnotators(Annotators annotators, Broadcast<PackedFinder> finder) {
        this.annotators = annotators;
        this.finder = finder;
    }

    static SharedAnnotators share(SparkSession session, Annotators annotators) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Objects.requireNonNull(annotators, "annotators");
        return new SharedAnnotators(annotators, context.broadcast(PackedFinder.of(annotators)));
    }

    /** From (year, title, weight) to (year, word, weight). */
    Dataset<Row> words(Dataset<Row> titles, Tally tally) {
        Broadcast<PackedFinder> shared = finder;
        LongAccumulator seen = tally.titles();
        LongAccumulator found = tally.words();
        StructType schema = new StructType()
                .add("year", DataTypes.IntegerType)
                .add("word", DataTypes.StringType)
                .add("weight", titles.schema().apply("weight").dataType());
        return titles.mapPartitions(
                (MapPartitionsFunction<Row, Row>)
                        rows -> new WordRows(rows, shared.value().finder(), seen, found),
                Encoders.row(schema));
    }

    @Override
    public void close() {
        try {
            finder.destroy();
        } finally {
            // Spark takes the dictionary from the executors once the driver has forgotten the model that broadcast it.
            Reference.reachabilityFence(annotators);
        }
    }
}
