package org.emrelay.jobs.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LanguageTest {

    @ParameterizedTest
    @CsvSource({"en,en", "EN-us,en", "pt-BR,pt", "zh_Hant,zh", "nb,no", "nn-NO,no", "iw,he", "in,id", "sq,sq", "fil,fil"
    })
    void readsTheLanguageOfATag(String tag, String code) {
        assertThat(Language.ofTag(tag)).contains(new Language(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "und", "zxx", "mul", "mis", "qme", "qst", "qht"})
    void aTagWithoutALanguageHasNone(String tag) {
        assertThat(Language.ofTag(tag)).isEmpty();
    }

    @Test
    void noTagHasNoLanguage() {
        assertThat(Language.ofTag(null)).isEmpty();
    }

    @Test
    void everyListedLanguageHasStopWords() {
        for (String code : Language.codes()) {
            assertThat(new Language(code).hasStopWords()).isTrue();
            assertThat(new Language(code).stopWords()).as(code).hasSizeGreaterThan(50);
        }
        assertThat(new Language("ja").hasStopWords()).isFalse();
    }
}
