package org.emrelay.runner.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.emrelay.runner.json.JsonWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostFilterTest {

    private static boolean accepts(PostFilter filter, String json) {
        return filter.accepts(json.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean matches(String term, String text) {
        return accepts(PostFilter.of(List.of(term), List.of()), "{\"data\":{\"text\":" + JsonWriter.line(text) + "}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            god        | Oh god, no
            god        | GOD!
            god        | (god)
            god        | god's plan
            god        | god’s plan
            god        | see #god
            god        | see @god.
            #god       | see god
            god        | god
            spacex     | New from @SpaceX: https://example.org
            falcon 9   | The Falcon 9 flies
            falcon 9   | falcon-9
            falcon 9   | 'falcon  9'
            falcon 9   | a falcon is no falcon 9
            é          | caf É
            café       | CAFÉ
            café       | cafe\u0301
            straße     | STRASSE Straße
            ΣΟΦΟΣ      | σοφος
            🚀         | liftoff🚀🚀
            c++        | I like C++.
            c#         | C# too
            日本        | これは日本語です
            สวัสดี       | สวัสดีครับ
            2026       | in 2026.
            """)
    void findsWholeWordsAndPhrases(String term, String text) {
        assertThat(matches(term, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            god        | Goddard
            god        | a demigod
            god        | god_mode
            god        | god2
            god        | gód
            falcon 9   | falcon 90
            falcon 9   | 9 falcon
            falcon 9   | falcon and 9
            falcon 9   | falcon
            cafe       | café
            🚀         | rocket
            !          | Hello!
            """)
    void doesNotFindPartsOfWords(String term, String text) {
        assertThat(matches(term, text)).isFalse();
    }

    @Test
    void oneOfTheTermsIsEnough() {
        PostFilter filter = PostFilter.of(List.of("snow", "falcon 9", "falcon heavy"), List.of());

        assertThat(accepts(filter, "{\"text\":\"Falcon Heavy\"}")).isTrue();
        assertThat(accepts(filter, "{\"text\":\"Falcon\"}")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"id\":\"1\",\"text\":\"a rocket\"},\"includes\":{\"users\":[{\"name\":\"x\"}]}}",
                "{\"data\":{\"text\":\"a…\",\"note_tweet\":{\"text\":\"a long post about a rocket\"}}}",
                "{\"kind\":\"commit\",\"commit\":{\"operation\":\"create\",\"record\":{\"$type\":\"app.bsky.feed.post\",\"text\":\"rocket\"}}}",
                "{\"text\":\"rocket\"}",
                "{\"full_text\":\"rocket\"}",
                "{\"text\":\"r…\",\"extended_tweet\":{\"full_text\":\"rocket\"}}",
                "{\"text\":\"\\u0072ocket\"}",
            })
    void findsTheTextOfEachService(String json) {
        assertThat(accepts(PostFilter.of(List.of("rocket"), List.of()), json)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"text\":\"snow\",\"entities\":{\"text\":\"rocket\"}}}",
                "{\"user\":{\"text\":\"rocket\"}}",
                "{\"data\":[{\"text\":\"rocket\"}]}",
                "{\"text\":5,\"note\":\"rocket\"}",
                "{\"commit\":{\"operation\":\"delete\",\"rkey\":\"rocket\"}}",
                "{}",
                "[\"rocket\"]",
                "rocket",
                "{\"text\":\"rocket",
                "",
            })
    void doesNotLookElsewhere(String json) {
        assertThat(accepts(PostFilter.of(List.of("rocket"), List.of()), json)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"lang\":\"en\"}}",
                "{\"commit\":{\"record\":{\"langs\":[\"de\",\"en\"]}}}",
                "{\"commit\":{\"record\":{\"langs\":[\"en-US\"]}}}",
                "{\"lang\":\"en_GB\"}",
                "{\"lang\":\"EN\"}",
            })
    void acceptsTheLanguageInAllFormsAndRegions(String json) {
        assertThat(accepts(PostFilter.of(List.of(), List.of("en", "fr")), json)).isTrue();
    }

    /** X's "und" is no language that was asked for either. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"lang\":\"de\"}}",
                "{\"data\":{\"lang\":\"und\"}}",
                "{\"commit\":{\"record\":{\"langs\":[]}}}",
                "{\"commit\":{\"record\":{\"langs\":[{\"en\":1}, 5]}}}",
                "{\"data\":{\"text\":\"without a language\"}}",
                "{\"user\":{\"lang\":\"en\"}}",
                "{\"lang\":\"eng\"}",
            })
    void refusesOtherLanguagesAndPostsWithoutOne(String json) {
        assertThat(accepts(PostFilter.of(List.of(), List.of("en")), json)).isFalse();
    }

    @Test
    void aRegionIsMatchedExactly() {
        PostFilter filter = PostFilter.of(List.of(), List.of("pt-BR"));

        assertThat(accepts(filter, "{\"lang\":\"pt-br\"}")).isTrue();
        assertThat(accepts(filter, "{\"lang\":\"pt\"}")).isFalse();
        assertThat(accepts(filter, "{\"lang\":\"pt-PT\"}")).isFalse();
    }

    @Test
    void termsAndLanguagesMustBothMatch() {
        PostFilter filter = PostFilter.of(List.of("rocket"), List.of("en"));

        assertThat(accepts(filter, "{\"lang\":\"en\",\"text\":\"rocket\"}")).isTrue();
        assertThat(accepts(filter, "{\"lang\":\"de\",\"text\":\"rocket\"}")).isFalse();
        assertThat(accepts(filter, "{\"lang\":\"en\",\"text\":\"snow\"}")).isFalse();
    }

    @Test
    void withoutFiltersEverythingIsAccepted() {
        assertThat(accepts(PostFilter.of(List.of(), List.of()), "not even JSON"))
                .isTrue();
    }
}
