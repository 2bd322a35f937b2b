package org.emrelay.jobs.wordclouds.words;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.language.Language;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Uses an unreachable proxy, so no test downloads a model. */
@ExtendWith(LocalSpark.class)
class PretrainedModelsTest {
    @BeforeEach
    void blockTheNetwork() {
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", "1");
        System.setProperty("https.proxyHost", "127.0.0.1");
        System.setProperty("https.proxyPort", "1");
    }

    @AfterEach
    void unblockTheNetwork() {
        List.of("http.proxyHost", "http.proxyPort", "https.proxyHost", "https.proxyPort")
                .forEach(System::clearProperty);
    }

    @Test
    void reportsAFailedDownload() {
        LanguageOptions language = new LanguageOptions(Language.ENGLISH, List.of(), null, true);

        assertThatThrownBy(() -> new AnnotatorFactory(LocalSpark.session(), language).create())
                .isInstanceOf(UserFault.class)
                .hasMessage(
                        "--pretrained: the model lemma_antbnc for language 'en' could not be downloaded from John Snow Labs"
                                + " (Unable to execute HTTP request: Connect to 127.0.0.1:1 [/127.0.0.1] failed: Connection refused)."
                                + " Omit the flag to use the bundled resources.");
    }
}
