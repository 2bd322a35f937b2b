package org.emrelay.jobs.topics.model;

import org.apache.spark.ml.clustering.LDA;
import org.apache.spark.ml.clustering.LDAModel;
import org.apache.spark.ml.feature.CountVectorizerModel;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.emrelay.jobs.topics.lda.TopicModel;

/**
 * Fits models with Spark's own LDA, for corpora that do not fit into the driver's memory.
 *
 * @param checkpoints the directory of Spark's checkpoints; the caller deletes it
 */
record SparkLda(Dataset<Row> tokens, TopicVocabulary vocabulary, TopicArguments arguments, String checkpoints)
        implements TopicFit.Fitter {
    private static final String COUNTS = "counts";
    private static final String WEIGHTED = "weighted";

    @Override
    public TopicModel fit(int topics, long seed) {
        Dataset<Row> counts = new CountVectorizerModel(vocabulary.terms().toArray(String[]::new))
                .setInputCol(TokenizedPosts.TOKENS)
                .setOutputCol(COUNTS)
                .transform(tokens.filter("size(" + TokenizedPosts.TOKENS + ") > 0 and pmod(" + TokenizedPosts.DRAW
                        + ", " + EncodedPosts.HELD_OUT + ") != 0"));
        String features = COUNTS;
        if (arguments.idf()) {
            counts = new IDF()
                    .setInputCol(COUNTS)
                    .setOutputCol(WEIGHTED)
                    .fit(counts)
                    .transform(counts);
            features = WEIGHTED;
        }
        // Without checkpoints, the lineage of some dozen iterations overflows the stack.
        tokens.sparkSession().sparkContext().setCheckpointDir(checkpoints);
        LDA lda = new LDA()
                .setK(topics)
                .setOptimizer(arguments.method().key())
                .setMaxIter(arguments.iterations())
                .setSeed(seed)
                .setFeaturesCol(features);
        if (arguments.alpha() != null) {
            lda.setDocConcentration(arguments.alpha());
        }
        if (arguments.beta() != null) {
            lda.setTopicConcentration(arguments.beta());
        }
        LDAModel model = lda.fit(counts);
        return model(model.topicsMatrix(), model.estimatedDocConcentration().apply(0));
    }

    /** @param terms the unnormalized weights, with a row for each term and a column for each topic */
    private static TopicModel model(Matrix terms, double alpha) {
        int topics = terms.numCols();
        double[] sums = new double[topics];
        for (int topic = 0; topic < topics; topic++) {
            for (int term = 0; term < terms.numRows(); term++) {
                sums[topic] += terms.apply(term, topic);
            }
        }
        float[] probabilities = new float[topics * terms.numRows()];
        for (int term = 0; term < terms.numRows(); term++) {
            for (int topic = 0; topic < topics; topic++) {
                probabilities[term * topics + topic] = (float) (terms.apply(term, topic) / sums[topic]);
            }
        }
        return new TopicModel(topics, terms.numRows(), alpha, probabilities);
    }
}
