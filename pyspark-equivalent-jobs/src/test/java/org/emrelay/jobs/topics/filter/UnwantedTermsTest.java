package org.emrelay.jobs.topics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.emrelay.jobs.topics.text.PostWords;
import org.emrelay.jobs.topics.text.TextCleaner;
import org.junit.jupiter.api.Test;

final class UnwantedTermsTest {
    private static final UnwantedTerms TERMS =
            UnwantedTerms.of(List.of("god", "White House", "e-mail", "#giveaway", "@spambot", "ÉTÉ", "火星", "white"));

    private static Optional<String> find(String post) {
        return TERMS.find(PostWords.of(TextCleaner.cleanWithMentions(post)));
    }

    @Test
    void findsWholeWordsOnly() {
        assertThat(find("Robert Goddard launched rockets")).isEmpty();
        assertThat(find("goddess godly demigod")).isEmpty();
        assertThat(find("Oh my GOD!")).contains("god");
        assertThat(find("god's plan")).contains("god");
        assertThat(find("#God")).contains("god");
        assertThat(find("https://god.com/god @god")).isEmpty();
    }

    @Test
    void findsPhrasesAcrossSpacesAndPunctuation() {
        assertThat(find("the white\n house")).contains("White House");
        assertThat(find("the WHITE-HOUSE")).contains("White House");
        assertThat(find("a white big house")).contains("white");
        assertThat(find("send an E mail")).contains("e-mail");
        assertThat(find("send an email")).isEmpty();
    }

    @Test
    void findsHashtagsMentionsAndOtherScripts() {
        assertThat(find("win in our Giveaway")).contains("#giveaway");
        assertThat(find("hello @SpamBot!")).contains("@spambot");
        assertThat(find("hello spambot")).isEmpty();
        assertThat(find("l'ｅ\u0301t\u00e9")).contains("ÉTÉ");
        assertThat(find("昨日火星探査")).contains("火星");
    }

    @Test
    void aTermAtTheEndMustBeWhole() {
        assertThat(UnwantedTerms.of(List.of("white house")).find(List.of("the", "white")))
                .isEmpty();
        assertThat(UnwantedTerms.of(List.of()).find(List.of("the"))).isEmpty();
    }

    @Test
    void knowsTermsWithoutWords() {
        assertThat(UnwantedTerms.hasWord("🚀 !")).isFalse();
        assertThat(UnwantedTerms.hasWord("@nasa")).isTrue();
    }
}
