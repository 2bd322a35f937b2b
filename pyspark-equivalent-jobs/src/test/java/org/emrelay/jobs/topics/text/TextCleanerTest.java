package org.emrelay.jobs.topics.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextCleanerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mars is next https://t.co/9VPyICP8YV|mars is next",
                "https://t.co/a Mars http://t.co/b|mars",
                "see(https://t.co/a) now|see( now",
                "text:HTTPS://T.CO/A|text:",
                "live at www.example.org/x now|live at now",
                "read spacex.com/mars, now|read now",
                "on spacex.com.|on",
                "the end.Then more|the end.then more",
                "e.g. and/or 3.5 a.m. U.S.|e.g. and/or 3.5 a.m. u.s.",
                "pic.twitter.com/abc|''",
                "見てhttps://t.co/abcすごい|見てすごい",
                "RT @Hyperloop: vacuum tests https:/…|vacuum tests",
                "vacuum tests http…|vacuum tests",
                "vacuum tests h…|vacuum tests",
                "he was … happy|he was ... happy"
            })
    void removesUrls(String post, String cleaned) {
        assertThat(TextCleaner.clean(post)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Thanks to @NASA for this|thanks to for this",
                "@a @b_1: hello|hello",
                "(@NASA) hello|hello",
                "ask @alice.bsky.social now|ask now",
                "ask @john-doe.bsky.social.|ask",
                "write to me@example.org now|write to now",
                "こんにちは@user さん|こんにちは さん",
                "at 5 @ home|at 5 @ home"
            })
    void removesMentionsAndAddresses(String post, String cleaned) {
        assertThat(TextCleaner.clean(post)).isEqualTo(cleaned);
    }

    @Test
    void keepsMentionsOnRequest() {
        assertThat(TextCleaner.cleanWithMentions("RT @NASA: ask @Alice.bsky.social, (@b_1)!"))
                .isEqualTo("@nasa: ask @alice.bsky.social, (@b_1)!");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tom &amp; Jerry &lt;3|tom & jerry <3",
                "it&#39;s &quot;here&quot; &apos;now&apos;|it's \"here\" 'now'",
                "caf&eacute; &amp;amp; bar|café & bar",
                "&#99999999; &unknown; &;|&99999999; &unknown; &;",
                "AT&T; R&D|at&t; r&d"
            })
    void decodesHtmlEntities(String post, String cleaned) {
        assertThat(TextCleaner.clean(post)).isEqualTo(cleaned);
    }

    @Test
    void removesEmojiAndInvisibleCharacters() {
        assertThat(TextCleaner.clean("Launch🚀day ❤️ 👩🏽‍🚀 👍🏿 🇺🇸 1️⃣ ✓ ☀︎"))
                .isEqualTo("launch day 1");
        assertThat(TextCleaner.clean("Space\u00ADX\u200E is\u200B here\uFEFF ™ SpaceX™ ®"))
                .isEqualTo("spacex is here spacex");
        assertThat(TextCleaner.clean("broken \uD83D emoji \uDE80")).isEqualTo("broken emoji");
    }

    @Test
    void foldsCaseAndCompatibilityCharacters() {
        assertThat(TextCleaner.clean("𝐁𝐨𝐥𝐝 ＦＵＬＬ ﬁne ÉCLAIR É İstanbul"))
                .isEqualTo("bold full fine éclair é istanbul");
        assertThat(TextCleaner.clean("ｶﾞ")).isEqualTo("ガ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RT @x: Hello|hello",
                "RT @x Hello|hello",
                "rt: @x Hello|hello",
                "So true! RT @x: Hello|so true! hello",
                "RT Hello|rt hello",
                "art @x|art"
            })
    void removesThePrefixOfReposts(String post, String cleaned) {
        assertThat(TextCleaner.clean(post)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RT @x: Hello", "  RT @x Hello", "\"RT @x: Hello", "rt @x", "RT: @x hello"})
    void recognizesMarkedReposts(String post) {
        assertThat(TextCleaner.isMarkedAsRepost(post)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RT", "RT this!", "Great RT @x: Hello", "ART @x", "RTs @x"})
    void otherPostsAreNotMarkedAsReposts(String post) {
        assertThat(TextCleaner.isMarkedAsRepost(post)).isFalse();
    }

    @Test
    void hashtagsKeepTheirWord() {
        assertThat(TextCleaner.clean("#Mars #mars_mission, C# #")).isEqualTo("mars mars_mission, c");
    }

    @Test
    void separatesWordsBySingleSpaces() {
        assertThat(TextCleaner.clean("  a\t b\r\n\u00A0c\u3000d\u2028e ")).isEqualTo("a b c d e");
        assertThat(TextCleaner.clean("")).isEmpty();
        assertThat(TextCleaner.clean(" \n ")).isEmpty();
    }

    @Test
    void cleansLongHostNamesWithoutDeepRecursion() {
        String hostName = "a.".repeat(200_000) + "com/x";

        assertThat(TextCleaner.clean("see " + hostName + " now")).isEqualTo("see now");
    }
}
