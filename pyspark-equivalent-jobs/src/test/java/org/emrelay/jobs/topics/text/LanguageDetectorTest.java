package org.emrelay.jobs.topics.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LanguageDetectorTest {
    private static final LanguageDetector DETECTOR = new LanguageDetector();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The rocket will not be ready before the end of the year|en",
                "Die Rakete ist noch nicht auf dem Weg zum Mond|de",
                "La fusée n'est pas encore sur le chemin de la lune|fr",
                "El cohete no está en el camino a la luna porque es muy tarde|es",
                "O foguete não está no caminho para a lua porque é muito tarde|pt",
                "Ракета ещё не была на пути к луне, потому что она не готова|ru"
            })
    void detectsALanguageByItsStopWords(String post, String code) {
        assertThat(DETECTOR.detect(TextCleaner.clean(post))).contains(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Falcon Heavy",
                "Launch is today",
                "MIT looks at escape systems",
                "火星探査機が打ち上げられました",
                "12 34",
                "the Mars rover landing site Jezero crater Perseverance of sample return"
            })
    void tooFewStopWordsLeaveItUnknown(String post) {
        assertThat(DETECTOR.detect(TextCleaner.clean(post))).isEmpty();
    }
}
