package org.emrelay.jobs.wordclouds.words;

import com.johnsnowlabs.nlp.annotators.LemmatizerModel;
import com.johnsnowlabs.nlp.annotators.Normalizer;
import com.johnsnowlabs.nlp.annotators.StopWordsCleaner;
import com.johnsnowlabs.nlp.annotators.Tokenizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.language.Language;
import scala.Option;

/**
 * Builds the Spark NLP annotator chain: tokenizer, normalizer, lemmatizer, stop words cleaner.
 *
 * <p>It does not use Pipeline.fit, which would run Spark jobs over a data frame that none of the annotators reads.
 */
record AnnotatorFactory(SparkSession session, LanguageOptions options) {

    AnnotatorFactory {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(options, "options");
    }

    AnnotatorChain create() {
        Dataset<Row> emptyTable = session.emptyDataFrame();
        Option<PipelineModel> noPipeline = Option.empty();
        AnnotatorChain annotators = new AnnotatorChain(
                new Tokenizer().train(emptyTable, noPipeline),
                List.of(new Normalizer().setLowercase(true).train(emptyTable, noPipeline)));
        Optional<LemmatizerModel> lemmatizer = lemmatizer();
        if (lemmatizer.isPresent()) {
            annotators = annotators.append(lemmatizer.get());
        }
        return annotators.append(stopWordsCleaner(annotators));
    }

    private Optional<LemmatizerModel> lemmatizer() {
        if (options.pretrained()) {
            return Optional.of(PretrainedModels.lemmatizer(options.language()));
        }
        return options.lemmaFile()
                .map(uri -> LemmaDictionary.read(session.sparkContext().hadoopConfiguration(), uri))
                .or(this::bundledLemmas)
                .map(LemmaDictionary::lemmatizer);
    }

    private Optional<LemmaDictionary> bundledLemmas() {
        return options.language().equals(Language.ENGLISH) ? Optional.of(LemmaDictionary.bundled()) : Optional.empty();
    }

    private StopWordsCleaner stopWordsCleaner(AnnotatorChain precedingAnnotators) {
        StopWordsCleaner cleaner = options.pretrained()
                ? PretrainedModels.stopWords(options.language())
                : new StopWordsCleaner()
                        .setStopWords(options.language().stopWords().toArray(String[]::new));
        Set<String> stopWords = new LinkedHashSet<>(List.of(cleaner.getStopWords()));
        List<String> extra = options.extraStopWords();
        stopWords.addAll(extra);
        // The cleaner sees lemmas, so extra stop words are needed in lemmatized form too.
        precedingAnnotators.words(extra).stream()
                .filter(lemmas -> lemmas.size() == 1)
                .forEach(stopWords::addAll);
        return cleaner.setStopWords(stopWords.toArray(String[]::new)).setCaseSensitive(false);
    }
}
