package org.emrelay.jobs.topics.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PostTokensTest {
    private static final PostTokens ENGLISH = new PostTokens(TokenSettings.of("en"));

    @Test
    void makesTokensOfAPost() {
        assertThat(ENGLISH.tokens(
                        "RT @SpaceX: The Falcon 9's 1st stage isn't here &amp; we've #landed it! 🚀 https://t.co/x",
                        "en"))
                .containsExactly("falcon", "stage", "landed");
    }

    @Test
    void removesStopWordsWithoutTheirApostropheToo() {
        assertThat(ENGLISH.tokens("Dont, can’t, IM, youre, ive but well-known hell", null))
                .containsExactly("well-known", "hell");
    }

    @Test
    void dropsPossessives() {
        assertThat(ENGLISH.tokens("NASA's rover, who's there, it’s Elon’s", null))
                .containsExactly("nasa", "rover", "elon");
    }

    @Test
    void dropsElidedArticles() {
        assertThat(new PostTokens(TokenSettings.of("fr")).tokens("L'espace, qu'il aujourd'hui d’astronomie", null))
                .containsExactly("espace", "aujourd'hui", "astronomie");
        assertThat(new PostTokens(TokenSettings.of("it")).tokens("dell'universo", null))
                .containsExactly("universo");
    }

    @Test
    void dropsShortTokensButNotPairsOfCharacters() {
        TokenSettings settings = new TokenSettings("en", 4, false, List.of());

        assertThat(new PostTokens(settings).tokens("Big moon 火星 é́é́é́ 月", null))
                .containsExactly("moon", "火星", "é́é́é́");
    }

    @Test
    void removesTheWordsOfTheUser() {
        TokenSettings settings = new TokenSettings("en", 3, false, List.of("Space", "#Mars mission", "élan"));

        assertThat(new PostTokens(settings).tokens("space on mars: a mission with Élan, spaceship", null))
                .containsExactly("spaceship");
    }

    @Test
    void joinsAdjacentTokens() {
        TokenSettings settings = new TokenSettings("en", 3, true, List.of());

        assertThat(new PostTokens(settings)
                        .tokens("Space Launch System, house of cards, falcon 9 rocket 火星探 moon", null))
                .containsExactly(
                        "space",
                        "launch",
                        "space_launch",
                        "system",
                        "launch_system",
                        "house",
                        "system_house",
                        "cards",
                        "falcon",
                        "cards_falcon",
                        "rocket",
                        "火星",
                        "星探",
                        "moon");
    }

    @Test
    void aFixedLanguageOverridesTheLanguageOfThePost() {
        assertThat(ENGLISH.tokens("the und house", "de")).containsExactly("und", "house");
    }

    @Test
    void anyLanguageMeansTheLanguageOfThePost() {
        PostTokens tokens = new PostTokens(TokenSettings.of(TokenSettings.ANY));

        assertThat(tokens.tokens("das Haus und the house", "de-AT")).containsExactly("haus", "the", "house");
        assertThat(tokens.tokens("das Haus und the house", "en")).containsExactly("das", "haus", "und", "house");
        assertThat(tokens.tokens("the und", "sq")).containsExactly("the", "und");
        assertThat(tokens.tokens("das ist ein Haus und nicht the", null)).containsExactly("haus", "the");
    }

    @Test
    void namesLanguagesWithoutStopWords() {
        String languages = "da, de, en, es, fi, fr, hu, it, nl, no, pt, ru, sv, tr";

        assertThat(ENGLISH.notice(List.of("ja"))).isEmpty();
        assertThat(new PostTokens(TokenSettings.of("ja")).notice(List.of("en")))
                .contains(
                        "No stop words for language ja: only those in --stop-words are removed. Languages with a list: "
                                + languages + ".");
        assertThat(new PostTokens(TokenSettings.of(TokenSettings.ANY)).notice(List.of("zh-TW", "en", "ja", "und")))
                .contains("No stop words for language ja, zh: only those in --stop-words are removed. Languages with a"
                        + " list: " + languages + ".");
    }

    @Test
    void aCopyMakesTheSameTokens() throws Exception {
        PostTokens tokens = new PostTokens(new TokenSettings(TokenSettings.ANY, 2, true, List.of("moon")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(tokens);
        }

        PostTokens copy;
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = (PostTokens) stream.readObject();
        }

        String post = "The moon and Mars, das ist der Mars";
        assertThat(copy.tokens(post, null)).isEqualTo(tokens.tokens(post, null)).isNotEmpty();
        assertThat(copy.settings()).isEqualTo(tokens.settings());
    }

    @Test
    void settingsAreReadBack() {
        TokenSettings settings = new TokenSettings("en", 2, true, List.of("moon", "mars", "moon"));

        assertThat(settings.json()).isEqualTo("""
                        {
                          "language" : "en",
                          "min_length" : 2,
                          "bigrams" : true,
                          "stop_words" : [ "mars", "moon" ]
                        }
                        """);
        assertThat(TokenSettings.parse(settings.json())).isEqualTo(settings);
    }

    @Test
    void rejectsOtherJson() {
        assertThatThrownBy(() -> TokenSettings.parse("{\"language\": \"en\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not token settings: {\"language\":\"en\"}");
        assertThatThrownBy(() -> TokenSettings.parse("{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not token settings: {");
    }
}
