package org.emrelay.jobs.wordclouds.words;

import com.johnsnowlabs.nlp.annotators.LemmatizerModel;
import com.johnsnowlabs.nlp.annotators.StopWordsCleaner;
import java.util.function.Supplier;
import org.emrelay.jobs.language.Language;
import org.emrelay.tables.UserFault;

/** Downloads pretrained Spark NLP models from John Snow Labs, only on request. */
final class PretrainedModels {
    private PretrainedModels() {}

    static LemmatizerModel lemmatizer(Language language) {
        String name = language.equals(Language.ENGLISH) ? "lemma_antbnc" : "lemma";
        return downloaded(name, language, () -> LemmatizerModel.pretrained(name, language.code()));
    }

    static StopWordsCleaner stopWords(Language language) {
        String name = "stopwords_" + language.code();
        return downloaded(name, language, () -> StopWordsCleaner.pretrained(name, language.code()));
    }

    private static <T> T downloaded(String name, Language language, Supplier<T> download) {
        try {
            return download.get();
        } catch (RuntimeException failed) {
            throw new UserFault("--pretrained: the model " + name + " for language '" + language.code()
                    + "' could not be downloaded from John Snow Labs (" + failed.getMessage()
                    + "). Omit the flag to use the bundled resources.");
        }
    }
}
