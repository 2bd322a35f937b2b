package org.emrelay.jobs.topics.filter;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.feature.MinHashLSH;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Finds posts that are similar to an earlier post of any hour.
 *
 * <p>Spark's MinHash computes the hash values, and {@link Banding} selects the pairs to compare. Their similarity is then computed
 * exactly, so MinHash can miss a similar pair, but never match dissimilar texts.
 */
final class NearDuplicates {
    private static final String FEATURES = "features";
    private static final String HASHES = "hashes";
    private static final String SHINGLES = "shingles";
    private static final String SKETCH = "sketch";
    private static final String BAND = "band";

    private static final StructType SIGNED = new StructType()
            .add(FilterColumns.TIME, DataTypes.LongType)
            .add(FilterColumns.ID, DataTypes.StringType)
            .add(SHINGLES, DataTypes.IntegerType)
            .add(SKETCH, DataTypes.LongType)
            .add(FEATURES, SQLDataTypes.VectorType());
    private static final StructType BANDED = new StructType()
            .add(BAND, DataTypes.LongType)
            .add(FilterColumns.TIME, DataTypes.LongType)
            .add(FilterColumns.ID, DataTypes.StringType)
            .add(SHINGLES, DataTypes.IntegerType)
            .add(SKETCH, DataTypes.LongType);
    private static final StructType VERIFIED =
            CandidatePairs.SCHEMA.add(FilterColumns.SIMILARITY, DataTypes.DoubleType);

    private final double similarity;
    private final long seed;
    private final Banding banding;

    NearDuplicates(double similarity, long seed) {
        this.similarity = similarity;
        this.seed = seed;
        this.banding = Banding.of(similarity);
    }

    /**
     * Returns the near-duplicates among posts with different words.
     *
     * <p>Pairs arrive sorted by their later post, so only the near-duplicates are held in memory.
     */
    List<NearDuplicate> find(Dataset<Row> posts) {
        NearDuplicateResolver resolver = new NearDuplicateResolver();
        Iterator<Row> pairs = similarPairs(posts).toLocalIterator();
        while (pairs.hasNext()) {
            Row pair = pairs.next();
            resolver.add(pair.getString(0), pair.getString(1), pair.getDouble(2));
        }
        return resolver.finish();
    }

    private Dataset<Row> similarPairs(Dataset<Row> posts) {
        Dataset<Row> texts = posts.select(col(FilterColumns.ID), col(FilterColumns.TEXT));
        double threshold = similarity;
        return candidates(posts)
                .join(texts.toDF("later", "later_text"), "later")
                .join(texts.toDF("earlier", "earlier_text"), "earlier")
                .select("later_time", "later", "earlier_time", "earlier", "later_text", "earlier_text")
                .map((MapFunction<Row, Row>) NearDuplicates::verified, Encoders.row(VERIFIED))
                .where(col(FilterColumns.SIMILARITY).geq(threshold))
                // Not orderBy: it would compare all texts twice, once to sample the bounds of its partitions.
                .repartition(1)
                .sortWithinPartitions(
                        col("later_time"),
                        col("later"),
                        col(FilterColumns.SIMILARITY).desc(),
                        col("earlier_time"),
                        col("earlier"))
                .select("later", "earlier", FilterColumns.SIMILARITY);
    }

    private static Row verified(Row pair) {
        double similarity = Shingles.of(pair.getString(4)).similarity(Shingles.of(pair.getString(5)));
        return RowFactory.create(pair.get(0), pair.get(1), pair.get(2), pair.get(3), similarity);
    }

    private Dataset<Row> candidates(Dataset<Row> posts) {
        double threshold = similarity;
        return banded(posts)
                .repartition(col(BAND))
                .sortWithinPartitions(BAND, FilterColumns.TIME, FilterColumns.ID)
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>) rows -> new CandidatePairs(rows, threshold),
                        Encoders.row(CandidatePairs.SCHEMA))
                .distinct();
    }

    /** Returns one row per band for each text with enough shingles to have near-duplicates. */
    private Dataset<Row> banded(Dataset<Row> posts) {
        int fewest = fewestShingles(similarity);
        Dataset<Row> signed = posts.select(
                        expr("unix_micros(" + FilterColumns.TIME + ")"), col(FilterColumns.ID), col(FilterColumns.TEXT))
                .flatMap((FlatMapFunction<Row, Row>) post -> signed(post, fewest), Encoders.row(SIGNED));
        Banding bands = banding;
        return new MinHashLSH()
                .setNumHashTables(banding.hashTables())
                .setSeed(seed)
                .setInputCol(FEATURES)
                .setOutputCol(HASHES)
                .fit(oneText(posts.sparkSession()))
                .transform(signed)
                .select(FilterColumns.TIME, FilterColumns.ID, SHINGLES, SKETCH, HASHES)
                .flatMap((FlatMapFunction<Row, Row>) post -> banded(post, bands), Encoders.row(BANDED));
    }

    /**
     * Returns the minimum number of shingles for a near-duplicate.
     *
     * <p>Two different sets are most similar if one lacks a single shingle of the other. With n and n + 1 shingles, their similarity is
     * n / (n + 1).
     */
    static int fewestShingles(double similarity) {
        return (int) Math.ceil(similarity / (1 - similarity) - 1e-9);
    }

    private static Iterator<Row> signed(Row post, int fewest) {
        Shingles shingles = Shingles.of(post.getString(2));
        if (shingles.size() < fewest) {
            return List.<Row>of().iterator();
        }
        int[] hashes = shingles.hashes();
        double[] ones = new double[hashes.length];
        Arrays.fill(ones, 1);
        Vector features = Vectors.sparse(Shingles.DIMENSIONS, hashes, ones);
        return List.of(RowFactory.create(post.get(0), post.get(1), hashes.length, shingles.sketch(), features))
                .iterator();
    }

    private static Iterator<Row> banded(Row post, Banding banding) {
        List<Vector> hashes = post.getList(4);
        List<Row> rows = new ArrayList<>(banding.bands());
        for (int band = 0; band < banding.bands(); band++) {
            rows.add(RowFactory.create(banding.key(band, hashes), post.get(0), post.get(1), post.get(2), post.get(3)));
        }
        return rows.iterator();
    }

    /** Returns a row to fit MinHash on. Fitting only reads the dimensions; the hash functions depend only on the seed. */
    private static Dataset<Row> oneText(SparkSession session) {
        Vector features = Vectors.sparse(Shingles.DIMENSIONS, new int[] {0}, new double[] {1});
        return session.createDataFrame(
                List.of(RowFactory.create(features)), new StructType().add(FEATURES, SQLDataTypes.VectorType()));
    }
}
