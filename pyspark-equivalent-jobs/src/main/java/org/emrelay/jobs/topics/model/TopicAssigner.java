package org.emrelay.jobs.topics.model;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.topics.lda.Corpus;
import org.emrelay.jobs.topics.lda.TopicModel;
import org.emrelay.jobs.topics.text.PostTokens;
import org.jspecify.annotations.Nullable;

/** Assigns to each post its dominant topic and the probabilities of all topics. */
public final class TopicAssigner {
    public static final String TOPIC = "topic";
    public static final String PROBABILITY = "probability";
    static final String KNOWN_WORDS = "known_words";
    static final String WORDS = "words";
    static final String LOG_LIKELIHOOD = "log_likelihood";

    /** The topic name of posts without a term of the vocabulary. */
    public static final String NONE = "none";

    /** The columns added to a post. */
    private static final StructType ADDED = new StructType()
            .add(TOPIC, DataTypes.IntegerType)
            .add("name", DataTypes.StringType, false)
            .add(PROBABILITY, DataTypes.DoubleType)
            .add("probabilities", DataTypes.createArrayType(DataTypes.DoubleType, false))
            .add(KNOWN_WORDS, DataTypes.IntegerType, false)
            .add(WORDS, DataTypes.IntegerType, false)
            .add(LOG_LIKELIHOOD, DataTypes.DoubleType);

    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.StringType)
            .add("time", DataTypes.TimestampType)
            .add("hour", DataTypes.StringType)
            .add("text", DataTypes.StringType);

    private TopicAssigner() {}

    /** The data that each task needs. */
    private static final class Assignment implements Serializable {
        private static final long serialVersionUID = 1L;

        private final PostTokens tokens;
        private final Map<String, Integer> indexes;
        private final TopicModel model;
        private final List<String> names;

        Assignment(SavedTopics topics) {
            this.tokens = new PostTokens(topics.tokens());
            this.indexes = topics.vocabulary().indexes();
            this.model = topics.model();
            this.names = topics.names();
        }

        Row of(Row post) {
            List<String> words = tokens.tokens(post.getString(3), post.getString(4));
            int[] terms = new int[words.size()];
            int known = 0;
            for (int i = 0; i < terms.length; i++) {
                terms[i] = indexes.getOrDefault(words.get(i), Corpus.UNKNOWN);
                known += terms[i] == Corpus.UNKNOWN ? 0 : 1;
            }
            if (known == 0) {
                return row(post, null, NONE, null, null, 0, terms.length, null);
            }
            double[] shares = model.infer(terms);
            int dominant = 0;
            for (int topic = 1; topic < shares.length; topic++) {
                dominant = shares[topic] > shares[dominant] ? topic : dominant;
            }
            return row(
                    post,
                    dominant,
                    names.get(dominant),
                    shares[dominant],
                    shares,
                    known,
                    terms.length,
                    model.logLikelihood(terms, shares));
        }

        private static Row row(
                Row post,
                @Nullable Integer topic,
                String name,
                @Nullable Double probability,
                double @Nullable [] shares,
                int known,
                int words,
                @Nullable Double logLikelihood) {
            return RowFactory.create(
                    post.get(0),
                    post.get(1),
                    post.get(2),
                    post.get(3),
                    topic,
                    name,
                    probability,
                    shares,
                    known,
                    words,
                    logLikelihood);
        }
    }

    /**
     * Adds the topic to each post; null without a term of the vocabulary.
     *
     * @param posts with the columns {@code id}, {@code time}, {@code hour}, {@code text} and {@code lang}
     */
    public static Dataset<Row> assign(SparkSession session, Dataset<Row> posts, SavedTopics topics) {
        Assignment assignment = new Assignment(topics);
        Broadcast<Assignment> shared =
                JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(assignment);
        StructType schema = SCHEMA;
        for (var field : ADDED.fields()) {
            schema = schema.add(field);
        }
        return posts.select(col("id"), col("time"), col("hour"), col("text"), col("lang"))
                .map((MapFunction<Row, Row>) post -> shared.value().of(post), Encoders.row(schema));
    }
}
