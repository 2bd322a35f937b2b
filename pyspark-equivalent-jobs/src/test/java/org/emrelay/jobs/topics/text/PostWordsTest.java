package org.emrelay.jobs.topics.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PostWordsTest {

    @Test
    void splitsAtPunctuationAndKeepsDigits() {
        assertThat(PostWords.of("god's e-mail falcon9 2:0 mars_mission"))
                .containsExactly("god", "s", "e", "mail", "falcon9", "2", "0", "mars", "mission");
    }

    @Test
    void aMentionIsAWord() {
        assertThat(PostWords.of("@nasa: ask (@alice.bsky.social), @b_1_ at 5 @ home"))
                .containsExactly("@nasa", "ask", "@alice.bsky.social", "@b_1_", "at", "5", "home");
    }

    @Test
    void eachCharacterOfChineseAndJapaneseIsAWord() {
        assertThat(PostWords.of("火星x探査")).containsExactly("火", "星", "x", "探", "査");
    }

    @Test
    void keepsCombiningMarks() {
        assertThat(PostWords.of("हिन्दी में")).containsExactly("हिन्दी", "में");
    }
}
