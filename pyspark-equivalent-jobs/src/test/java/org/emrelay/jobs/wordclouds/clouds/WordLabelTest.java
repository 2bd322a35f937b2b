package org.emrelay.jobs.wordclouds.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordLabelTest {

    @Test
    void keepsShortWords() {
        assertThat(WordLabel.of("moon")).isEqualTo("moon");
        assertThat(WordLabel.of("a".repeat(40))).isEqualTo("a".repeat(40));
    }

    @Test
    void truncatesLongWordsBetweenCharacters() {
        assertThat(WordLabel.of("e\u0301".repeat(100))).isEqualTo("e\u0301".repeat(39) + "…");
        assertThat(WordLabel.of("𠮷".repeat(100))).isEqualTo("𠮷".repeat(39) + "…");
    }

    @Test
    void keepsAWordOnOneLine() {
        assertThat(WordLabel.of(" new\nline\u0000\ttab ")).isEqualTo("new line tab");
    }
}
