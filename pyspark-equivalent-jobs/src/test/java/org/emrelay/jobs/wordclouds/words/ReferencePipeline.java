package org.emrelay.jobs.wordclouds.words;

import com.johnsnowlabs.nlp.DocumentAssembler;
import com.johnsnowlabs.nlp.Finisher;
import com.johnsnowlabs.nlp.annotators.Lemmatizer;
import com.johnsnowlabs.nlp.annotators.Normalizer;
import com.johnsnowlabs.nlp.annotators.StopWordsCleaner;
import com.johnsnowlabs.nlp.annotators.Tokenizer;
import com.johnsnowlabs.nlp.util.io.ExternalResource;
import com.johnsnowlabs.nlp.util.io.ReadAs;
import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;

/** The reference Spark NLP pipeline, as in its documentation, for tests and benchmarks. */
public final class ReferencePipeline {
    private ReferencePipeline() {}

    /** Converts (year, title, weight) rows to (year, word, weight) rows. */
    public static Dataset<Row> words(Dataset<Row> titles, Path lemmas) {
        return pipeline(titles, lemmas, functions.explode(functions.col("words")));
    }

    /**
     * Like {@link #words}, with a null row for a title without words.
     *
     * <p>This is faster: the filter that explode adds makes Spark run the pipeline twice.
     */
    public static Dataset<Row> wordsAndNulls(Dataset<Row> titles, Path lemmas) {
        return pipeline(titles, lemmas, functions.explode_outer(functions.col("words")));
    }

    private static Dataset<Row> pipeline(Dataset<Row> titles, Path lemmas, Column word) {
        DocumentAssembler documents = new DocumentAssembler().setInputCol("title");
        documents.setOutputCol("document");
        Tokenizer tokenizer = new Tokenizer();
        tokenizer.setInputCols(new String[] {"document"});
        tokenizer.setOutputCol("token");
        Normalizer normalizer = new Normalizer().setLowercase(true);
        normalizer.setInputCols(new String[] {"token"});
        normalizer.setOutputCol("normal");
        Lemmatizer lemmatizer = new Lemmatizer().setDictionary(dictionary(lemmas));
        lemmatizer.setInputCols(new String[] {"normal"});
        lemmatizer.setOutputCol("lemma");
        StopWordsCleaner stopWords = new StopWordsCleaner();
        stopWords.setInputCols(new String[] {"lemma"});
        stopWords.setOutputCol("clean");
        Finisher finisher = new Finisher().setInputCols(new String[] {"clean"}).setOutputCols(new String[] {"words"});
        return new Pipeline()
                .setStages(new PipelineStage[] {documents, tokenizer, normalizer, lemmatizer, stopWords, finisher})
                .fit(titles)
                .transform(titles)
                .select(functions.col("year"), word.as("word"), functions.col("weight"));
    }

    static ExternalResource dictionary(Path lemmas) {
        Map<String, String> format = Map$.MODULE$.<String, String>empty().updated("format", "text");
        return new ExternalResource(
                lemmas.toString(),
                ReadAs.TEXT(),
                format.updated("keyDelimiter", "->").updated("valueDelimiter", "\t"));
    }
}
