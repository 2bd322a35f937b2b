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
import scala.Option;

/**
 * Puts Spark NLP's annotators together: tokenizer, normalizer, lemmatizer, stop words. They are trained without
 * Pipeline.fit, which would run Spark jobs over a data frame that none of them looks at.
 */
record Assembly(SparkSession session, LanguageChoice choice) {

    Assembly {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(choice, "choice");
    }

    Annotators annotators() {
        Dataset<Row> nothing = session.emptyDataFrame();
        Option<PipelineModel> alone = Option.empty();
        Annotators annotators = new Annotators(
                new Tokenizer().train(nothing, alone),
                List.of(new Normalizer().setLowercase(true).train(nothing, alone)));
        Optional<LemmatizerModel> lemmatizer = lemmatizer();
        if (lemmatizer.isPresent()) {
            annotators = annotators.followedBy(lemmatizer.get());
        }
        return annotators.followedBy(stopWordsCleaner(annotators));
    }

    private Optional<LemmatizerModel> lemmatizer() {
        if (choice.pretrained()) {
            return Optional.of(Pretrained.lemmatizer(choice.language()));
        }
        return choice.lemmaFile()
                .map(uri -> Lemmas.at(session.sparkContext().hadoopConfiguration(), uri))
                .or(this::shippedLemmas)
                .map(Lemmas::lemmatizer);
    }

    private Optional<Lemmas> shippedLemmas() {
        return choice.language().equals(Language.ENGLISH) ? Optional.of(Lemmas.shipped()) : Optional.empty();
    }

    private StopWordsCleaner stopWordsCleaner(Annotators before) {
        StopWordsCleaner cleaner = choice.pretrained()
                ? Pretrained.stopWords(choice.language())
                : new StopWordsCleaner()
                        .setStopWords(choice.language().stopWords().toArray(String[]::new));
        Set<String> words = new LinkedHashSet<>(List.of(cleaner.getStopWords()));
        List<String> extra = choice.extraStopWords();
        words.addAll(extra);
        // What becomes of a word on its way here: the cleaner sees lemmas.
        before.words(extra).stream().filter(lemmas -> lemmas.size() == 1).forEach(words::addAll);
        return cleaner.setStopWords(words.toArray(String[]::new)).setCaseSensitive(false);
    }
}
