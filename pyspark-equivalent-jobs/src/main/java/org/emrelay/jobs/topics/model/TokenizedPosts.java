package org.emrelay.jobs.topics.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.emrelay.jobs.topics.text.PostTokens;

/** Adds tokens to posts. */
final class TokenizedPosts {
    static final String TOKENS = "tokens";

    /** A pseudo-random number for each post, the same in every run, that determines samples and splits. */
    static final String DRAW = "draw";

    private TokenizedPosts() {}

    /** @param posts with the columns {@code id}, {@code text} and {@code lang} */
    static Dataset<Row> of(SparkSession session, Dataset<Row> posts, PostTokens postTokens) {
        Broadcast<PostTokens> shared = new JavaSparkContext(session.sparkContext()).broadcast(postTokens);
        UserDefinedFunction tokens = udf(
                (UDF2<String, String, List<String>>)
                        (text, lang) -> shared.value().tokens(text, lang),
                DataTypes.createArrayType(DataTypes.StringType, false));
        return posts.withColumn(TOKENS, tokens.apply(col("text"), col("lang"))).withColumn(DRAW, xxhash64(col("id")));
    }
}
